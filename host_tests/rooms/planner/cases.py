"""Cases for the planner's tests: random ones as hypothesis draws them, and one plan made to its end."""

import random

from hypothesis import strategies

from firmware.planner.case import Case
from firmware.planner.plan import Planner

prices = strategies.integers(-600000, 900000)  # micro-euro per kWh, far below zero too


@strategies.composite
def any_case(draw, peak=True, convex=False):
    """Arguments of Case: few slots, any battery; with `convex` no price below zero and none sold dearer."""
    slots = draw(strategies.integers(1, 12))
    chance = random.Random(draw(strategies.integers(0, 1 << 30)))
    least = 0 if convex else -600000
    buy = [chance.randint(least, 900000) for _ in range(slots)]
    sell = [chance.randint(least, max(price, least)) if convex else chance.randint(least, 900000)
            for price in buy]
    span = chance.choice((0, 1, 700000, 7200000))
    low = chance.choice((0, 720000))
    return dict(
        buy=buy, sell=sell, net=[chance.randint(-2000000, 2000000) for _ in buy],
        soc=chance.randint(0, low + span), low=low, high=low + span,
        charge=chance.choice((0, 200000, 750000)), discharge=chance.choice((0, 200000, 750000)),
        eta_c=chance.choice((1000000, 930000, 500000)), eta_d=chance.choice((1000000, 930000, 777777)),
        wear=chance.choice((0, 30000, 90000)), leftover=chance.randint(-100000, 300000),
        peak=chance.choice((0, 4000000, 18000000)) if peak else 0, paid=chance.randint(0, 1000000),
    )


def planned(case):
    """The planner after the last of its steps."""
    planner = Planner(case.slots)
    for _ in planner.steps(case):
        pass
    return planner


def plan_of(**numbers):
    """(case, planner) for Case's arguments."""
    case = Case(**numbers)
    return case, planned(case)


def objective(case, action, soc):
    """The objective of docs/planner.md in 10^-12 euro, written out again as a sum."""
    grid = [case.net[slot] + action[slot] for slot in range(case.slots)]
    cost = sum(flow * (case.buy[slot] if flow > 0 else case.sell[slot]) for slot, flow in enumerate(grid))
    cost += sum(case.wear * -one for one in action if one < 0)
    cost += case.peak * max(0, max(grid) - case.paid)
    return cost - case.leftover * soc[case.slots - 1]
