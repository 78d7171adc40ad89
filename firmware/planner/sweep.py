"""The exact plan for one import cap: back through the slots with the worth of stored energy, then forward.

What stored energy is worth is a list of pieces (worth of a kWh, how many mWh have that worth), dearest
first. A slot's own choices (charge at a price above the cap, charge what is bought, charge the sun, feed
the house, sell) are at most four such pieces too. The best of both is their merge in order of worth, cut
to the battery's size: no grid of levels, no rounded actions. A slot keeps only where its own pieces came
to lie, which is all the way forward needs: 32 bytes a slot instead of the whole list (facts: ems 4.8).
Refuses to know what a cap is worth and which one to try next.
"""

from array import array

from .choice import ac_of, convex, flexible, price_below, stored_of, worth_of

NO_CAP = 500000000  # mWh: more than any slot can import
_OWN = 4  # pieces of a slot: above the cap, bought, sold; one of them split by standing still
_WITH_CHARGER = 5  # and the power that a charger would rather leave
_FAR = 1000000000
CHARGE, DISCHARGE, PAPER = 1, 2, 3  # what a slot may do whose price is so low that both at once would pay
_STEP = 8  # slots between two yields


class Sweep:
    """Workspace for plans of up to `slots` slots; solve() may be started again at any time.

    `charger` makes room for cases that have one (case.flex, see choice.py).

    After solve(): action (AC mWh a slot, + is charging), soc (stored mWh after each slot, above the case's
    floor), top (most import of a slot, mWh), cost (10^-12 euro, without the month peak), excess (mWh
    imported above the cap), worth (micro-euro per kWh stored now: the shadow price), odd (True when a slot's
    price was so far below zero that charging and discharging at once would pay; `way` says for each slot
    what it may do then, PAPER being both), used (AC mWh a slot that the charger takes), taken (their sum).
    """

    def __init__(self, slots, charger=False):
        self._each = _WITH_CHARGER if charger else _OWN
        most = self._each * slots + 1
        self._pieces = _zeros(most), _zeros(most), _zeros(most), _zeros(most)
        self._count = 0
        self._own = _zeros(self._each)
        self._start = _zeros(self._each * slots)
        self._long = _zeros(self._each * slots)
        self._begin = _zeros(slots)
        self.way = bytearray(slots)
        self.odd = False
        self.action = _zeros(slots)
        self.soc = _zeros(slots)
        self.used = _zeros(slots) if charger else None
        self.cost = self.top = self.excess = self.worth = self.taken = 0

    def solve(self, case, cap, over):
        """Generator: plans `case`, where import above `cap` mWh a slot costs `over` micro-euro/kWh more."""
        worth, size, _, _ = self._pieces
        worth[0], size[0], self._count = case.leftover, case.span, 1
        self.odd = False
        slot = case.slots
        while slot:
            slot -= 1
            charging = self._choices(case, slot, cap, over)
            self._merge(slot * self._each, charging, self._begin[slot], case.span)
            if not slot % _STEP:
                yield
        stored = case.soc - case.floor
        self.worth = self._worth_at(stored)
        self.cost = self.top = self.excess = self.taken = 0
        for slot in range(case.slots):
            stored = self._act(case, slot, stored, cap, over)
            if not slot % _STEP:
                yield
        self.cost -= case.leftover * (stored + case.floor)

    def _choices(self, case, slot, cap, over):
        """Lays out the slot's own pieces, dearest first -> how many of them charge.

        Walks from full charge down to full discharge; the price changes where import passes the cap, where
        it becomes export, and where charging becomes discharging.
        """
        net, own, base, piece, charging = case.net[slot], self._own, slot * self._each, 0, 0
        top, bottom = case.limits(slot)
        bottom, way = -bottom, 0
        # At prices from 0 up it always is.
        if min(case.buy[slot], case.sell[slot]) < 0 and not convex(case, slot, cap, over):
            self.odd, way = True, self.way[slot]
            top = 0 if way == DISCHARGE else top
            bottom = 0 if way == CHARGE else bottom
        before = stored_of(case, top)
        self._begin[slot] = -before
        while top > bottom:
            price, end = price_below(case, slot, net + top, cap, over)
            end = max(end - net, bottom)
            if top > 0:
                end = max(end, 0)
                charging += 1
            own[piece] = worth_of(case, price, top > 0)
            top = end
            after = stored_of(case, top)
            self._long[base + piece] = before - after
            before = after
            piece += 1
        for rest in range(piece, self._each):
            self._long[base + rest] = 0
        if way == PAPER:
            self._pool(base, piece)
        return charging

    def _pool(self, base, count):
        """Puts out-of-order pieces together at their mean worth: what a linear programme sees."""
        own, long, place = self._own, self._long, 0
        while place < count - 1:
            if own[place] >= own[place + 1]:
                place += 1
                continue
            whole = long[base + place] + long[base + place + 1]
            if whole:
                both = own[place] * long[base + place] + own[place + 1] * long[base + place + 1]
                own[place] = both // whole
            long[base + place] = whole
            for later in range(place + 1, count - 1):
                own[later], long[base + later] = own[later + 1], long[base + later + 1]
            count -= 1
            long[base + count] = 0
            place = max(0, place - 1)

    def _merge(self, base, charging, place, span):
        """Puts the slot's own pieces between the others; `place` is where the first one begins (below 0).

        What lies below 0 or above `span` falls away: the battery cannot be there. Where two are worth the
        same the battery stands still. One function, because it is the whole cost of a plan.
        """
        worth, size, new_worth, new_size = self._pieces
        own, start, long, each = self._own, self._start, self._long, self._each
        count, old, mine, made = self._count, 0, 0, 0
        for piece in range(base, base + each):
            start[piece] = _FAR
        while place < span:
            if mine < each and (old == count or own[mine] > worth[old] - (mine < charging)):
                price, length = own[mine], long[base + mine]
                start[base + mine] = place
                mine += 1
            else:
                price, length = worth[old], size[old]
                old += 1
            end = place + length
            keep = (end if end < span else span) - (place if place > 0 else 0)
            if keep > 0:
                if made and new_worth[made - 1] == price:
                    new_size[made - 1] += keep
                else:
                    new_worth[made], new_size[made] = price, keep
                    made += 1
            place = end
        self._count = made
        self._pieces = new_worth, new_size, worth, size

    def _worth_at(self, stored):
        """Worth of the next mWh above `stored`; of the last one where the battery is full."""
        worth, size, _, _ = self._pieces
        piece = 0
        while piece < self._count - 1 and stored >= size[piece]:
            stored -= size[piece]
            piece += 1
        return worth[piece] if self._count else 0

    def _act(self, case, slot, stored, cap, over):
        """The best action of one slot from `stored` -> what is stored after it; counts its cost."""
        left = self._begin[slot]
        for piece in range(slot * self._each, (slot + 1) * self._each):
            left += max(0, min(stored - self._start[piece], self._long[piece]))
        action = ac_of(case, -left)
        stored -= left
        grid = case.net[slot] + action
        if case.flex:
            self.used[slot] = used = flexible(case, slot, grid, cap, over)
            grid += used
            self.taken += used
            self.cost -= used * case.flex.worth
        self.cost += grid * (case.buy[slot] if grid > 0 else case.sell[slot])
        if action < 0:
            self.cost -= case.wear * action
        self.top = max(self.top, grid)
        self.excess += max(0, grid - cap)
        self.action[slot], self.soc[slot] = action, stored
        return stored



def _zeros(count):
    return array("i", bytes(4 * count))
