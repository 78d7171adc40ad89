"""From a board's name to its checked profile. Imports no hardware: the desk's tools use it too."""

from ..core.modules import forget, forget_parts


class BoardError(ValueError):
    """No such board; the text names those there are."""


def profile(name):
    """The profile dict of board `name`, its pins checked. BoardError or PinError."""
    from .pin_map import check
    try:
        found = literal(name)
    except (ImportError, AttributeError, ValueError):
        from .boards import names
        raise BoardError("no board %r; there are %s" % (name, ", ".join(names())))
    check(found)
    return found


def literal(name):
    """The profile of a board that was opened before, as it stands on flash."""
    where = "firmware.board.profiles." + name
    module = __import__(where, None, None, ("PROFILE",))
    forget(where)
    forget_parts("board", "profiles")
    return module.PROFILE
