"""The optimal plan with the month peak in it: the import cap is searched, each cap is planned exactly.

Import above a cap costs the peak's whole price for each mWh, so every cap has a plan, and the least over
all caps is the true least: a peak pays once, the excess at least as much. That cost is convex in the cap,
so chords drawn on through neighbouring points bound it from below, and the search ends when no cap can
gain a thousandth of a cent. Refuses to know when it runs: steps() yields every few milliseconds.
"""

from array import array

from .sweep import CHARGE, DISCHARGE, NO_CAP, PAPER, Sweep

_ENOUGH = 10000000  # 10^-12 euro: a thousandth of a cent
_MOST_SOLVES = 24


class Planner:
    """Makes one plan after another in the same memory; `slots` is the most a case may have.

    After steps() has ended: action (AC mWh a slot, + charging), soc (stored mWh after each slot), top
    (most import of a slot, mWh), cost (10^-12 euro, the objective of docs/planner.md), worth (shadow price,
    micro-euro per kWh stored), solves (caps planned); notes() says what was odd. With `charger` and a
    case.flex also used (AC mWh a slot that the charger takes) and taken (their sum), whose worth is in cost.
    """

    def __init__(self, slots, charger=False):
        self._sweep = Sweep(slots, charger)
        self.used = array("i", bytes(4 * slots)) if charger else None
        self.action = array("i", bytes(4 * slots))
        self.soc = array("i", bytes(4 * slots))
        self.cost = None
        self.worth = self.start = None  # start: a block's, found by loads.py
        self.top = self.solves = self.taken = 0

    def steps(self, case):
        """Generator: plans `case`; a new one may be started at any time, the old one is then dropped."""
        self.cost, self.worth, self.solves = None, None, 0
        self._keep_idle(case)
        self._may(case, CHARGE)
        yield from self._try(case, NO_CAP, 0)
        if self._sweep.odd:
            yield from self._choose_ways(case)
        top = self._sweep.top
        if case.peak and top > case.paid:
            yield from self._search(case, top)

    def _may(self, case, way):
        for slot in range(case.slots):
            self._sweep.way[slot] = way

    def _choose_ways(self, case):
        """Very negative prices: asks the linear programme which slots would rather discharge, and tries that.

        The programme charges and discharges at once there, which no battery can; but which of the two it does
        more of is a good guess at the better one. What only charged stays if it was not worse.
        """
        sweep, before, gives = self._sweep, self.cost, False
        self._may(case, PAPER)
        yield from sweep.solve(case, NO_CAP, 0)
        for slot in range(case.slots):
            sweep.way[slot] = DISCHARGE if sweep.action[slot] < 0 else CHARGE
            gives = gives or sweep.action[slot] < 0
        if gives:
            yield from self._try(case, NO_CAP, 0)
        if self.cost == before:
            self._may(case, CHARGE)
            yield from self._try(case, NO_CAP, 0)

    def _try(self, case, cap, over):
        """Plans with one cap, keeps the plan if it is the best so far -> its price with the excess in it."""
        sweep = self._sweep
        yield from sweep.solve(case, cap, over)
        self.solves += 1
        cost = sweep.cost + case.peak * max(0, sweep.top - case.paid)
        # Doing nothing has no worth of its own: where it is best, that of the first plan stands.
        if self.worth is None:
            self.worth = sweep.worth
        if cost < self.cost:
            self.cost, self.top, self.worth, self.taken = cost, sweep.top, sweep.worth, sweep.taken
            for slot in range(case.slots):
                self.action[slot] = sweep.action[slot]
                self.soc[slot] = sweep.soc[slot] + case.floor
                if case.flex:
                    self.used[slot] = sweep.used[slot]
        return sweep.cost + over * sweep.excess + case.peak * max(0, cap - case.paid)

    def notes(self, case):
        """Words for what an owner should know of the last plan: where the case itself left no good choice."""
        found = []
        if case.soc < case.low:
            found.append("plan_below_reserve")
        if case.soc > case.high:
            found.append("plan_above_limit")
        if case.peak and self.top > case.paid + 1:
            found.append("plan_new_peak")
        if case.strange():
            found.append("plan_odd_prices")
        if not any(self.action[slot] for slot in range(case.slots)):
            found.append("plan_idle")
        return found

    def _keep_idle(self, case):
        """Doing nothing is the plan to beat."""
        cost = top = 0
        for slot in range(case.slots):
            grid = case.net[slot]
            cost += grid * (case.buy[slot] if grid > 0 else case.sell[slot])
            top = max(top, grid)
            self.action[slot], self.soc[slot] = 0, case.soc
            if case.flex:
                self.used[slot] = 0
        self.top, self.taken = top, 0
        self.cost = cost + case.peak * max(0, top - case.paid) - case.leftover * case.soc

    def _search(self, case, top):
        """Narrows the cap between what is paid already and `top`, the most that pays without a cap."""
        points = [(top, self._sweep.cost + case.peak * (top - case.paid))]
        cap = case.paid
        while cap is not None:
            value = yield from self._try(case, cap, case.peak)
            points.append((cap, value))
            points.sort()
            cap = None if self.solves >= _MOST_SOLVES else next_cap(points, case.peak, self.cost - _ENOUGH)


def next_cap(points, slope, enough):
    """The most promising cap between points (cap, cost) of a convex cost, or None: none is below `enough`.

    `slope` is that of the cost beyond the last point. Between two points the cost lies above the lines
    through their neighbours on either side; where these cross is the least it can be.
    """
    best = None
    for place in range(len(points) - 1):
        (left, high), (right, low) = points[place], points[place + 1]
        if right - left < 2:
            continue
        if place + 2 < len(points):
            rise, run = points[place + 2][1] - low, points[place + 2][0] - right
        else:
            rise, run = slope, 1
        if place:
            fall, step = points[place - 1][1] - high, left - points[place - 1][0]
            # high - fall/step * x = low - rise/run * (width - x), solved for x
            over = fall * run + rise * step
            cross = ((high - low) * run + rise * (right - left)) * step // over if over > 0 else 0
            cross = max(1, min(cross, right - left - 1))
        else:
            cross = (right - left) // 2
        bound = low - rise * (right - left - (cross if place else 0)) // run
        if place:
            bound = max(bound, high - fall * cross // step)
        if bound < enough:
            enough, best = bound, left + cross
    return best
