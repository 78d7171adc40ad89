"""Makes the plan: once a quarter, in short steps, and lays its band where control looks for orders.

Learns from each quarter that control's account closed. A thought that finds no ground (no prices, an
expired table, no charge known) leaves control to its rules and says why, once. An order ends with its quarter
and a minute: when this task dies, the rules rule. Knows a clock; plan_quarter.py does the thinking.
"""

import asyncio
import gc

from ..core.ticks import add
from ..planner.case import CaseError
from ..settings import kept_bytes
from ..settings.sealed import Damaged
from ..tariff.brussels import local
from ..tariff.faults import TariffFault

_TURN_MS = 1000
_QUARTER_S = 900
_GRACE_S = 60  # an order outlives its quarter by so much: the next thought takes seconds
_CALM_SLOTS = 4
_KETTLE = 375000  # mWh a quarter: 1.5 kW more than anybody expects, as control's quarter assumes
_EDGE_PCT = 4  # the plan stays off the minimum, where forced charging begins


class Planning:
    """thought: plan_quarter.Thought; control: control.decide.Control; wishes of it; latest: tasks.latest.

    limits: (capacity Wh, W to charge, W to give, wear in micro-euro a kWh or None), where the inverter says
    none. `trouble`: (word, details) of why there is no plan, None while there is one; `made_s`: when the last
    thought began.
    """

    fetching = None  # tasks.fetch_prices.Fetching, by whoever opens both

    def __init__(self, thought, control, latest, limits, folder, journal, clock):
        self.thought, self.control, self.latest, self.limits = thought, control, latest, limits
        self._folder, self._journal, self._clock = folder, journal, clock
        self.trouble = ("plan_starting", ())
        self.made_s = None
        self._quarter = self._record = None
        self._solar_ws = self._solar_s = 0

    def restore(self):
        """What was learned before the last start."""
        try:
            data = kept_bytes.load("learned", self._folder)
            if data and not self.thought.unpack(data):
                self._say("kept_damaged", "learned", len(data))
        except Damaged as damage:
            self._say("kept_damaged", "learned", str(damage))

    def closed(self, record):
        """control's record of a quarter that just ended (receipt.py); whoever keeps it hands it here too."""
        self._record = record

    def sample(self, solar_w):
        """The roof's power, about once a second; None where nothing measures it."""
        if solar_w is not None:
            self._solar_ws += solar_w
            self._solar_s += 1

    async def turn(self, now_s):
        """One look at UTC second now_s; a thought when a quarter has begun."""
        reading = self.latest.battery()
        self.sample(reading.reading.solar_w if reading else None)
        quarter = now_s // _QUARTER_S
        if quarter == self._quarter or now_s % _QUARTER_S < 2:
            return False  # the account closes with the first telegram of the new quarter
        self._learn()
        await self._think(quarter * _QUARTER_S, now_s)
        # Just started, the inverter has not spoken yet: it is asked again at once.
        self._quarter = None if self.trouble and self.trouble[0] == "plan_no_battery" else quarter
        if local(now_s)[1] < 15:
            self._keep()
        return True

    def _learn(self):
        record, self._record = self._record, None
        solar_ws, seconds = self._solar_ws, self._solar_s
        self._solar_ws = self._solar_s = 0
        if record is None or not record[5]:
            return
        number, mean_w, _, without_w, without_export_wh, _ = record
        solar_wh = solar_ws // seconds // 4 if seconds > 300 else None
        net_wh = without_w // 4 - without_export_wh
        load_wh = net_wh if solar_wh is None else max(0, net_wh + solar_wh)
        peak_w = self.control.quarter.peak_w
        self.thought.closed(number * _QUARTER_S, mean_w // 4, load_wh, solar_wh, peak_w)

    async def _think(self, utc, now_s):
        """A thought, a step at a time; control has the band as soon as it is there."""
        driver = self.latest.battery()
        soc_pct = driver.reading.soc_pct if driver else None
        gc.collect()
        try:
            if soc_pct is None or not self.limits[0]:
                raise TariffFault("plan_no_battery")
            peak_w, battery = self.control.quarter.peak_w, self._battery(driver.reading)
            for _ in self.thought.think(utc, soc_pct, peak_w, battery):
                await asyncio.sleep_ms(0)
        except TariffFault as fault:
            self._without((fault.word, fault.details))
        except CaseError as error:
            self._without(("plan_refused", (error.field,)))
        else:
            self._order(utc, now_s)

    def _order(self, utc, now_s):
        if self.trouble:
            self._say("plan_made", self.thought.ahead.count, self.thought.ahead.told)
        self.trouble, self.made_s = None, now_s
        low_w, high_w, word = self.thought.band()
        left_ms = (utc + _QUARTER_S + _GRACE_S - now_s) * 1000
        now_ms = self._clock.ticks()
        self.control.plan = low_w, high_w, add(now_ms, left_ms), word
        self.control.calm_ms = add(now_ms, left_ms) if self._calm() else None

    def _calm(self):
        """True when twice the expected load and a kettle in each of the coming quarters make no peak."""
        case = self.thought.case
        return all(case.net[slot] * 2 + _KETTLE <= case.paid for slot in range(min(_CALM_SLOTS, case.slots)))

    def _without(self, trouble):
        """The rules go on alone; the journal says why when the reason is new."""
        self.control.plan = self.control.calm_ms = None
        self.thought.plan.forget()
        if self.trouble is None or self.trouble[0] != trouble[0]:
            self._say(trouble[0], *trouble[1])
        self.trouble = trouble

    def _battery(self, reading):
        """(capacity Wh, least %, W to charge, W to give, wear), as Thought.think takes it."""
        capacity_wh, charge_w, give_w, wear = self.limits
        wishes = self.control.wishes
        least = wishes.min_soc_pct + wishes.buffer_pct
        if wishes.plan_buffer:  # down to where recharging begins: below it the buffer is filled by rule
            least = wishes.min_soc_pct + max(_EDGE_PCT, (wishes.buffer_pct + 1) // 2)
        return capacity_wh, least, reading.charge_max_w or charge_w, reading.discharge_max_w or give_w, wear

    def _keep(self):
        try:
            kept_bytes.save("learned", self.thought.pack(), self._folder)
        except OSError as error:
            self._say("kept_not_written", "learned", str(error))

    def _say(self, code, *args):
        self._journal.add(self._clock.ticks(), code, *args)


async def make_plan(planning, clock, beat):
    """For ever: a look each second; without a clock there is no quarter and no plan."""
    planning.restore()
    while True:
        beat()
        now_s = clock.epoch()
        if now_s is not None:
            await planning.turn(now_s)
        await asyncio.sleep_ms(_TURN_MS)
