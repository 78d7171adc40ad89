"""Belgian civil time in whole numbers: days since 1970, the two clock changes, days of 92 and 100 quarters.

The rule is the European Union's (directive 2000/84/EC): summer time from the last Sunday of March to
the last Sunday of October, both at 01:00 UTC. Refuses to know any zone database and what time it is.
"""

from .faults import TariffFault

QUARTER_S = 900
DAY_S = 86400


def days(year, month, day):
    """Days from 1970-01-01 to that date (Gregorian, year >= 1970)."""
    if month < 3:  # the year begins in March: the leap day comes last
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 719469


def date(day):
    """Day number -> (year, month, day)."""
    year = 1970 + day // 366
    while days(year + 1, 1, 1) <= day:
        year += 1
    month = 1 + (day - days(year, 1, 1)) // 32
    if month < 12 and days(year, month + 1, 1) <= day:
        month += 1
    return year, month, day - days(year, month, 1) + 1


def weekday(day):
    """0 is Monday, 6 Sunday."""
    return (day + 3) % 7


def offset(utc):
    """Seconds that Belgian clocks are ahead of UTC at that moment: 3600 or 7200."""
    year = date(utc // DAY_S)[0]
    return 7200 if _change(year, 3) <= utc < _change(year, 10) else 3600


def local(utc):
    """-> (day number, minute of the day as the clock shows it)."""
    shown = utc + offset(utc)
    return shown // DAY_S, shown % DAY_S // 60


def midnight(day):
    """UTC second at which the local day begins; unambiguous, as clocks change at 01:00 UTC."""
    summer = day * DAY_S - 7200
    return summer if offset(summer) == 7200 else summer + 3600


def quarters(day):
    """Quarters in the local day: 96, or 92 and 100 when the clocks change."""
    return (midnight(day + 1) - midnight(day)) // QUARTER_S


def month_days(day):
    """-> (number of the month's first day, days in the month) of the month that `day` is in."""
    year, month, _ = date(day)
    first = days(year, month, 1)
    return first, days(year + month // 12, month % 12 + 1, 1) - first


def read_date(text):
    """ "2026-08-01" -> day number; anything else is a TariffFault "date_wrong"."""
    text = str(text)
    parts = text.split("-")
    digits = all(one in "0123456789" for one in "".join(parts))  # isdigit() takes those of other scripts
    if len(text) == 10 and len(parts) == 3 and [len(part) for part in parts] == [4, 2, 2] and digits:
        year, month, day = [int(part) for part in parts]
        if 1970 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= 31:
            number = days(year, month, day)
            if date(number) == (year, month, day):
                return number
    raise TariffFault("date_wrong", text[:20])


def show_date(day):
    """Day number -> "2026-08-01"."""
    return "{}-{:02d}-{:02d}".format(*date(day))


def moment(utc):
    """UTC second -> "2026-05-03 17:00" as Belgian clocks show it; absurd seconds are shown as they are."""
    if not 0 <= utc < 4000000000:
        return str(utc)[:20]
    day, minute = local(utc)
    return "{} {:02d}:{:02d}".format(show_date(day), minute // 60, minute % 60)


def _change(year, month):
    """UTC second of the clock change: 01:00 UTC on the last Sunday of a month of 31 days."""
    last = days(year, month, 31)
    return (last - (weekday(last) + 1) % 7) * DAY_S + 3600
