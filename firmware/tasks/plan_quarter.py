"""One quarter's thought: what was measured is learned, what is ahead becomes a plan, a plan becomes a band.

The place where the rooms tariff and planner meet. Pure: `now` is a parameter, nothing waits; think() is a
generator whose steps are short, and make_plan.py walks through it. The harness's year does the same.
"""

from ..planner.band import band
from ..planner.case import Case
from ..planner.keep import Kept
from ..planner.plan import Planner
from ..tariff.ahead import Ahead
from ..tariff.all_in import AllIn
from ..tariff.brussels import date, local, month_days
from ..tariff.ceiling import Ceiling
from ..tariff.household_load import HouseholdLoad
from ..tariff.last_good import LastGood
from ..tariff.panels import Panels
from ..tariff.price_habit import PriceHabit
from ..tariff.yields import Yields

SLOTS = 140
_ETA = 930000  # each way; the trade asks for 0.93 to 0.95
FLOOR_W = 2500  # each month counts at least this
_PLAIN_WEAR = 90000  # the guide's realistic figure where the owner gave none


class Thought:
    """contract: tariff.contract.Contract; place: (latitude, longitude); groups: as tariff/sun.py.

    Parts that live on: prices (by whoever fetches them) and what pack() makes.
    """

    def __init__(self, contract, place=(51.0, 4.4), groups=(), yearly_kwh=3500, slots=SLOTS):
        self._contract = contract
        self.all_in = AllIn(contract)
        self.prices, self.habit = LastGood(), PriceHabit()
        self.load = HouseholdLoad(yearly_kwh)
        self.panels = Panels(place[0], place[1], groups, Yields())
        self.ceiling = Ceiling()
        self.ahead = Ahead(slots, self.all_in, self.prices, self.habit, self.load, self.panels)
        self.planner, self.plan = Planner(slots), Kept(slots)
        self.case = self.first = None  # the numbers of the plan in force, and its first quarter (UTC second)
        self._more_wh = 0
        self._made = self._compared = None
        self._peaks_w = list(contract.peaks)
        self.with_peak = self.with_ceiling = True

    def closed(self, utc, import_wh, load_wh, pv_wh, peak_w):
        """The quarter from `utc` on is over. load_wh: what the house took, battery apart, less the roof's
        where pv_wh is None; peak_w: the month's highest quarter. What is None was not measured.
        """
        if load_wh is None:
            self._more_wh = 0
            return
        day, minute = local(utc)
        self._more_wh = load_wh - (pv_wh or 0) - self.ahead.expect_wh(utc)
        house_wh = load_wh if pv_wh is not None else max(0, load_wh + self.panels.expect(utc, minute // 60))
        self.load.learn(day, minute // 15, house_wh)
        self.panels.learn(utc, pv_wh)
        self.ceiling.take(import_wh)
        if minute == 1425 and date(day + 1)[2] == 1:
            self.ceiling.month(date(day)[1], self.all_in.tariffs(utc), self._mean_peak(peak_w))
            self._peaks_w = (self._peaks_w + [max(peak_w, FLOOR_W)])[-11:]

    def _mean_peak(self, peak_w):
        peaks = self._peaks_w + [max(peak_w, FLOOR_W)]
        return sum(peaks) // len(peaks)

    def think(self, utc, soc_pct, paid_w, battery):
        """Generator: plans from the quarter at `utc` on; then plan, band() and case are those of now.

        paid_w: import that costs no more peak. battery: (capacity Wh, least %, W to charge, W to give,
        micro-euro a kWh or None). Raises TariffFault where there is no ground for a plan.
        """
        if self.habit.until == 0 and self.prices.prices:
            self.habit.learn(self.prices.prices)
        day = local(utc)[0]
        first, length = month_days(day)
        ceiling = self.with_ceiling and self.all_in.has_ceiling(utc)
        if ceiling and day != self._compared:
            yield from self._compare(utc, soc_pct, paid_w, battery)
            self._compared = day
        binding = ceiling and self.ceiling.binding(
            self.all_in.tariffs(utc), self._mean_peak(paid_w), first + length - day)
        yield from self._plan(utc, soc_pct, paid_w, battery, binding)
        case = self._made
        gone = (utc - self.first) // 900 if self.first is not None else SLOTS
        self.changed = self.plan.renew(case, self.planner, max(0, gone))
        self.case, self.first = case, utc

    def _compare(self, utc, soc_pct, paid_w, battery):
        """Once a day: what lies ahead planned at both prices, for the ceiling to judge."""
        costs, leftover = [], None
        for at_ceiling in (False, True):
            yield from self._plan(utc, soc_pct, paid_w, battery, at_ceiling, leftover)
            leftover = self._made.leftover  # what is left at the end is worth the same in both
            costs.append(self.planner.cost // 1000000 * 96 // self.ahead.count)
        self.ceiling.compared(costs[0], costs[1])

    def _plan(self, utc, soc_pct, paid_w, battery, binding, leftover=None):
        """Fills the numbers ahead and plans them; the case is then in _made."""
        capacity_wh, least_pct, charge_w, give_w, wear = battery
        yield from self.ahead.fill(utc, self._more_wh, binding)
        ahead, count = self.ahead, self.ahead.count
        peak = 0
        if self.with_peak:
            share = self.ceiling.share(binding, date(local(utc)[0])[1]) if self.with_ceiling else 1000
            peak = self.all_in.peak_price(utc) * share // 250  # per kWh of a quarter: four for each kW
        self._made = case = Case(
            ahead.buy[:count], ahead.sell[:count], ahead.net[:count], capacity_wh * soc_pct * 10,
            capacity_wh * min(least_pct, 99) * 10, capacity_wh * 1000, charge_w * 250, give_w * 250,
            _ETA, _ETA, _PLAIN_WEAR if wear is None else wear,
            _leftover(ahead.buy, count) if leftover is None else leftover, peak, paid_w * 250)
        yield from self.planner.steps(case)

    changed = False  # True when the last thought changed the plan

    def pack(self):
        """What was learned, as bytes for a kept file: habit, ceiling, yields, household."""
        return b"".join([part.pack() for part in self._learned()])

    def unpack(self, data):
        """What pack() made; True when all of it was taken."""
        for part in self._learned():
            size = len(part.pack())
            if not part.unpack(data[:size]):
                return False
            data = data[size:]
        return not data

    def _learned(self):
        return self.habit, self.ceiling, self.panels.yields, self.load

    def band(self):
        """(low_w, high_w, word) for the quarter that think() planned from."""
        return band(self.case, self.plan)


def _leftover(buy, count):
    """Worth of what is stored at the end: the mean of the cheapest quarter of the prices, less the loss."""
    cheapest = sorted(buy[:count])[:max(1, count // 4)]
    return max(0, sum(cheapest) // len(cheapest)) * (_ETA // 1000) // 1000
