"""Day and night of the two-rate meter in Flanders: peak on weekdays from 7 to 22 h, off-peak otherwise.

Sources: the regulator (night register: nights and weekends; vreg.be/nl/elektriciteitsmeter) and Iverlek's
overview of hours by municipality, before it became Fluvius: 7 to 22 h in most, 6 to 21 h in others, hence
`starts`; a public holiday on a weekday is an ordinary day at low voltage. Assumed: the digital meters kept
those hours. Which register runs is the meter's to say when it is heard (1.8.1 is the day one); this rule
serves quarters of the past and of tomorrow.
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
