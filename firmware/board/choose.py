"""From a board's name to its checked profile. Imports no hardware: the desk's tools use it too."""

import os

from ..core.modules import forget, forget_parts


class BoardError(ValueError):
    """No such board; the text names those there are."""


def names():
    """The boards whose files are here, sorted: "esp32_devkit", "s3_w5500", ..."""
    folder = __file__[: __file__.rfind("/") + 1] + "profiles"
    found = {name.split(".")[0] for name in os.listdir(folder)}
    return sorted(name for name in found if name[0] != "_")


def profile(name):
    """The profile dict of board `name`, its pins checked. BoardError or PinError."""
    from .pin_map import check
    if name not in names():
        raise BoardError("no board %r; there are %s" % (name, ", ".join(names())))
    found = literal(name)
    check(found)
    return found


def literal(name):
    """The profile of a board that was opened before, as it stands on flash."""
    where = __name__.rsplit(".", 1)[0] + ".profiles." + name
    module = __import__(where, None, None, ("PROFILE",))
    forget(where)
    forget_parts("board", "profiles")
    return module.PROFILE
