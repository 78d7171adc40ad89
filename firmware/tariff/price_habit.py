"""What the market mostly asks at that hour: for the days that no service has told yet.

48 cells: the hours of a weekday and of a weekend, each a mean that leans to the latest days. A guess, and
named so wherever it is used. Knows no services; learns from prices that were in force.
"""

from array import array

from .brussels import DAY_S, local, midnight, weekday

_HOURS = 24
_UNKNOWN = -0x7FFFFFFF
_SHARE = 3  # a new day weighs a third
_BYTES = 8 * _HOURS + 4


class PriceHabit:
    """learn() when prices came, at() for any moment; `until`: UTC second up to which days were learned."""

    def __init__(self):
        self._cells = array("i", (_UNKNOWN for _ in range(2 * _HOURS)))
        self.until = 0

    def learn(self, prices):
        """Take the whole days of `prices` (prices.py) that are newer than what was learned."""
        utc = max(self.until, prices.first)
        while utc < prices.until:
            day = local(utc)[0]
            if utc != midnight(day):
                utc = midnight(day + 1)  # begun in the middle: that day is passed over
                continue
            until = midnight(day + 1)
            if until > prices.until:
                break
            while utc < until:
                self._take(day, local(utc)[1] // 60, prices.hour(utc))
                utc += 3600
            self.until = until

    def _take(self, day, hour, found):
        total, count = found
        at = (_HOURS if weekday(day) > 4 else 0) + hour
        old = self._cells[at]
        self._cells[at] = total // count if old == _UNKNOWN else old + (total // count - old) // _SHARE

    def at(self, utc):
        """Micro-euro per kWh to expect, None before anything was learned."""
        day, minute = local(utc)
        weekend = weekday(day) > 4
        for kind in (weekend, not weekend):
            found = self._cells[(_HOURS if kind else 0) + minute // 60]
            if found != _UNKNOWN:
                return found
        return None

    def age_days(self, utc):
        """Whole days since the last day that was learned ended; None before anything was."""
        return max(0, utc - self.until) // DAY_S if self.until else None

    def pack(self):
        """196 bytes for a sealed file."""
        numbers = [self.until & 0xFFFFFFFF] + [cell & 0xFFFFFFFF for cell in self._cells]
        return b"".join([bytes([one >> shift & 255 for shift in (0, 8, 16, 24)]) for one in numbers])

    def unpack(self, data):
        """What pack() made; True when taken, False when it is not of that size."""
        if len(data) != _BYTES:
            return False
        for number in range(_BYTES // 4):
            value = 0
            for byte in range(3, -1, -1):
                value = value << 8 | data[4 * number + byte]
            if number:
                self._cells[number - 1] = value - (1 << 32) if value >> 31 else value
            else:
                self.until = value
        return True
