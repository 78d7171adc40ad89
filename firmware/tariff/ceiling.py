"""Whether it pays to live under the maximum tariff this month, and what a kilowatt of month peak then costs.

Where the ceiling binds, a kWh costs the ceiling instead of the network's part, and this month's capacity
is not paid; the month's peak still counts in the eleven bills that follow, as far as those are not bound
(facts: ems 3.2, 4.8). A house chooses: with few kWh it is bound, with more it is not. So a day is planned
both ways, and what the ceiling's price would add to a day is held against the capacity that it saves.
Whole numbers: Wh, W, micro-euro. Knows no plan: it is told what two of them cost.
"""

_MONTHS = 12
_DAYS_KEPT = 7  # what a day under the ceiling would add is a mean over about so many days
_STAYS_PCT = 115  # a month that is lived under the ceiling stays so until it is this much dearer
_UNKNOWN = 0xFFFFFFFF


class Ceiling:
    """take() each quarter, compared() each day, month() when one ends; binding() and share() any time."""

    def __init__(self):
        self._bound = bytearray(_MONTHS)  # of each calendar month, as it was last time: 0 no, 1 yes
        self._now = False  # this month is lived under the ceiling
        self._more = None  # micro-euro a day that the ceiling's price adds, the best plan made of it
        self.month_wh = 0

    def take(self, import_wh):
        """Offtake of a quarter."""
        self.month_wh += import_wh

    def compared(self, plain, bound):
        """What a day costs by the plan at the network's price, and at the ceiling's: micro-euro each."""
        more = max(0, bound - plain)
        self._more = more if self._more is None else self._more + (more - self._more) // _DAYS_KEPT

    def month(self, number, tariffs, peak_w):
        """Month `number` (1 to 12) is over: was its bill cut by the ceiling? peak_w as for binding()."""
        bound = tariffs.ceiling is not None and (
            self.month_wh * (tariffs.ceiling - tariffs.kwh) < _capacity(tariffs, peak_w))
        self._bound[number - 1] = 1 if bound else 0
        self.month_wh = 0

    def binding(self, tariffs, peak_w, days_left):
        """True when this month should be lived under the ceiling. tariffs: network.Network; peak_w: mean of
        the month peaks that count; days_left: of this month, today's rest included.
        """
        if tariffs.ceiling is None or self._more is None:
            return False
        more = self.month_wh * (tariffs.ceiling - tariffs.kwh) + self._more * 1000000 * days_left
        self._now = more * 100 < _capacity(tariffs, peak_w) * (_STAYS_PCT if self._now else 100)
        return self._now

    def share(self, binding, number):
        """Per mille of the bills in which this month's peak will be paid."""
        bound = sum(self._bound) - self._bound[number - 1] + (1 if binding else 0)
        return 1000 - bound * 1000 // _MONTHS

    def pack(self):
        """20 bytes for a sealed file."""
        more = _UNKNOWN if self._more is None else self._more
        return bytes(self._bound) + b"".join([
            bytes([number >> shift & 255 for shift in (0, 8, 16, 24)]) for number in (more, self.month_wh)])

    def unpack(self, data):
        """What pack() made; True when taken."""
        if len(data) != _MONTHS + 8:
            return False
        numbers = [sum([data[_MONTHS + 4 * one + byte] << 8 * byte for byte in range(4)]) for one in (0, 1)]
        for number in range(_MONTHS):
            self._bound[number] = 1 if data[number] else 0
        self._more = None if numbers[0] == _UNKNOWN else numbers[0]
        self.month_wh = numbers[1]
        return True


def _capacity(tariffs, peak_w):
    """Pico-euro of a month's capacity part."""
    return tariffs.capacity * peak_w // _MONTHS
