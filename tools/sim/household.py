"""What a house asks and what its roof gives, second by second.

A day made of base load, a fridge and appliances that people switch, and a roof
under moving clouds; or a file of the owner's own (`t_s,load_w,pv_w`). The same
seed gives the same day. Knows no meter, no battery and no clock: callers bring
the local second of the day.
"""

import csv
import math
import random

# name, watts, shortest and longest run (s), runs an hour by night / day / meal, (on s, off s) or None
_APPLIANCES = (
    ("kettle", 1900, 45, 100, 0.0, 0.7, 2.5, None),
    ("microwave", 1150, 60, 240, 0.0, 0.3, 1.8, None),
    ("hob", 1700, 480, 900, 0.0, 0.1, 1.4, (35, 45)),
    ("oven", 2200, 1200, 3000, 0.0, 0.05, 0.3, (60, 90)),
    ("washing machine", 1950, 500, 800, 0.02, 0.25, 0.1, None),
    ("vacuum cleaner", 850, 200, 500, 0.0, 0.25, 0.0, None),
    ("television", 110, 1800, 7000, 0.05, 0.2, 0.6, None),
    ("lamps", 140, 900, 5000, 0.1, 0.1, 0.5, None),
)
_MEALS = (7, 12, 18)


class ProfileError(ValueError):
    """A profile file that cannot be used; the text names the line and the fix."""


class Household:
    """A drawn day. `pv_peak_w` is the roof's peak, `latitude` Ghent's by default."""

    def __init__(self, seed=1, pv_peak_w=4000, base_w=180):
        self._seed = seed
        self._pv_peak_w = pv_peak_w
        self._base_w = base_w
        self._hours = {}

    def at(self, local):
        """Naive local datetime -> (load_w on each of three phases, pv_w), whole watts."""
        second = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
        day = local.toordinal()
        phases = [self._base_w * share for share in (0.4, 0.35, 0.25)]
        phases[2] += 85 if (second + 311 * self._seed) % 2700 < 1100 else 4  # the fridge
        jitter = random.Random(f"{self._seed}/{day}/{int(second)}")
        phases[0] += jitter.uniform(-6, 6)
        for start, end, watts, phase, cycle in self._running(day, local.hour):
            if start <= second < end and _is_on(second - start, cycle):
                phases[phase] += watts
        return [round(phase) for phase in phases], round(self._sun(day, second))

    def _running(self, day, hour):
        for early in (hour - 1, hour):
            if (day, early) not in self._hours:
                if len(self._hours) > 48:
                    self._hours.clear()
                self._hours[day, early] = list(self._draw(day, early))
            yield from self._hours[day, early]

    def _draw(self, day, hour):
        dice = random.Random(f"{self._seed}/{day}/{hour}/runs")
        column = 4 if hour < 6 or hour > 22 else 6 if hour in _MEALS else 5
        for row in _APPLIANCES:
            if dice.random() < 1 - math.exp(-row[column]):
                start = hour * 3600 + dice.uniform(0, 3600)
                yield start, start + dice.uniform(row[2], row[3]), row[1], dice.randrange(3), row[7]

    def _sun(self, day, second):
        """Clear-sky power of a fixed south roof, times what the clouds let through."""
        season = math.cos(2 * math.pi * (day % 365.25 - 172) / 365.25)
        half_day = (4.0 + 2.05 * (season + 1)) * 3600
        from_noon = (second - 13.6 * 3600) / half_day  # sun's noon in summer time
        if abs(from_noon) >= 1:
            return 0.0
        clear = math.cos(from_noon * math.pi / 2) ** 1.3 * (0.6 + 0.3 * season)
        return self._pv_peak_w * clear * self._clouds(day, second)

    def _clouds(self, day, second):
        """0.35..1: a level a few minutes long, with soft edges of about a minute."""
        step = 240
        index, part = divmod(second, step)
        levels = [
            random.Random(f"{self._seed}/{day}/{int(index) + i}/sky").uniform(0.35, 1.0) for i in (0, 1)
        ]
        edge = min(1.0, max(0.0, (part - (step - 70)) / 70))
        return levels[0] + (levels[1] - levels[0]) * (3 * edge**2 - 2 * edge**3)


class Recorded:
    """Rows of `t_s,load_w,pv_w`, seconds from the start; each holds until the next."""

    def __init__(self, path):
        self._rows = _read(path)
        self._start = None
        self._index = 0

    def at(self, local):
        """As Household.at; the load is spread 45/30/25 % over the phases."""
        if self._start is None:
            self._start = local
        t_s = (local - self._start).total_seconds()
        while self._index + 1 < len(self._rows) and self._rows[self._index + 1][0] <= t_s:
            self._index += 1
        _, load_w, pv_w = self._rows[self._index]
        first, second = round(load_w * 0.45), round(load_w * 0.30)
        return [first, second, round(load_w) - first - second], round(pv_w)


def _is_on(since_s, cycle):
    return cycle is None or since_s % (cycle[0] + cycle[1]) < cycle[0]


def _read(path):
    rows = []
    try:
        with open(path, newline="", encoding="utf-8") as handle:
            table = csv.DictReader(handle)
            missing = [name for name in ("t_s", "load_w", "pv_w") if name not in (table.fieldnames or [])]
            if missing:
                raise ProfileError(
                    f"{path}: column {missing[0]!r} is missing; the first line must be t_s,load_w,pv_w"
                )
            for row in table:
                rows.append(_row(path, table.line_num, row))
    except OSError as error:
        raise ProfileError(
            f"{path}: cannot be read ({error.strerror}); give a CSV file t_s,load_w,pv_w"
        ) from error
    if not rows:
        raise ProfileError(f"{path}: holds no row; give at least one line such as 0,450,0")
    return sorted(rows)


def _row(path, line, row):
    try:
        values = tuple(float(row[name]) for name in ("t_s", "load_w", "pv_w"))
    except (TypeError, ValueError) as error:
        raise ProfileError(f"{path}, line {line}: {error}; every cell must be a number") from error
    if not all(math.isfinite(value) for value in values):
        raise ProfileError(f"{path}, line {line}: numbers must be finite")
    return values
