"""Belgian legal time, as a smart meter prints it.

Written out instead of taken from a zone database, so that the harness gives the
same telegram on a machine that has none. Rule: summer time (UTC+2) from 01:00
UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
"""

from datetime import datetime, timedelta


def _last_sunday(year, month):
    day = datetime(year, month, 31, 1)
    return day - timedelta(days=(day.weekday() + 1) % 7)


def offset_hours(utc):
    """Hours that Belgian time is ahead of `utc` (a naive datetime in UTC)."""
    start, end = _last_sunday(utc.year, 3), _last_sunday(utc.year, 10)
    return 2 if start <= utc < end else 1


def to_local(utc):
    """Naive UTC datetime -> naive Belgian datetime."""
    return utc + timedelta(hours=offset_hours(utc))


def from_local(local):
    """Naive Belgian datetime -> naive UTC (of the doubled October hour: the first)."""
    utc = local - timedelta(hours=2)
    return utc if offset_hours(utc) == 2 else local - timedelta(hours=1)


def stamp(utc):
    """`YYMMDDhhmmssS` (summer) or `...W` (winter), the meter's own notation."""
    return to_local(utc).strftime("%y%m%d%H%M%S") + ("S" if offset_hours(utc) == 2 else "W")
