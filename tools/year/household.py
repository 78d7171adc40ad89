"""What a household takes in each quarter of the year: base load, a fridge, appliances that people switch.

Drawn minute by minute from habits with a weekday and an hour, so that there is something to learn and
something that cannot be foretold. The same seed gives the same year. Knows no meter and no battery.
"""

import random

_MINUTES = 1440
_BASE_W = 110
_FRIDGE_W, _FRIDGE_ON, _FRIDGE_OFF = 85, 18, 27
# name, watts, shortest and longest run (min), on and off (min) within a run, times a week, hours with their
# weight, extra in winter (share)
_HABITS = (
    ("kettle", 2000, 2, 4, None, 20, ((7, 3), (10, 1), (15, 1), (20, 2)), 0.2),
    ("coffee", 1200, 3, 6, None, 10, ((7, 4), (9, 1), (13, 1)), 0),
    ("microwave", 1150, 2, 6, None, 9, ((8, 1), (12, 2), (18, 3)), 0),
    ("hob", 3400, 20, 45, (3, 1), 5.5, ((12, 1), (18, 6)), 0.1),
    ("oven", 2800, 30, 60, (3, 3), 2.2, ((11, 1), (18, 5)), 0.3),
    ("dishwasher", 2000, 70, 70, (15, 22), 4.5, ((13, 1), (19, 4), (22, 1)), 0),
    ("washing", 2050, 75, 75, (13, 40), 3.6, ((8, 1), (10, 3), (14, 2), (19, 1)), 0),
    ("dryer", 1100, 70, 100, None, 2.0, ((12, 2), (16, 2), (20, 1)), 0.6),
    ("vacuum", 900, 10, 25, None, 2.0, ((10, 3), (15, 1)), 0),
    ("iron", 1500, 25, 45, (1, 2), 1.0, ((14, 1), (20, 2)), 0),
    ("screens", 120, 90, 240, None, 9, ((9, 1), (16, 2), (20, 6)), 0.2),
    ("lamps", 120, 120, 330, None, 7, ((6, 1), (18, 3), (20, 3)), 0.9),
)
_ATHOME = {5: 1.35, 6: 1.3}  # weekends see more of everything


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
    for _, watts, short, long, cycle, weekly, hours, extra in _HABITS:
        chance = weekly / 7 * _ATHOME.get(weekday, 0.87) * (1 + extra * winter)
        while chance > 0:
            if dice.random() < chance:
                hour = dice.choices([one for one, _ in hours], [weight for _, weight in hours])[0]
                begin = day * _MINUTES + int(hour * 60 + dice.gauss(20, 25))
                _run(minutes, max(0, begin), dice.randint(short, long), watts, cycle)
            chance -= 1


def _run(minutes, begin, length, watts, cycle):
    for minute in range(begin, min(begin + length, len(minutes))):
        if cycle is None or (minute - begin) % sum(cycle) < cycle[0]:
            minutes[minute] += watts


def _winter(day):
    """1 in midwinter, -1 in midsummer."""
    from math import cos, pi
    return cos(2 * pi * (day - 15) / 365)
