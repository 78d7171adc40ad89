"""The last hour of grid, battery and solar power, half a minute a point, in 720 bytes. Knows no page."""

import struct

from ..core.ticks import diff

POINTS = 120
_SLOT_MS = 30000
_NONE = -32768
_SIZE = 6


class History:
    """`take` as often as you like, `rows` when somebody asks."""

    def __init__(self, now_ms):
        self._ring = bytearray(POINTS * _SIZE)
        self._count = 0        # slots written since the start
        self._began_ms = now_ms
        self._sums = [0, 0, 0]
        self._counts = [0, 0, 0]

    def take(self, now_ms, *powers_w):
        """Grid, battery, solar in W now; None: not known."""
        while diff(now_ms, self._began_ms) >= _SLOT_MS:
            self._close()
            self._began_ms = (self._began_ms + _SLOT_MS) & 0x3FFFFFFF
        for i, power_w in enumerate(powers_w):
            if power_w is not None:
                self._sums[i] += power_w
                self._counts[i] += 1

    def rows(self):
        """Yields (grid, battery, solar) of each past half minute, oldest first; None: not known then."""
        for number in range(max(0, self._count - POINTS), self._count):
            yield [None if one == _NONE else one
                   for one in struct.unpack_from("<3h", self._ring, number % POINTS * _SIZE)]

    def _close(self):
        means = [_NONE, _NONE, _NONE]
        for i in range(3):
            if self._counts[i]:
                means[i] = max(-32767, min(32767, self._sums[i] // self._counts[i]))
            self._sums[i] = self._counts[i] = 0
        struct.pack_into("<3h", self._ring, self._count % POINTS * _SIZE, *means)
        self._count += 1
