"""What one slot offers: the price of each next mWh, and what a stored one must be worth to take it.

Knows efficiencies, the two prices of a slot, the import cap, and a charger that takes power while it is cheap
enough. Refuses to know other slots.
"""

_FAR = 1000000000
_PPM = 1000000


class Flex:
    """A charger that takes up to `most` AC mWh in each slot from `first` to before `until`, where a kWh costs
    less than `worth` (micro-euro). Part of a case as case.flex; loads.py finds the worth.
    """

    def __init__(self, first, until, most, worth=0):
        self.first, self.until, self.most, self.worth = first, until, most, worth


def price_below(case, slot, grid, cap, over):
    """Price of the mWh that brings import to `grid`, and the import under which another price holds.

    `grid` is that of house and battery. A charger in this slot first leaves its own power, at its own worth,
    before anything dearer is bought: all prices under its worth lie lower by its power.
    """
    flex = case.flex
    if not flex or not flex.first <= slot < flex.until:
        return _plain(case, slot, grid, cap, over)
    bound = _gives_way(case, slot, cap, over)
    if grid > bound:
        price, end = _plain(case, slot, grid, cap, over)
        return price, max(end, bound)
    if grid > bound - flex.most:
        return flex.worth, bound - flex.most
    price, end = _plain(case, slot, grid + flex.most, cap, over)
    return price, end - flex.most


def flexible(case, slot, grid, cap, over):
    """What the charger takes, AC mWh, where house and battery import `grid`."""
    flex = case.flex
    if not flex.first <= slot < flex.until:
        return 0
    return max(0, min(_gives_way(case, slot, cap, over) - grid, flex.most))


def _gives_way(case, slot, cap, over):
    """The import above which the charger would rather wait."""
    worth, buy = case.flex.worth, case.buy[slot]
    if worth <= min(case.sell[slot], buy):
        return -_FAR
    if worth <= buy:
        return 0
    return cap if worth <= buy + over else _FAR


def _plain(case, slot, grid, cap, over):
    buy = case.buy[slot]
    if grid > cap:
        return buy + over, cap
    if grid > 0:
        return buy, 0
    # Received more than paid: the merge would not be in order, so it sees one price; the cost is true.
    return min(case.sell[slot], buy), -_FAR


def convex(case, slot, cap, over):
    """False where a price so far below zero makes charging and discharging at once pay on paper.

    There the plan does one of the two: it stays physical (facts: ems 4.8, condition).
    """
    net = case.net[slot]
    up = worth_of(case, price_below(case, slot, net + 1, cap, over)[0], True)
    down = worth_of(case, price_below(case, slot, net, cap, over)[0], False)
    return down <= up


def worth_of(case, price, charging):
    """What a stored kWh must be worth for a choice at this AC price to be right."""
    return price * _PPM // case.eta_c if charging else (price - case.wear) * case.eta_d // _PPM


def stored_of(case, action):
    """Stored mWh gained by an AC action, never better than physics: rounded down both ways."""
    return action * case.eta_c // _PPM if action > 0 else action * _PPM // case.eta_d


def ac_of(case, gained):
    """The AC action that gains so much: the other way round, rounded up."""
    return -(-gained * _PPM // case.eta_c) if gained > 0 else -(-gained * case.eta_d // _PPM)
