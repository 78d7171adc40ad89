"""Which month of the bill an instant belongs to: Belgian time, no clock of its own.

Needed four times an hour; brought in then.
"""

_DAY_S = 86400
_YEAR_DAYS = 1461  # four of them


def month_of(epoch_s):
    """Unix seconds -> year * 12 + month - 1 in Belgium. Right from 2000 to 2099."""
    return _civil(_local(epoch_s) // _DAY_S)[0]


def first_quarter(month):
    """The number since 1970 of the month's first quarter hour."""
    year, number = month // 12, month % 12
    years = year - 2000 - (number < 2)
    days = 11017 + years * _YEAR_DAYS // 4 + ((number - 2) % 12 * 153 + 2) // 5
    # Midnight in Belgium is 23:00 UTC in winter and 22:00 in summer.
    return days * 96 - (8 if month_of(days * _DAY_S - 7200) == month else 4)


def _local(epoch_s):
    month, day, weekday = _civil(epoch_s // _DAY_S)
    number, hour = month % 12, epoch_s % _DAY_S // 3600
    # Summer: from the last Sunday of March to the last of October, both at 01:00 UTC.
    summer = 2 < number < 9
    if number in (2, 9):
        sunday = day + (7 - weekday) % 7
        last = sunday + (31 - sunday) // 7 * 7
        passed = day > last or (day == last and hour >= 1)
        summer = passed == (number == 2)
    return epoch_s + (7200 if summer else 3600)


def _civil(days):
    """Days since 1970 -> (year * 12 + month - 1, day of the month, weekday with Sunday 0)."""
    weekday = (days + 4) % 7
    days -= 11017  # 1 March 2000: 29 February then ends a year
    year = (days * 4 + 3) // _YEAR_DAYS
    rest = days - year * _YEAR_DAYS // 4
    month = (rest * 5 + 2) // 153
    return (2000 + year) * 12 + month + 2, rest - (month * 153 + 2) // 5 + 1, weekday
