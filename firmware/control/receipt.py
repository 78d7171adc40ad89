"""The quarter's energies as billed, and as they would have been without the battery.

Without it the grid would have carried the house's net load, grid + battery, of each
instant: so the two columns differ by what the battery did and by nothing else. The
billed import is the meter's own 1.4.0 at the quarter's end. Knows no prices, no file and
no month; account.py adds them up.
"""

from ..core.ticks import diff

_MOST_MS = 60000  # what lies between two beats further apart was not seen


class Account:
    """`take` once a beat; `closed` is then None, or the record of the quarter that just ended.

    A record: (number since 1970, import W as billed, export Wh, the same two without the
    battery, whole: False when a part of the quarter was not seen).
    """

    closed = None

    def __init__(self):
        self._number = self._last_ms = None
        self._sums = [0, 0, 0]  # W·s: export, import and export without battery
        self._seen_ms = 0

    def take(self, seen, closed_w):
        """One snapshot; closed_w: the billed mean of a quarter that ended with it (Quarter.closed_w)."""
        self.closed = None
        if seen.meter_time is None:
            return
        number = seen.meter_time // 900
        if self._number != number:
            if self._number is not None and closed_w is not None:
                self.closed = self._record(closed_w)
            self._number, self._seen_ms = number, 0
            for i in range(3):
                self._sums[i] = 0
        if seen.grid_w is not None and self._last_ms is not None:
            self._add(seen, diff(seen.now_ms, self._last_ms))
        self._last_ms = seen.now_ms

    def _add(self, seen, past_ms):
        if not 0 < past_ms <= _MOST_MS:
            return
        load_w = seen.grid_w + (seen.battery_w or 0)
        for i, power_w in enumerate((-seen.grid_w, load_w, -load_w)):
            if power_w > 0:
                self._sums[i] += power_w * past_ms // 1000
        self._seen_ms += past_ms

    def _record(self, closed_w):
        exported, without, exported_without = self._sums
        return (self._number, closed_w, exported // 3600, without // 900, exported_without // 3600,
                self._seen_ms >= 870000)
