"""The meter's own time, `YYMMDDhhmmss` and S or W, to UTC epoch seconds (1970), in ints.

S is UTC+2, W is UTC+1: the flag decides, never a zone database, so the repeated hour in October is
one hour each and Swedish meters (W all year) come out right. DSMR 2.2 and 3.0 print no flag: only
for them the rule of the European Union is applied. Clocks that were never set print times that
are no times (632525252525W, 000101000001W, 700101010000W, 000000000000W): those are None, and so
is every year outside 2015 to 2060 (facts: p1.md section 9). This file refuses to know "now".
"""

_FIRST, _LAST = 15, 60  # years of this century
SUMMER = 83  # "S"
WINTER = 87  # "W"


def two(buffer, at):
    """The two digits at buffer[at] as 0 to 99; 99, which no part of a time allows, when they are none."""
    tens = buffer[at] - 48
    ones = buffer[at + 1] - 48
    return tens * 10 + ones if 0 <= tens <= 9 and 0 <= ones <= 9 else 99


def date(buffer, at):
    """True when the six digits at buffer[at] are a date from 2015 to 2060."""
    year = two(buffer, at)
    month = two(buffer, at + 2)
    day = two(buffer, at + 4)
    return _FIRST <= year <= _LAST and 1 <= month <= 12 and 1 <= day <= _length(year, month)


def epoch(buffer, at, flagged):
    """The time whose twelve digits start at buffer[at] -> UTC seconds since 1970, or None.

    `flagged`: an S or W follows the digits; without it the time is taken as Central European.
    """
    if not date(buffer, at):
        return None
    seconds = _of_day(buffer, at + 6)
    if seconds < 0:
        return None
    if flagged:
        flagged = buffer[at + 12]
    else:
        from .dsmr2 import zone

        flagged = zone(buffer, at, seconds)
    if flagged == SUMMER:
        seconds -= 7200
    elif flagged == WINTER:
        seconds -= 3600
    else:
        return None
    return days(two(buffer, at), two(buffer, at + 2), two(buffer, at + 4)) * 86400 + seconds


def _of_day(buffer, at):
    """Seconds since midnight of the six digits at buffer[at], -1 when they are no time."""
    hour = two(buffer, at)
    minute = two(buffer, at + 2)
    second = two(buffer, at + 4)
    if hour > 23 or minute > 59 or second > 59:
        return -1
    return hour * 3600 + minute * 60 + second


def month(buffer, at):
    """The month that ends at the stamp buffer[at], as 202306; None for a placeholder.

    A row of the history is stamped with the end of its period, the first of the next month at
    00:00; any other moment belongs to its own month.
    """
    if not date(buffer, at):
        return None
    months = two(buffer, at) * 12 + two(buffer, at + 2) - 1
    if buffer.find(b"01000000", at + 4, at + 12) >= 0:
        months -= 1
    return (2000 + months // 12) * 100 + months % 12 + 1


def _length(year, month):
    if month == 2:
        return 28 if year % 4 else 29
    return 30 if month in (4, 6, 9, 11) else 31


def days(year, month, day):
    """Days since 1970-01-01; right for this century (year 0 to 99)."""
    past = (367 * month - 362) // 12 + day - 1  # days of this year, as if February had thirty
    if month > 2:
        past -= 2 if year % 4 else 1
    return 10957 + year * 365 + (year + 3) // 4 + past
