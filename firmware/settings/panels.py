"""Groups of solar panels as one text: read and checked. Loaded while somebody changes or asks for them."""

from .values import SettingError

_GROUPS_MOST = 6
_BOUNDS = (("x", 1, 500), ("@", 10, 1000), ("/", 0, 359), ("", 0, 90))


def groups(text):
    """[(count, watt_peak, azimuth, tilt)] of "12x400@180/35;…"; [] for "". SettingError: what is wrong."""
    found = [_group(part.strip()) for part in text.split(";")] if text.strip() else []
    if len(found) > _GROUPS_MOST:
        raise SettingError("panels.groups", "setting_panels_many", len(found), _GROUPS_MOST)
    return found


def tidy(text):
    """The same text without spaces and leading zeros."""
    return ";".join(["%dx%d@%d/%d" % one for one in groups(text)])


def _group(part):
    numbers, rest = [], part
    for mark, low, high in _BOUNDS:
        piece, found, rest = rest.partition(mark) if mark else (rest, "", "")
        piece = piece.strip()
        if found != mark or not piece.isdigit() or len(piece) > 4 or not low <= int(piece) <= high:
            raise SettingError("panels.groups", "setting_panels", part, piece, low, high)
        numbers.append(int(piece))
    return tuple(numbers)
