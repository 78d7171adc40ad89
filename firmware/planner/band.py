"""From the first slot of a plan to two grid powers between which the battery rests.

A power would hold for the load that was forecast; a band holds for the load that comes. The plan's worth of
stored energy says for both sides whether the battery should act there at all. Refuses to know who obeys.
"""

from .keep import why

_PPM = 1000000
_ALL_W = 1000000


def band(case, planner, slot_s=900):
    """-> (low_w, high_w, word) of grid power for the plan's first slot; None: that side is left alone.

    The battery charges while the grid would be under low_w and gives while it would be above high_w. The
    word is that of keep.why.
    """
    action, worth = planner.action[0], planner.worth
    grid = case.net[0] + action
    buy, sell = case.buy[0], min(case.buy[0], case.sell[0])
    return (_low(case, action, grid, worth, buy, sell, slot_s),
            _high(case, action, grid, worth, buy, slot_s), why(case, planner, 0))


def _low(case, action, grid, worth, buy, sell, slot_s):
    stored = worth * case.eta_c // _PPM  # what charging a kWh is worth
    if action > 0 and grid > 1:
        # Limited by power or peak, not by what the battery needs: then a smaller load leaves room for more.
        return _ALL_W if buy < stored else _watts(grid, slot_s)
    if sell < stored or action > 0:
        return 0
    return None


def _high(case, action, grid, worth, buy, slot_s):
    given = (buy - case.wear) * case.eta_d // _PPM  # what a stored kWh saves now
    if given > worth:
        return 0
    return max(0, _watts(grid, slot_s)) if action < 0 else None


def _watts(energy, slot_s):
    return energy * 18 // (5 * slot_s)  # mWh in slot_s
