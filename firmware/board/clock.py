"""What time it is, three ways: ticks to measure with, the epoch to date with, uptime by the journal.

The one place that knows the ESP32 counts from 2000 and Unix from 1970
(facts: micropython H). Refuses to know where the time comes from.
"""

import time

_2000 = 946684800
_2024 = 1704067200  # before this a clock was never set: the ESP32 starts in 2000


def ticks():
    """Milliseconds that wrap after 12.4 days on every port: see core.ticks."""
    return time.ticks_ms() & 0x3FFFFFFF


def epoch():
    """Unix seconds (UTC), or None when the clock was never set."""
    now = int(time.time()) + (_2000 if time.gmtime(0)[0] == 2000 else 0)
    return now if now >= _2024 else None


def set_epoch(seconds):
    """Set the chip's clock to Unix `seconds`; a host that keeps its own time is left alone."""
    if time.gmtime(0)[0] != 2000:
        return
    import machine
    year, month, day, hour, minute, second, weekday, _ = time.gmtime(seconds - _2000)[:8]
    machine.RTC().datetime((year, month, day, weekday, hour, minute, second, 0))
