"""What only DSMR 2.2 and 3.0 print: no checksum, times without a flag, a gas value on a line of its own.

Loaded when such a meter is met; nobody else pays for it. Refuses to know everything newer.
"""

from .clock import SUMMER, WINTER, days, two


def is_old(buffer, start, bang):
    """True for what DSMR 2.2 and 3.0 print: power and energy, no clock, no version, only plain text."""
    if buffer.find(b"0-0:1.0.0(", start, bang) >= 0 or buffer.find(b":0.2.8(", start, bang) >= 0:
        return False
    if buffer.find(b"\n1-0:1.8.1(", start, bang) < 0 or buffer.find(b"\n1-0:1.7.0(", start, bang) < 0:
        return False
    for i in range(start, bang):
        byte = buffer[i]
        if not (32 <= byte < 127 or byte == 10 or byte == 13):
            return False
    return True


def gas(values):
    """`values` behind the time of `(time)(00)(60)(1)(0-1:24.2.1)(m3)` -> the value of the next line or None.

    The unit stands in the last bracket of the first line and is left in `values.unit`.
    """
    buffer = values.buffer
    unit = 0
    while values.more():
        unit = buffer[values.at]
        values.text_end()
    following = buffer.find(b"\n(", values.end, values.end + 2)
    if following < 0:
        return None
    values.at = following + 2
    values.end = buffer.find(b"\n", values.at)
    value = values.number()
    values.unit = unit
    return value


def zone(buffer, at, seconds):
    """S or W by the rule of the European Union: from the last Sunday of March to that of October.

    The hour that October has twice is taken as winter.
    """
    year = two(buffer, at)
    month = two(buffer, at + 2)
    day = two(buffer, at + 4)
    late = seconds >= 7200
    if month != 3 and month != 10:
        return SUMMER if 3 < month < 10 else WINTER
    sunday = 31 - (days(year, month, 31) + 4) % 7  # 1970-01-01 was a Thursday
    if month == 3:
        return SUMMER if day > sunday or (day == sunday and late) else WINTER
    return SUMMER if day < sunday or (day == sunday and not late) else WINTER
