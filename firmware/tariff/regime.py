"""Day and night of the two-rate meter in Flanders: peak on weekdays from 7 to 22 h, off-peak otherwise.

Source: Fluvius' public page on the two-rate meter; the meter's register 1.8.1 is the day one. Some
municipalities have 6 to 21 h, hence `starts`. Assumed: public holidays on a weekday are peak, as the
meter's own clock knows no holidays. Which register runs is the meter's to say when it is heard; this
rule serves quarters of the past and of tomorrow.
"""

from .brussels import local, weekday

_HOURS = 15  # the day rate lasts from 7 to 22


def is_peak(day, minute, starts=7):
    """True when the day rate holds at `minute` of the local day."""
    return weekday(day) < 5 and starts * 60 <= minute < (starts + _HOURS) * 60


def peak_at(utc, starts=7):
    """As is_peak(), of a UTC second."""
    day, minute = local(utc)
    return is_peak(day, minute, starts)
