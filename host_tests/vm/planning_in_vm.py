"""In MicroPython: the task that plans, with the control room, over invented seconds.

Argument: a scenario's name. Prints a JSON of what control decided and what the journal said.
"""

import asyncio
import gc
import json
import sys
from array import array

from firmware.control.decide import Control
from firmware.control.wishes import Wishes
from firmware.core.readings import Inverter, Snapshot
from firmware.tariff.contract import Contract
from firmware.tariff.prices import Prices
from firmware.tasks.make_plan import Planning
from firmware.tasks.plan_quarter import Thought

NOON = 1777888800  # 4 May 2026, 12:00 in Belgium
MIDNIGHT = NOON - 12 * 3600


class Clock:
    """Ticks and epoch that the scenario moves."""

    now_s = NOON

    def ticks(self):
        return (self.now_s - NOON) * 1000 + 1000

    def epoch(self):
        return self.now_s


class Journal(list):
    """What was said, in order."""

    def add(self, now_ms, code, *args):
        self.append([code] + list(args))


class Latest:
    """One inverter's reading."""

    def __init__(self):
        self.reading = Inverter()
        self.reading.soc_pct, self.reading.charge_max_w, self.reading.discharge_max_w = 60, 3000, 3000

    def battery(self):
        return self


class House:
    """The task, the control room and a meter that tells what `see` is given."""

    def __init__(self, folder, prices=True, **wishes):
        self.clock, self.journal, self.latest = Clock(), Journal(), Latest()
        wanted = Wishes()
        wanted.dead_ms = 500
        for name in wishes:
            setattr(wanted, name, wishes[name])
        self.control = Control(wanted)
        self.thought = Thought(Contract({"area": "Fluvius Kempen", "contract": "engie"}))
        if prices:
            # 30 EUR/MWh, but 260 from 18 to 20 h: what is stored at noon waits for the evening.
            day = [260000 if 18 <= at // 4 < 20 else 30000 for at in range(96)]
            self.thought.prices.offer(Prices(MIDNIGHT, 900, array("i", day * 2), "desk"), NOON)
        self.planning = Planning(self.thought, self.control, self.latest, (7200, 3000, 3000, 90000), folder,
                                 self.journal, self.clock)

    def look(self):
        """One turn of the task at the clock's second."""
        return asyncio.run(self.planning.turn(self.clock.now_s))

    def decide(self, load_w, soc_pct=60, seconds=40, **more):
        """Control's last decision after some beats of that load."""
        seen, decision = Snapshot(), None
        for _ in range(seconds):
            self.clock.now_s += 1
            given = {"now_ms": self.clock.ticks(), "grid_w": load_w, "battery_w": 0, "soc_pct": soc_pct,
                     "meter_time": self.clock.now_s, "demand_w": 100, "month_peak_w": 2500, "import_wh": 1000,
                     "meter_age_ms": 100, "battery_age_ms": 100, "heard_age_ms": 100, "skew_ms": 0,
                     "meter_interval_ms": 1000, "ready": True, "charge_max_w": 3000, "discharge_max_w": 3000}
            given.update(more)
            for name in given:
                setattr(seen, name, given[name])
            decision = self.control.decide(seen)
        return [decision.rule, decision.power_w, decision.why[0]]


def waits(folder):
    house = House(folder)
    house.clock.now_s += 5
    return [house.decide(800), house.look(), house.decide(800), house.decide(-900),
            house.decide(2400, demand_w=6000), house.decide(800, 15), house.journal]


def evening(folder):
    house = House(folder)
    house.clock.now_s = NOON + 6 * 3600 + 5
    return [house.look(), house.decide(800), house.journal]


def lapses(folder):
    house = House(folder)
    house.clock.now_s += 5
    house.look()
    before = house.decide(800)
    house.clock.now_s += 900
    return [before, house.decide(800)]


def missing(folder):
    house = House(folder, prices=False)
    house.clock.now_s += 5
    found = [house.look(), house.decide(800), list(house.planning.trouble)]
    house.clock.now_s += 900
    house.look()
    return found + [house.journal]


def learns(folder):
    house = House(folder)
    number = house.clock.now_s // 900
    for quarter in range(2):
        house.clock.now_s = (number + quarter) * 900 + 5
        house.planning.closed((number + quarter - 1, 800, 0, 2400, 0, True))
        house.look()
    again = House(folder)
    house.clock.now_s = MIDNIGHT + 86400 + 5
    house.look()
    again.planning.restore()
    return [house.thought.load.expect(20577, 47), again.thought.load.expect(20577, 47), house.journal]


def memory(folder):
    """Live bytes of everything a plan needs and of one thought, as the 32-bit board has them."""
    gc.collect()
    before = gc.mem_alloc()
    house = House(folder)
    house.clock.now_s += 5
    house.look()
    gc.collect()
    return [gc.mem_alloc() - before, house.thought.ahead.count, house.thought.planner.solves]


SCENARIOS = {"waits": waits, "evening": evening, "lapses": lapses, "missing": missing, "learns": learns,
             "memory": memory}
print(json.dumps(SCENARIOS[sys.argv[1]](sys.argv[2])))
