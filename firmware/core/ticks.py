"""Wrap-safe arithmetic on millisecond ticks.

What this file knows: a tick counter that wraps every 2**30 ms (12.4 days), the
period of the ESP32 and of the 32-bit unix VM. It refuses to know any clock:
the caller brings "now". The 64-bit unix VM and CPython count further, so tasks
mask what they read with `wrap` and every port behaves as the board does.
"""

_MASK = 0x3FFFFFFF
_HALF = 0x20000000


def wrap(ticks):
    """Any tick count -> the 30-bit one used everywhere in this house."""
    return ticks & _MASK


def add(ticks, ms):
    """The tick `ms` after `ticks`; `ms` may be negative, at most 6.2 days."""
    return (ticks + ms) & _MASK


def diff(later, earlier):
    """`later - earlier` in ms, signed, right for distances up to 6.2 days."""
    return ((later - earlier + _HALF) & _MASK) - _HALF


def age(now, at):
    """How old a reading stamped `at` is, in ms; None when it never was."""
    if at is None:
        return None
    return diff(now, at)
