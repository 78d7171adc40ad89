"""The market's price of each quarter of thirteen months on flash: what a dynamic bill of the past needs.

One file a month, one record a day, appended when the day's prices are known: day of the month, number of
quarters, three bytes a price (hundredths of EUR/MWh), CRC-16. A power cut tears the newest record at most; of
two records of one day the newer counts. Knows numbers; refuses to know which service said them.
"""

import os

from ..core.crc16 import ARC, crc16

MONTHS = 13
_SIGN = 0x800000
_LONGEST = 100


class PriceDays:
    """In `folder`. OSError of the flash is the caller's to note."""

    def __init__(self, folder=""):
        self._folder = folder + "/prices" if folder else "prices"

    def append(self, month, day, values):
        """Keep the prices of a day (1 to 31) of `month`: micro-euro per kWh, 92 to 100 of them."""
        body = bytearray((day, len(values)))
        for value in values:
            cents = (value + 5) // 10 if value >= 0 else -((5 - value) // 10)
            for shift in (0, 8, 16):
                body.append((cents & 0xFFFFFF) >> shift & 255)
        code = crc16(body)
        self._room(month)
        with open(self._path(month), "ab") as file:
            file.write(body + bytes((code & 255, code >> 8)))

    def has(self, month, day):
        """True when that day is kept."""
        return self._find(month, day) is not None

    def day(self, month, day):
        """[micro-euro per kWh] of a day, None where it is not kept."""
        found = self._find(month, day)
        if found is None:
            return None
        values = []
        for at in range(2, len(found) - 2, 3):
            cents = found[at] | found[at + 1] << 8 | found[at + 2] << 16
            values.append((cents - 2 * _SIGN if cents & _SIGN else cents) * 10)
        return values

    def _find(self, month, day):
        """The newest whole record of a day. After a torn one the next is sought byte by byte."""
        kept = None
        try:
            with open(self._path(month), "rb") as file:
                data = file.read(2)
                while len(data) == 2:
                    size = 3 * data[1] + 2
                    good = 1 <= data[0] <= 31 and 23 <= data[1] <= _LONGEST
                    body = data + file.read(size) if good else data
                    if good and len(body) == size + 2 and crc16(body, ARC, 0, len(body) - 2) == (
                            body[-2] | body[-1] << 8):
                        if body[0] == day:
                            kept = body
                    else:
                        file.seek(1 - len(body), 1)
                    data = file.read(2)
        except OSError:
            return None
        return kept

    def _room(self, month):
        try:
            os.mkdir(self._folder)
        except OSError:
            pass  # there already
        known = sorted([int(name) for name in os.listdir(self._folder) if name.isdigit()])
        too_many = len(known) + (month not in known) - MONTHS
        for old in [one for one in known if one != month][:max(0, too_many)]:
            os.remove(self._path(old))

    def _path(self, month):
        return self._folder + "/" + str(month)
