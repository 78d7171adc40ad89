"""A plan under new numbers: what it would cost now, whether a new one is worth the change, why it does what.

Refuses to know the time: whoever asks says how many slots of the old plan have gone by.
"""

from array import array

from .choice import ac_of, stored_of

ONE_CENT = 10000000000  # 10^-12 euro


class Kept:
    """The plan in force, in memory of its own: action, soc, top, worth and cost as a Planner has them."""

    def __init__(self, slots):
        self.action = array("i", bytes(4 * slots))
        self.soc = array("i", bytes(4 * slots))
        self.count = self.top = 0
        self.cost = self.worth = None

    def renew(self, case, planner, gone):
        """The planner's new plan is in force if it is worth the change, else the old one less its first
        `gone` slots, under the new numbers. True when it changed. worth is always the new one.
        """
        changed = self.cost is None or gone >= self.count or worth_changing(
            case, planner, self.action, gone, self.count)
        self.worth = planner.worth
        if changed:
            for slot in range(case.slots):
                self.action[slot], self.soc[slot] = planner.action[slot], planner.soc[slot]
            self.count, self.top, self.cost = case.slots, planner.top, planner.cost
            return True
        self.cost = cost_now(case, self.action, gone, self.count, self)
        self.count = case.slots
        return False

    def forget(self):
        """The numbers that made the plan no longer hold: the next one is taken whatever it gains."""
        self.cost, self.count = None, 0


def cost_now(case, action, gone, count, into=None):
    """The objective (10^-12 euro) of an old plan's actions from number `gone` to `count` under a new case.

    What the battery can no longer do is left out; after the old plan's end it rests. into: a Kept whose
    action, soc and top become what is left of the plan.
    """
    stored, cost, top = case.soc, 0, 0
    least, most = case.floor, case.floor + case.span
    for slot in range(case.slots):
        wanted = action[gone + slot] if gone + slot < count else 0
        charge, discharge = case.limits(slot)
        wanted = max(-discharge, min(charge, wanted))
        after = max(least, min(most, stored + stored_of(case, wanted)))
        if after - stored != stored_of(case, wanted):
            wanted = ac_of(case, after - stored)
        stored = after
        grid = case.net[slot] + wanted
        cost += grid * (case.buy[slot] if grid > 0 else case.sell[slot]) + case.wear * max(0, -wanted)
        top = max(top, grid)
        if into:
            into.action[slot], into.soc[slot], into.top = wanted, stored, top
    return cost + case.peak * max(0, top - case.paid) - case.leftover * stored


def worth_changing(case, planner, action, gone, count, least=ONE_CENT):
    """True when the planner's new plan gains more than `least` on the old actions: plans do not flutter."""
    return cost_now(case, action, gone, count) - planner.cost > least


def why(case, planner, slot):
    """A word for what the plan does in one slot, for the owner.

    plan_rest, plan_charge_sun, plan_charge_grid, plan_charge_paid (the price is below zero), plan_feed,
    plan_sell, plan_shave (it gives only because import would otherwise pass the month peak).
    """
    action, net = planner.action[slot], case.net[slot]
    grid = net + action
    if action == 0:
        return "plan_rest"
    if action > 0:
        if grid <= 1:
            return "plan_charge_sun"
        return "plan_charge_paid" if case.buy[slot] < 0 else "plan_charge_grid"
    if grid < -1:
        return "plan_sell"
    shaved = case.peak and grid > 1 and grid >= max(planner.top, case.paid) - 2
    return "plan_shave" if shaved else "plan_feed"
