"""Day-ahead prices on a grid of slots: how they are gathered, and how they are asked for afterwards.

Prices are micro-euro per kWh in an array, 4 bytes a slot. Knows when a set is whole; refuses to know which
service it came from.
"""

from array import array

from .brussels import local, moment
from .faults import TariffFault

_NONE = -0x7FFFFFFF
# The market's own limits are -500 and 4000 EUR/MWh and rise by 500 after a peak: beyond these it is no price.
_LOW, _HIGH = -1000000, 10000000
MOST_SLOTS = 400  # four days of quarters


class Prices:
    """Whole days of prices: `first` and `until` are UTC seconds, `step` seconds, `values` the array."""

    def __init__(self, first, step, values, source):
        self.first, self.step, self.values, self.source = first, step, values, source
        self.until = first + step * len(values)

    def at(self, utc):
        """Micro-euro per kWh at that moment, None when it is not known."""
        if not self.first <= utc < self.until:
            return None
        return self.values[(utc - self.first) // self.step]

    def hour(self, utc):
        """-> (sum, count) of the slots of the clock hour, as an hourly contract pays; None when not known."""
        begin = utc - utc % 3600
        if not self.first <= begin < self.until:
            return None
        if self.step == 3600:
            return self.values[(begin - self.first) // 3600], 1
        first = (begin - self.first) // 900
        return sum(self.values[first:first + 4]), 4


class Gathered:
    """Slots being filled, each once, from `first` to `until` at most (UTC seconds, both local midnights).

    `what` opens the words of its faults: the same grid serves forecasts.
    """

    def __init__(self, first, until, step=900, what="prices"):
        count = (until - first) // step
        if not 0 < count <= MOST_SLOTS or local(first)[1] or local(until)[1]:
            raise TariffFault("prices_asked", moment(first), moment(until))
        self.first, self.until, self.step = first, until, step
        self._what = what
        self._values = array("i", (_NONE for _ in range(count)))
        self.count = 0

    def put(self, utc, price):
        """One slot. TariffFault "prices_day", "prices_wild", "prices_twice"."""
        if not self.first <= utc < self.until or (utc - self.first) % self.step:
            raise TariffFault(self._what + "_day", moment(utc))
        if not _LOW <= price <= _HIGH:
            raise TariffFault(self._what + "_wild", price // 1000)
        at = (utc - self.first) // self.step
        if self._values[at] != _NONE:
            raise TariffFault(self._what + "_twice", moment(utc))
        self._values[at] = price
        self.count += 1

    def has(self, utc):
        """True when the slot of that moment lies outside or is filled."""
        if not self.first <= utc < self.until:
            return True
        return self._values[(utc - self.first) // self.step] != _NONE

    def finish(self, source):
        """-> Prices: whole local days without a hole from `first` on; else "prices_none" or "prices_hole"."""
        if not self.count:
            raise TariffFault(self._what + "_none")
        for at in range(self.count):
            if self._values[at] == _NONE:
                raise TariffFault(self._what + "_hole", moment(self.first + at * self.step))
        until = self.first + self.count * self.step
        if local(until)[1]:
            raise TariffFault(self._what + "_hole", moment(until))
        return Prices(self.first, self.step, self._values[:self.count], source)
