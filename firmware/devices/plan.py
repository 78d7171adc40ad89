"""Rows to reads: the fewest requests that fetch every row.

It knows addresses, widths and what a device forbids (longest read, walls that no read may
cross, how many unused registers it is worth or safe to read through). It refuses to know
what a row means and when it is due.
"""

from ..modbus.values import width as _registers
from .quirks import QUIRKS

_ONE = ("state", "mode")
_WIDE = ("text", "faults", "hints", "block")  # these bring their width in the last column


def width(row):
    """How many registers a row (address, key, kind, multiply, divide) takes."""
    kind = row[2]
    if kind in _WIDE:
        return row[4]
    return 1 if kind in _ONE or kind in QUIRKS else _registers(kind)


def reads(rows, longest, hole, walls=()):
    """[(first register, count)] covering all `rows`, in rising order.

    `longest`: registers in one read. `hole`: most unused registers read through.
    `walls`: addresses no read may cross, i.e. hold together with the register before.
    Greedy from the lowest address, which is optimal: starting later never reaches less far.
    """
    found = []
    for row in sorted(rows):
        first, end = row[0], row[0] + width(row)
        if end - first > longest:
            raise ValueError("row %s is wider than one read of %d" % (row[1], longest))
        if found:
            start, count = found[-1]
            if (end - start <= longest and first - start - count <= hole
                    and not any(start < wall < end for wall in walls)):
                found[-1] = (start, max(count, end - start))
                continue
        found.append((first, end - first))
    return found
