"""From a board's name to its checked profile. Imports no hardware: the desk's tools use it too."""

from ..core.modules import forget, forget_parts


class BoardError(ValueError):
    """No such board; the text names those there are."""


def profile(name):
    """The profile dict of board `name`, its pins checked. BoardError or PinError.

    What came compiled was checked by the build; a file somebody wrote is checked here.
    """
    try:
        module = _module(name)
    except (ImportError, AttributeError, ValueError):
        from .boards import names
        raise BoardError("no board %r; there are %s" % (name, ", ".join(names())))
    if not module.__file__.endswith("mpy"):
        from .pin_map import check
        check(module.PROFILE)
        forget_parts("board", "pin_map")
    return module.PROFILE


def literal(name):
    """The profile of a board that was opened before, as it stands on flash."""
    return _module(name).PROFILE


def _module(name):
    where = "firmware.board.profiles." + name
    module = __import__(where, None, None, ("PROFILE",))
    forget(where)
    forget_parts("board", "profiles")
    if not hasattr(module, "PROFILE"):
        raise AttributeError("PROFILE")
    return module
