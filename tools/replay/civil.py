"""What a Flemish meter's clock shows: civil time with S or W, from UTC seconds, in whole numbers.

The witness's own calendar: nothing of the firmware's, and no module that MicroPython lacks.
"""

_DAY_S = 86400
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Clock:
    """`stamp(epoch_s)`: bytes as in 0-0:1.0.0; `month(epoch_s)`: year * 12 + month - 1, of the time shown."""

    def __init__(self):
        self._hour, self._text, self._month = None, b"", 0

    def stamp(self, epoch_s):
        """YYMMDDhhmmssX, X is S or W."""
        self._look(epoch_s)
        rest = epoch_s % 3600
        return b"%s%02d%02d%s" % (self._text[:8], rest // 60, rest % 60, self._text[8:])

    def month(self, epoch_s):
        """The month of the bill."""
        self._look(epoch_s)
        return self._month

    def _look(self, epoch_s):
        """All but minutes and seconds changes by the hour."""
        hour = epoch_s // 3600
        if hour != self._hour:
            self._hour = hour
            summer = _summer(hour * 3600)
            shown_s = hour * 3600 + (7200 if summer else 3600)
            year, month, day = _date(shown_s // _DAY_S)
            self._month = year * 12 + month - 1
            self._text = b"%02d%02d%02d%02d%s" % (year % 100, month, day, shown_s % _DAY_S // 3600,
                                                  b"S" if summer else b"W")


def _summer(epoch_s):
    """From the last Sunday of March to that of October, 01:00 UTC both."""
    year = _date(epoch_s // _DAY_S)[0]
    return _last_sunday(year, 3) + 3600 <= epoch_s < _last_sunday(year, 10) + 3600


def _last_sunday(year, month):
    """UTC second of its midnight; the month has 31 days."""
    day = _days(year) + sum(_LENGTHS[:month]) + (month > 2 and year % 4 == 0) - 1
    return (day - (day + 4) % 7) * _DAY_S


def _days(year):
    """Days from 1970 to the first of January; for 1970 to 2099."""
    return (year - 1970) * 365 + (year - 1969) // 4


def _date(day):
    year = 1970 + day // 366
    while _days(year + 1) <= day:
        year += 1
    day -= _days(year)
    month = 0
    while True:
        length = _LENGTHS[month] + (month == 1 and year % 4 == 0)
        if day < length:
            return year, month + 1, day + 1
        day -= length
        month += 1
