"""One question to the planner: prices and net load per slot, a battery, and what a month peak costs.

All whole numbers, so that the answer is the same on a board whose floats have 24 bits: energy in mWh,
prices in micro-euro per kWh, efficiency in parts per million. Refuses to know hours, zones and contracts.
"""

from array import array

MOST_SLOTS = 140
_MOST_PRICE = 100000000  # 100 EUR/kWh; with a peak's price on top, still 31 bits
_MOST_PEAK = 400000000
_MOST_ENERGY = 250000000  # 250 kWh a store or a slot; sums stay in 31 bits
_PPM = 1000000


class CaseError(ValueError):
    """A number that cannot be planned with; `field` is its name, the text says what it may be."""

    def __init__(self, field, text):
        super().__init__("{}: {}".format(field, text))
        self.field = field


class Case:
    """The numbers of one plan; lists are copied into 32-bit arrays. Raises CaseError.

    buy, sell: micro-euro/kWh per slot, as paid and as received (may be negative).
    net: household less solar, mWh per slot. soc, low, high: stored mWh now, least and most.
    charge, discharge: most AC mWh per slot. eta_c, eta_d: ppm. wear: micro-euro per kWh discharged (AC).
    leftover: micro-euro per kWh stored after the last slot. peak: micro-euro per kWh of one slot's import
    above `paid` mWh (a price per kW divided by the slot's hours); 0 leaves the month peak out.
    adder: micro-euro/kWh more on every offtake, for months in which the maximum tariff binds.
    part: ppm of the first slot that is still to come; its net load is that of the rest, its power limits
    shrink with it.
    """

    def __init__(self, buy, sell, net, soc, low, high, charge, discharge, eta_c, eta_d,
                 wear=0, leftover=0, peak=0, paid=0, adder=0, part=_PPM):
        self.slots = len(buy)
        if not 1 <= self.slots <= MOST_SLOTS:
            raise CaseError("buy", "{} slots, a plan has 1 to {}".format(self.slots, MOST_SLOTS))
        self.buy = _numbers("buy", buy, self.slots, _MOST_PRICE, adder)
        self.sell = _numbers("sell", sell, self.slots, _MOST_PRICE)
        self.net = _numbers("net", net, self.slots, _MOST_ENERGY)
        self.soc = _within("soc", soc, 0, _MOST_ENERGY)
        self.low = _within("low", low, 0, _MOST_ENERGY)
        self.high = _within("high", high, self.low, _MOST_ENERGY)
        self.charge = _within("charge", charge, 0, _MOST_ENERGY)
        self.discharge = _within("discharge", discharge, 0, _MOST_ENERGY)
        self.eta_c = _within("eta_c", eta_c, _PPM // 2, _PPM)
        self.eta_d = _within("eta_d", eta_d, _PPM // 2, _PPM)
        self.wear = _within("wear", wear, 0, _MOST_PRICE)
        self.leftover = _within("leftover", leftover, -_MOST_PRICE, _MOST_PRICE)
        # A peak price beyond this is not money but a limit: it stays one.
        self.peak = min(_within("peak", peak, 0, None), _MOST_PEAK)
        self.paid = _within("paid", paid, 0, _MOST_ENERGY)
        self.part = _within("part", part, 1, _PPM)
        # A reserve raised above what is stored, or a store above its limit, is where it is: neither is
        # forced back at any price, and neither gets worse.
        self.flex = None  # a charger, while loads.py plans one
        self.floor = min(self.low, self.soc)
        self.span = max(self.high, self.soc) - self.floor

    def limits(self, slot):
        """(most to charge, most to discharge) in a slot, AC mWh."""
        if slot or self.part == _PPM:
            return self.charge, self.discharge
        return self.charge * self.part // _PPM, self.discharge * self.part // _PPM

    def strange(self):
        """How many slots are paid more for a kWh than they ask for one: no meter lets a house use that."""
        return sum(1 for slot in range(self.slots) if self.sell[slot] > self.buy[slot])


def _within(field, value, least, most):
    if not isinstance(value, int):
        raise CaseError(field, "{!r} is no whole number".format(value))
    if value < least or most is not None and value > most:
        raise CaseError(field, "{} is not between {} and {}".format(value, least, most))
    return value


def _numbers(field, values, slots, most, adder=0):
    """An array of `slots` numbers of at most `most` either way, each raised by `adder`."""
    if len(values) != slots:
        raise CaseError(field, "{} numbers for {} slots".format(len(values), slots))
    found = array("i", bytes(4 * slots))
    for place in range(slots):
        found[place] = _within("{}[{}]".format(field, place), values[place] + adder, -most, most)
    return found
