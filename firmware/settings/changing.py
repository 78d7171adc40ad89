"""Defaults and changes of settings: what values.py needs at a start and when somebody changes one."""

from .rows import ROWS


def defaults():
    """name -> value of a box nobody has touched."""
    return {row[0]: row[2] for row in ROWS}


def early(names):
    """name -> default of each of `names`; one that ends in a point is all that begin so."""
    return {row[0]: row[2] for row in ROWS if row[0] in names or row[0][:row[0].find(".") + 1] in names}


def checked(values, changes):
    """`changes` made clean. values: all of them now. SettingError when one cannot be, or not together."""
    from .check import check, check_together
    clean = {name: check(name, changes[name]) for name in changes}
    values.update(clean)
    check_together(values)
    return clean
