"""The coming quarters as a plan needs them: what a kWh costs and earns, what the house takes and gives.

Joins prices (or, where no service told them, what is usual), the contract, the learned household and the
roof. Whole numbers in arrays that are made once. Knows no battery and no plan.
"""

from array import array

from .brussels import local
from .faults import TariffFault

_STEP = 8  # quarters between two yields
_MOST_GUESS_DAYS = 7  # guesses older than this are no ground for a plan
LEAST = 8  # quarters with a price that a plan needs


class Ahead:
    """fill() the arrays buy, sell (micro-euro per kWh) and net (mWh, house less roof) for `slots` quarters.

    all_in: all_in.AllIn; prices: last_good.LastGood; habit: price_habit.PriceHabit; load:
    household_load.HouseholdLoad; panels: panels.Panels. `count`: quarters filled; `told`: how many of them
    have a price that a service told or a fixed contract knows; the others are guesses.
    """

    def __init__(self, slots, all_in, prices, habit, load, panels):
        self._slots = slots
        self._all_in, self._prices, self._habit = all_in, prices, habit
        self._load, self._panels = load, panels
        self.buy = array("i", bytes(4 * slots))
        self.sell = array("i", bytes(4 * slots))
        self.net = array("i", bytes(4 * slots))
        self.count = self.told = 0

    def fill(self, utc, more_wh=0, at_ceiling=False):
        """Generator: the quarters from `utc` on. more_wh: what the last quarter took beyond the expected.

        Raises TariffFault: prices_missing, prices_expired (what is known is too old to guess from), and what
        tables refuse; a table that ends within the plan only shortens it.
        """
        self.count = self.told = 0
        today = local(utc)[0]
        while self.count < self._slots:
            try:
                known = self._price(utc, at_ceiling)
            except TariffFault:
                if self.count < LEAST:
                    raise
                break
            if known and self.told == self.count:
                self.told += 1
            day, minute = local(utc)
            wh = self._load.expect(day, minute // 15) + more_wh
            wh -= self._panels.expect(utc, minute // 60, day - today)
            more_wh = more_wh // 2 if more_wh > 0 else -(-more_wh // 2)
            self.net[self.count] = wh * 1000
            self.count += 1
            utc += 900
            if not self.count % _STEP:
                yield

    def expect_wh(self, utc):
        """What house less roof was expected to take in one quarter, to compare with what it took."""
        day, minute = local(utc)
        return self._load.expect(day, minute // 15) - self._panels.expect(utc, minute // 60)

    def _price(self, utc, at_ceiling):
        """Puts the two prices of one quarter in their places -> True when they are not guessed."""
        known, total, count = True, None, 1
        if self._all_in.dynamic(utc):
            prices = self._prices.prices
            if prices and self._all_in.by_hour(utc):
                total, count = prices.hour(utc) or (None, 1)
            elif prices:
                total = prices.at(utc)
            if total is None:
                known, total, count = False, self._guess(utc), 1
        buy, sell = self._all_in.rates(utc, total, count, at_ceiling)
        self.buy[self.count], self.sell[self.count] = buy // 1000, sell // 1000
        return known

    def _guess(self, utc):
        days = self._habit.age_days(utc)
        if days is None:
            raise TariffFault("prices_missing")
        if days > _MOST_GUESS_DAYS + 1:
            raise TariffFault("prices_expired", days)
        return self._habit.at(utc)
