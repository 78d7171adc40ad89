"""A plan in numbers that a page can draw: one row a slot, and what the whole is expected to bring.

Whole numbers with units in their names; words are codes of firmware/words. Refuses to know pages and hours:
a row's slot is counted from the plan's first.
"""

from .keep import why

_UEUR = 1000000  # of the planner's 10^-12 euro


def row(case, plan, slot):
    """A dict of one slot. grid_wh is what the plan expects at the meter; soc_wh is stored after the slot."""
    action, net = plan.action[slot], case.net[slot]
    return {
        "slot": slot, "buy_ueur_kwh": case.buy[slot], "sell_ueur_kwh": case.sell[slot], "net_wh": net // 1000,
        "charge_wh": max(0, action) // 1000, "discharge_wh": max(0, -action) // 1000,
        "grid_wh": (net + action) // 1000, "soc_wh": plan.soc[slot] // 1000, "why": why(case, plan, slot),
    }


def whole(case, plan, told, notes):
    """A dict of the whole plan. told: slots with a known price, the others are guessed; notes: of Planner.

    cost_ueur and idle_cost_ueur are comparable with each other alone: what is left in the battery and the
    month's peak are in both.
    """
    return {
        "slots": case.slots, "told": told, "cost_ueur": plan.cost // _UEUR,
        "idle_cost_ueur": idle(case) // _UEUR, "saves_ueur": (idle(case) - plan.cost) // _UEUR,
        "peak_wh": max(plan.top, 0) // 1000,
        "paid_wh": case.paid // 1000, "worth_ueur_kwh": plan.worth, "notes": notes,
    }


def idle(case):
    """What the slots would cost with a battery that rests, 10^-12 euro."""
    cost, top = 0, 0
    for slot in range(case.slots):
        grid = case.net[slot]
        cost += grid * (case.buy[slot] if grid > 0 else case.sell[slot])
        top = max(top, grid)
    return cost + case.peak * max(0, top - case.paid) - case.leftover * case.soc
