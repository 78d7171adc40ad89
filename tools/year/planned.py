"""The firmware's own planner and its learning, told each quarter what a box would know by then.

Prices for tomorrow are known from 13:10 on; a weather service, where there is one, foretells each day's
sky with an error of its own and no cloud of a quarter. Offline, nothing new comes.
"""

import random

from firmware.tariff.brussels import local, midnight
from firmware.tariff.contract import Contract
from firmware.tariff.faults import TariffFault
from firmware.tariff.prices import Prices
from firmware.tasks.plan_quarter import Thought
from tools.year import market, money, roof

# Of the light that a day's sky lets through, as the service sees it: standard deviation for today, tomorrow.
ERRORS = 0.12, 0.2
_BEFORE_DAYS = 61  # lived in this house before the year began
_PUBLISHED = 13 * 60 + 10


class Sky:
    """The weather service: Wh a quarter from the day's sky, seen through an error. `at` as Prices."""

    source = "desk"

    def __init__(self, clear, days, seed=1):
        dice = random.Random(seed)
        self._clear = clear
        self._days = [[min(1.0, max(0.05, day * (1 + dice.gauss(0, error)))) for day in days]
                      for error in ERRORS]
        self.now = 0  # number of the quarter that it is

    def at(self, utc):
        """Wh of the quarter, None beyond the year."""
        number = (utc - market.FIRST) // 900
        if not 0 <= number < len(self._clear):
            return None
        return round(self._clear[number] * self._days[number // 96 > self.now // 96][number // 96])


class Truth:
    """In place of the learned household and of the roof: what will really be, meant over `span` quarters."""

    def __init__(self, rows, span):
        self._rows, self._span = rows, span

    def expect(self, utc, hour, days_ahead=0):
        """Solar less load of the quarter, Wh: the household beside it is told as nothing."""
        number = (utc - market.FIRST) // 900 % len(self._rows)
        first = number - number % self._span
        part = self._rows[first:first + self._span]
        return sum(pv_w - load_w for load_w, pv_w in part) // (4 * len(part))


class _Nobody:
    def expect(self, day, quarter):
        """The household is in Truth."""
        return 0


def _remembered(clear):
    """The sun of a quarter is asked for a hundred times, by each plan in whose reach it lies."""
    known = {}

    def look(utc):
        if utc not in known:
            known[utc] = clear(utc)
        return known[utc]
    return look


class Planned:
    """`begin` for live(): a plan before each quarter. peak, ceiling: what it prices; perfect: it knows the
    means of so many quarters beforehand, 0 for none; offline: [(first, until), …] numbers of quarters without
    internet; every: quarters between two thoughts; before: (load_w, pv_w) of the last quarters of another
    year of this house, from which it has learned.
    """

    def __init__(self, rows, prices, sky=None, peak=True, ceiling=True, perfect=0, offline=(),
                 every=1, least_pct=15, before=None):
        self.thought = Thought(
            Contract(money.CONTRACT), (roof.LATITUDE, roof.LONGITUDE), roof.GROUPS)
        self.thought.with_peak, self.thought.with_ceiling = peak, ceiling
        self._rows, self._prices, self._sky = rows, prices, sky
        self._perfect, self._offline, self._every, self._least_pct = perfect, offline, every, least_pct
        self._before = None
        if before:
            self._lived(before)
        self.plans = self.changes = self.solves = 0
        self.without = {}
        self.thought.panels.clear = _remembered(self.thought.panels.clear)
        if perfect:
            self.thought.ahead._panels, self.thought.ahead._load = Truth(rows, perfect), _Nobody()

    def _lived(self, before):
        utc = market.FIRST - 900 * len(before)
        for load_w, pv_w in before:
            day, minute = local(utc)
            self.thought.load.learn(day, minute // 15, load_w // 4)
            self.thought.panels.learn(utc, pv_w // 4)
            utc += 900

    def begin(self, number, law, battery, meter):
        """Learn from the quarter that ended, plan, and put the band where control finds it."""
        utc, thought = market.FIRST + number * 900, self.thought
        if self._before is not None:
            self._learn(number - 1, utc - 900, meter, law)
        self._before = meter.import_ws // 3600
        self._news(number, utc)
        if number % self._every:
            return
        law.control.plan = None
        try:
            for _ in thought.think(utc, battery.soc_pct(), law.control.quarter.peak_w, (
                    battery.capacity_wh, self._least_pct, battery.most_w, battery.most_w, money.WEAR)):
                pass
        except TariffFault as fault:
            self.without[fault.word] = self.without.get(fault.word, 0) + 1
            return
        self.plans += 1
        self.changes += thought.changed
        self.solves += thought.planner.solves
        low_w, high_w, word = thought.band()
        until_ms = (law.seen.now_ms + (self._every * 900 + 60) * 1000) & 0x3FFFFFFF
        law.control.plan = low_w, high_w, until_ms, word

    def _learn(self, number, utc, meter, law):
        load_w, pv_w = self._rows[number]
        imported = meter.import_ws // 3600 - self._before
        peak_w = law.control.quarter.month_w(law.seen)
        self.thought.closed(utc, imported, load_w // 4, pv_w // 4, peak_w)
        if self._perfect:
            self.thought._more_wh = 0

    def _news(self, number, utc):
        """What the services have told by now."""
        online = not any(first <= number < until for first, until in self._offline)
        self.thought.panels.service = self._sky if online else None
        self._sky.now = number
        if not online:
            return
        day, minute = local(utc)
        until = midnight(day + (2 if minute >= _PUBLISHED else 1))
        known = self.thought.prices.prices
        if known is None or known.until < until:
            first = midnight(day)
            here, there = (first - market.FIRST) // 900, (until - market.FIRST) // 900
            values = self._prices[max(0, here):there]
            if first + 900 * len(values) > utc:
                found = Prices(first, 900, values, "desk")
                self.thought.prices.offer(found, utc)
                self.thought.habit.learn(found)
