"""What a household takes in each quarter of the year: base load, a fridge, appliances that people switch.

Drawn minute by minute from habits with a weekday and an hour, so that there is something to learn and
something that cannot be foretold. The same seed gives the same year. Knows no meter and no battery.
"""

import random

_MINUTES = 1440
_BASE_W = 110
_FRIDGE_W, _FRIDGE_ON, _FRIDGE_OFF = 85, 18, 27
# name, watts, shortest and longest run (min), on and off (min) within a run, extra in winter (share), then
# when: (weekdays, hour, chance). A family does most things at its own times; the minutes are chance.
_WEEK, _WORK, _FREE = (0, 1, 2, 3, 4, 5, 6), (0, 1, 2, 3, 4), (5, 6)
_HABITS = (
    ("kettle", 2000, 2, 4, None, 0.2, ((_WORK, 7, 0.9), (_FREE, 8.5, 0.9), (_WEEK, 10, 0.3), (_WEEK, 16, 0.5),
                                       (_WEEK, 20.5, 0.9))),
    ("coffee", 1200, 3, 6, None, 0, ((_WORK, 6.8, 0.95), (_FREE, 8.5, 0.95), (_WEEK, 13, 0.5))),
    ("microwave", 1150, 2, 6, None, 0, ((_WEEK, 12.2, 0.6), (_WEEK, 18, 0.5))),
    ("hob", 3400, 20, 40, (3, 1), 0.1, ((_FREE, 12, 0.6), (_WEEK, 18, 0.85))),
    ("oven", 2800, 30, 55, (3, 3), 0.3, (((2, 4), 18, 0.7), ((5, 6), 18, 0.6), ((6,), 11.5, 0.6))),
    ("dishwasher", 2000, 70, 70, (15, 22), 0, ((_WORK, 20, 0.6), (_FREE, 14, 0.7))),
    ("washing", 2050, 75, 75, (13, 40), 0, (((0, 3), 19, 0.7), ((5,), 10, 0.9), ((6,), 10, 0.6))),
    ("dryer", 1100, 70, 100, None, 0.6, (((5,), 12, 0.6), ((6,), 12, 0.5), ((3,), 20.5, 0.4))),
    ("vacuum", 900, 10, 25, None, 0, (((2, 5), 10, 0.7),)),
    ("iron", 1500, 25, 45, (1, 2), 0, (((6,), 20, 0.6),)),
    ("screens", 120, 90, 240, None, 0.2, ((_WEEK, 17, 0.7), (_WEEK, 20, 0.95))),
    ("lamps", 120, 150, 300, None, 0.9, ((_WEEK, 6.5, 0.5), (_WEEK, 18.5, 0.7))),
)
_MINUTES_OFF = 15  # standard deviation of a beginning


def quarters(days, first_weekday, wh_year, seed=1):
    """Wh of each quarter of `days` local days of 96 quarters; first_weekday: 0 is Monday."""
    dice = random.Random(seed)
    minutes = [0] * (days * _MINUTES + 600)
    for day in range(days):
        _live(dice, minutes, day, (first_weekday + day) % 7, _winter(day))
    at = dice.randrange(_FRIDGE_ON)
    while at < len(minutes):
        for minute in range(at, min(at + _FRIDGE_ON, len(minutes))):
            minutes[minute] += _FRIDGE_W
        at += _FRIDGE_ON + _FRIDGE_OFF + dice.randint(-3, 3)
    made = [sum(minutes[at:at + 15]) / 60 for at in range(0, days * _MINUTES, 15)]
    # Base load closes the gap to the year's use: nobody's appliances grow with it.
    base = max(_BASE_W / 4, (wh_year * days / 365 - sum(made)) / len(made))
    return [round(wh + base) for wh in made]


def _live(dice, minutes, day, weekday, winter):
    for _, watts, short, long, cycle, extra, times in _HABITS:
        for weekdays, hour, chance in times:
            if weekday in weekdays and dice.random() < min(1, chance * (1 + extra * winter)):
                begin = day * _MINUTES + int(hour * 60 + dice.gauss(0, _MINUTES_OFF))
                _run(minutes, max(0, begin), dice.randint(short, long), watts, cycle)


def _run(minutes, begin, length, watts, cycle):
    for minute in range(begin, min(begin + length, len(minutes))):
        if cycle is None or (minute - begin) % sum(cycle) < cycle[0]:
            minutes[minute] += watts


def _winter(day):
    """1 in midwinter, -1 in midsummer."""
    from math import cos, pi
    return cos(2 * pi * (day - 15) / 365)
