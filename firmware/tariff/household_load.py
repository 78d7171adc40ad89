"""What the house takes at that weekday and quarter, learned from its own quarters; a standard day until then.

672 cells of two bytes. Knows nothing of appliances, holidays or the battery: hand it the load without it.
The standard day: mean household of batcontrol's default profile (MIT; MaStr/batcontrol,
config/load_profile_default.csv), reduced to two kinds of day, scaled to the yearly use.
"""

from array import array

from .brussels import weekday
from .decimals import rounded

# Hundredths of the mean hour: weekdays, then weekends.
_SHAPE = bytes((
    40, 39, 39, 39, 52, 66, 94, 125, 130, 139, 144, 173, 173, 149, 129, 119, 126, 143, 132, 104, 85, 67, 50,
    44,
    41, 40, 39, 38, 39, 41, 53, 110, 194, 179, 182, 150, 154, 133, 125, 131, 146, 135, 136, 95, 78, 67, 50,
    42,
))
_QUARTERS = 96
_UNSEEN = 0xFFFF
_MOST_WH = 8000  # in a quarter: 32 kW
_OWN = 4  # the weekday itself weighs as much as the four others of its kind
_SEEN_MOST = 6  # a new day weighs at least a sixth


class HouseholdLoad:
    """learn() every quarter, expect() any; yearly_kwh scales the standard day."""

    def __init__(self, yearly_kwh=3500):
        self._cells = array("H", (_UNSEEN for _ in range(7 * _QUARTERS)))
        self._weeks = array("B", (0 for _ in range(7)))
        self._yearly = yearly_kwh

    def learn(self, day, quarter, wh):
        """Wh of a quarter (0 to 95 by the clock on the wall) of local day `day`; None is passed over."""
        if wh is None:
            return
        which = weekday(day)
        at = which * _QUARTERS + quarter
        new = max(0, min(wh, _MOST_WH)) * 8
        old = self._cells[at]
        if old != _UNSEEN:
            weight = min(self._weeks[which] + 1, _SEEN_MOST)
            new = old + rounded(new - old, weight)
        self._cells[at] = new
        if quarter == _QUARTERS - 1:
            self._weeks[which] = min(self._weeks[which] + 1, 250)

    def expect(self, day, quarter):
        """Wh of that quarter: the weekday's own, steadied by days of its kind and the quarters beside it.

        What people switch comes some minutes earlier or later, and a weekday was seen only so often: the mean
        over both foretells better than the cell alone. Before any of them was seen: the standard day.
        """
        which = weekday(day)
        cells, total, count = self._cells, 0, 0
        for other in (5, 6) if which > 4 else (0, 1, 2, 3, 4):
            weight = _OWN if other == which else 1
            for near in (-1, 0, 0, 1):
                cell = cells[other * _QUARTERS + (quarter + near) % _QUARTERS]
                if cell != _UNSEEN:
                    total += weight * cell
                    count += weight
        if count:
            return (total + 4 * count) // (8 * count)
        return self.standard(which, quarter)

    def standard(self, which, quarter):
        """Wh of the standard day's quarter; `which` is the weekday, 0 Monday."""
        return (_SHAPE[(24 if which > 4 else 0) + quarter // 4] * self._yearly * 10 + 17532) // 35064

    def pack(self):
        """1351 bytes for a sealed file."""
        return bytes(self._weeks) + b"".join([bytes((cell & 255, cell >> 8)) for cell in self._cells])

    def unpack(self, data):
        """What pack() made; True when taken, False when it is not of that size."""
        if len(data) != 7 + 14 * _QUARTERS:
            return False
        for which in range(7):
            self._weeks[which] = data[which]
        for at in range(7 * _QUARTERS):
            cell = data[7 + 2 * at] + data[8 + 2 * at] * 256
            self._cells[at] = cell if cell <= _MOST_WH * 8 else _UNSEEN
        return True
