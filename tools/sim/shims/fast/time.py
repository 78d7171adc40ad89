"""Time, SIM_SPEED_UP times as quick: the same clocks, multiplied from the moment the VM started.

asyncio's C queue stamps "run now" with the real clock; ours is always ahead of
it, so such a task is due at once, which is what it asked for.
"""

import os

import utime
from utime import gmtime, localtime, mktime, ticks_add, ticks_cpu, ticks_diff  # noqa: F401

_SPEED = int(os.getenv("SIM_SPEED_UP") or 1)
_MS = utime.ticks_ms()
_S = utime.time()
_MASK = utime.ticks_add(0, -1)  # 30 bits, or 62: as far as this VM counts


def ticks_ms():
    """Virtual milliseconds."""
    return utime.ticks_add(_MS, utime.ticks_diff(utime.ticks_ms(), _MS) * _SPEED)


def ticks_us():
    """Virtual microseconds; multiplying commutes with the wrap."""
    return utime.ticks_us() * _SPEED & _MASK


def time():
    """Virtual seconds since the epoch."""
    return _S + (utime.time() - _S) * _SPEED


def time_ns():
    """Virtual nanoseconds since the epoch."""
    return int(time() * 1000000000)


def sleep_us(us):
    """Virtual microseconds of waiting."""
    utime.sleep_us(us // _SPEED)


def sleep_ms(ms):
    """Virtual milliseconds of waiting."""
    utime.sleep_us(ms * 1000 // _SPEED)


def sleep(s):
    """Virtual seconds of waiting."""
    utime.sleep(s / _SPEED)
