"""Loads that can wait, planned together with the battery: a charger with a deadline, a block with a start.

A charger is a second store. What its kWh may cost is one number (its worth): at a worth it takes part in the
merge as one more piece, so battery, month peak and charger are planned at once, and the worth is halved
down until the car has just enough. A block (boiler, washing) has one start: the cheapest starts by the plan's
own prices are planned to the end and the best one stays. Refuses to know plugs, cars and hours.
"""

from array import array

from .case import CaseError
from .choice import Flex

_FINE = 500  # micro-euro per kWh between the last two worths tried
_STARTS = 4  # starts of a block planned to the end


def with_charger(planner, case, first, until, most, need):
    """Generator: plans `case` with `need` AC mWh charged in slots first to before until, `most` a slot.

    `planner` was made with charger=True. Afterwards planner.used says when, case.net holds the charger too
    and planner's cost is that of all. What does not fit before the deadline is left out: look at the sum.
    CaseError names what cannot be.
    """
    if not 0 <= first < until <= case.slots:
        raise CaseError("until", "{} to {} is no part of {} slots".format(first, until, case.slots))
    if most < 0 or need < 0:
        raise CaseError("need", "{} mWh with {} a slot, both must be 0 or more".format(need, most))
    need = min(need, most * (until - first))
    flex = case.flex = Flex(first, until, most)
    low, high = _worths(case, first, until)
    less, taken = array("i", bytes(4 * len(planner.used))), 0
    while high - low > _FINE:
        flex.worth = (low + high) // 2
        yield from planner.steps(case)
        if planner.taken < need:
            low, taken = flex.worth, planner.taken
            for slot in range(case.slots):
                less[slot] = planner.used[slot]
        else:
            high = flex.worth
    flex.worth = high
    yield from planner.steps(case)
    case.flex = None
    for slot in range(case.slots, len(less)):
        planner.used[slot] = 0
    _mix(planner.used, less, (taken, planner.taken), need)
    for slot in range(first, until):
        case.net[slot] += planner.used[slot]
    yield from planner.steps(case)


def with_block(planner, case, block, first, last):
    """Generator: plans `case` with the loads of `block` (AC mWh, one a slot) begun in slot first to last.

    Afterwards planner.start is the best start and case.net holds the block. CaseError where it cannot fit.
    """
    if not 0 <= first <= last or last + len(block) > case.slots:
        raise CaseError("last", "a block of {} begun in {} to {} is not within {} slots".format(
            len(block), first, last, case.slots))
    yield from planner.steps(case)
    best = start = None
    for place in _cheapest(planner, case, block, first, last):
        _add(case, block, place, 1)
        yield from planner.steps(case)
        if best is None or planner.cost < best:
            best, start = planner.cost, place
        _add(case, block, place, -1)
    _add(case, block, start, 1)
    yield from planner.steps(case)
    planner.start = start


def _worths(case, first, until):
    """A worth at which a charger takes nothing, one at which it takes all it can."""
    low = min(min(case.sell[slot], case.buy[slot]) for slot in range(first, until))
    high = max(case.buy[slot] for slot in range(first, until)) + case.peak
    return low, high + 1


def _mix(used, less, taken, need):
    """Lays the charger's slots in `used` between two plans at the same worth, so that the sum is `need`.

    Both are optimal at that worth, so what lies between them is too; the rounding goes where there is room.
    `taken` is (sum of less, sum of used).
    """
    low, high = taken
    left = need
    for slot in range(len(used)):
        most = max(less[slot], used[slot])
        if high > low:
            used[slot] = less[slot] + (used[slot] - less[slot]) * (need - low) // (high - low)
        left -= used[slot]
        less[slot] = most
    for slot in range(len(used)):
        more = max(0, min(left, less[slot] - used[slot]))
        used[slot] += more
        left -= more


def _cheapest(planner, case, block, first, last):
    """The starts worth planning, by the price of more load in each slot of the plan without the block."""
    dual = array("i", bytes(4 * case.slots))
    for slot in range(case.slots):
        dual[slot] = dual_price(planner, case, slot)
    starts = []
    for start in range(first, last + 1):
        starts.append((sum(dual[start + part] * block[part] for part in range(len(block))), start))
        starts.sort()
        del starts[_STARTS:]
    return [start for _, start in starts]


def dual_price(planner, case, slot):
    """What one more kWh of load would cost in a slot of the plan, micro-euro.

    The grid's price where there is import or export. Where the battery keeps the grid at nothing, it is the
    worth of what is stored, within the grid's prices.
    """
    grid = case.net[slot] + planner.action[slot]
    buy, sell = case.buy[slot], min(case.sell[slot], case.buy[slot])
    if grid > 2:
        return buy
    if grid < -2:
        return sell
    if planner.action[slot] > 0:
        own = planner.worth * case.eta_c // 1000000
    else:
        own = planner.worth * 1000000 // case.eta_d + case.wear
    return max(sell, min(buy, own))


def _add(case, block, start, sign):
    for part in range(len(block)):
        case.net[start + part] += sign * block[part]
