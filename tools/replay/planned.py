"""`tools.replay --plan`: the same replay with the firmware's planner before each quarter.

Prices come from a CSV (utc_start,eur_per_mwh, quarters) and are known to the planner as a service would tell
them: today's, and tomorrow's from 13:10 on. What the house took and the roof gave is learned as it passes.
"""

import csv
import datetime
import json
import pathlib
from array import array

from firmware.core.ticks import add
from firmware.settings.panels import groups
from firmware.settings.values import SettingError
from firmware.tariff.brussels import local, midnight
from firmware.tariff.contract import Contract
from firmware.tariff.faults import TariffFault
from firmware.tariff.prices import Prices
from firmware.tasks.plan_quarter import Thought
from tools.replay import drive
from tools.replay.ideal import Ideal
from tools.replay.plant import Battery, Meter

_PUBLISHED = 13 * 60 + 10
_PLACE = 51.05, 3.72


def options(parser):
    """The options of a planned replay."""
    parser.add_argument("--plan", metavar="CONTRACT.json", help="plan each quarter under this contract")
    parser.add_argument("--prices", metavar="CSV", help="utc_start,eur_per_mwh: for a dynamic contract")
    parser.add_argument("--panels", default="", metavar="GROUPS", help="the roof: 10x420@180/35;6x420@90/20")


def play(rows, told, chosen):
    """As drive.play, with "plan" in it: plans, changes, and the reasons for quarters without one.

    chosen: the parsed options. ValueError names the file and what it lacks.
    """
    try:
        fields = json.loads(pathlib.Path(chosen.plan).read_text())
        thought = Thought(Contract(fields), _PLACE, tuple(groups(chosen.panels)))
    except (OSError, ValueError, TariffFault, SettingError) as error:
        raise ValueError("{}: {}".format(chosen.plan, error))
    rows = list(rows)
    law = Planned(told, drive._devices(told), thought, rows, prices_of(chosen.prices))
    battery = Battery(*[told[name] for name in ("battery_wh", "most_w", "soc_pct", "latency_ms", "ramp_w_s")])
    meter = Meter(told["epoch_s"], told["demand"])
    summary = drive.run(rows, law, battery, meter, Ideal(battery, law.wishes.min_soc_pct))
    return {"summary": summary, "journal": law.told, "plan": law.counted}


def prices_of(path):
    """{UTC second: micro-euro per kWh} of a CSV; {} without one."""
    if not path:
        return {}
    found = {}
    try:
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(line for line in file if line[0] != "#"):
                moment = datetime.datetime.fromisoformat(row["utc_start"].replace("Z", "+00:00"))
                found[int(moment.timestamp())] = round(float(row["eur_per_mwh"]) * 1000)
    except (OSError, KeyError, ValueError) as error:
        raise ValueError("{}: needs the columns utc_start,eur_per_mwh: {}".format(path, error))
    return found


class Planned(drive.Ours):
    """The control room with a plan laid before each quarter."""

    def __init__(self, told, devices, thought, rows, prices):
        drive.Ours.__init__(self, told.get("settings", {}), devices)
        self.counted = {"plans": 0, "changes": 0, "without": {}}
        self._thought, self._prices = thought, prices
        self._passed = _quarters(rows, told["epoch_s"])
        wear = told.get("settings", {}).get("inverter.cost_eur_kwh")
        self._battery = told["battery_wh"], self._least(), told["most_w"], told["most_w"], wear
        self._quarter = self._before = None

    def _least(self):
        """As tasks/make_plan.py: the buffer stays, or half of it where the plan may use it."""
        wishes = self.wishes
        half = max(4, (wishes.buffer_pct + 1) // 2)
        return wishes.min_soc_pct + (half if wishes.plan_buffer else wishes.buffer_pct)

    def ask(self, battery, meter, now_ms):
        """A thought where a quarter begins, then the beat."""
        quarter = meter.epoch_s // 900
        if quarter != self._quarter:
            self._begin(quarter, battery, meter, now_ms)
            self._quarter, self._before = quarter, meter.import_ws
        return drive.Ours.ask(self, battery, meter, now_ms)

    def _begin(self, quarter, battery, meter, now_ms):
        utc, thought = quarter * 900, self._thought
        if self._quarter is not None and self._quarter in self._passed:
            load_wh, pv_wh = self._passed[self._quarter]
            taken = (meter.import_ws - self._before) // 3600
            peak_w = self.control.quarter.peak_w
            thought.closed(self._quarter * 900, taken, load_wh, pv_wh, peak_w)
        self._news(utc)
        self.control.plan = None
        try:
            for _ in thought.think(utc, battery.soc_pct(), self.control.quarter.peak_w, self._battery):
                pass
        except TariffFault as fault:
            without = self.counted["without"]
            without[fault.word] = without.get(fault.word, 0) + 1
            return
        self.counted["plans"] += 1
        self.counted["changes"] += thought.changed
        low_w, high_w, word = thought.band()
        self.control.plan = low_w, high_w, add(now_ms & 0x3FFFFFFF, 960000), word

    def _news(self, utc):
        """Whole local days of prices that a service would have told by now."""
        day, minute = local(utc)
        for last in (day + 2, day + 1):
            if last == day + 2 and minute < _PUBLISHED:
                continue
            first, until = midnight(day), midnight(last)
            values = [self._prices.get(at) for at in range(first, until, 900)]
            if None not in values:
                found = Prices(first, 900, array("i", values), "csv")
                self._thought.prices.offer(found, utc)
                self._thought.habit.learn(found)
                return


def _quarters(rows, epoch_s):
    """{number of the quarter: (load Wh, solar Wh)} of rows that may begin and end anywhere."""
    sums, at = {}, epoch_s
    for row in rows:
        left = row[0]
        while left:
            part = min(left, 900 - at % 900)
            one = sums.setdefault(at // 900, [0, 0])
            one[0] += row[1] * part
            one[1] += row[2] * part
            at, left = at + part, left - part
    return {number: (load // 3600, pv // 3600) for number, (load, pv) in sums.items()}
