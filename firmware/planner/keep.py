"""A plan under new numbers: what it would cost now, whether a new one is worth the change, why it does what.

Refuses to know the time: whoever asks says how many slots of the old plan have gone by.
"""

from .choice import ac_of, stored_of

ONE_CENT = 10000000000  # 10^-12 euro


def cost_now(case, action, gone, count):
    """The objective (10^-12 euro) of an old plan's actions from number `gone` to `count` under a new case.

    What the battery can no longer do is left out; after the old plan's end it rests.
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
