"""The prices that are in force: the last good answer stays until a better one came.

Knows when an answer is better, how old the one in force is and why the last try failed. Refuses to know
files: pack() and unpack() make the bytes that a sealed file keeps, and whoever owns the file writes them.
"""

import struct
from array import array

from .faults import TariffFault
from .prices import MOST_SLOTS, Prices

_HEAD = "<4sIIHHI"  # mark, first, taken at, step, slots, length of the source's name
_MARK = b"PRC1"


class LastGood:
    """`prices` in force or None, `taken_s` when they came, `trouble` the fault of the last try or None."""

    def __init__(self):
        self.prices = self.taken_s = self.trouble = None

    def offer(self, prices, now_s):
        """A good answer. True when it is now in force: it reaches as far at least and is no coarser."""
        self.trouble = None
        old = self.prices
        if old and old.until > now_s and (prices.until < old.until or prices.step > old.step):
            return False
        self.prices, self.taken_s = prices, now_s
        return True

    def refuse(self, fault):
        """A failed try: what is in force stays."""
        self.trouble = (fault.word, fault.details)

    def at(self, utc):
        """Micro-euro per kWh, None when it is not known (never yesterday's)."""
        return self.prices.at(utc) if self.prices else None

    def age_s(self, now_s):
        """Seconds since the prices in force came, None without any."""
        return None if self.taken_s is None else now_s - self.taken_s

    def pack(self):
        """The prices in force as bytes for a sealed file."""
        prices = self.prices
        name = prices.source.encode()
        count = len(prices.values)
        head = struct.pack(_HEAD, _MARK, prices.first, self.taken_s, prices.step, count, len(name))
        return head + name + b"".join([struct.pack("<i", value) for value in prices.values])

    def unpack(self, data):
        """What pack() made comes into force again; TariffFault "prices_file" for anything else."""
        size = struct.calcsize(_HEAD)
        if len(data) < size:
            raise TariffFault("prices_file", len(data))
        mark, first, taken_s, step, count, name = struct.unpack(_HEAD, data[:size])
        if mark != _MARK or step not in (900, 3600) or not 0 < count <= MOST_SLOTS or name > 40 or (
                len(data) != size + name + 4 * count):
            raise TariffFault("prices_file", len(data))
        at = size + name
        places = range(at, len(data), 4)
        values = array("i", (struct.unpack("<i", data[place:place + 4])[0] for place in places))
        source = "".join([chr(byte) for byte in data[size:at] if 32 < byte < 127])
        self.prices, self.taken_s = Prices(first, step, values, source), taken_s
        return self
