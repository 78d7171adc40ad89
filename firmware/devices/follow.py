"""Does the battery do what it was told? Set-point against measured power, over time.

It knows that a power step takes seconds and a change of direction up to 40 s (the inverter
checks first; facts: projects wait 36 to 48 s). It refuses to know why a battery does not
follow; the driver decides what to do about it.
"""

from ..core.ticks import diff

_TURNED_MS = 45000
_BUCKET_MS = 5000  # a set-point explains a power for 5 to 10 s ...
_SAME_WAY_MS = 5000  # ... and 5 s more are given: 10 to 15 s in the same direction
_SLACK_W = 100  # losses and the step of the display, plus a tenth of the set-point


def _way(power_w):
    return (power_w > 0) - (power_w < 0)


class Follow:
    """`lost` is True while the battery has not followed for too long; `set_w` the set-point.

    A load follower changes the set-point every second and the battery lags, so measured
    power is held against the range of the set-points of the last 5 to 10 s.
    """

    def __init__(self):
        self.lost = False
        self.set_w = None
        self._turned_ms = None
        self._good_ms = None
        self._bucket_ms = None
        self._low = self._high = self._older_low = self._older_high = 0

    def commanded(self, power_w, now_ms):
        """The device accepted `power_w` (+ discharge; rest is 0)."""
        if self.set_w is None:
            self._good_ms = now_ms
            self._shift(power_w, now_ms)
            self._older_low = self._older_high = power_w
        if self.set_w is None or _way(power_w) != _way(self.set_w):
            self._turned_ms = now_ms
        self.set_w = power_w
        self._low = min(self._low, power_w)
        self._high = max(self._high, power_w)

    def forget(self):
        """Nothing is commanded any more: nothing can be followed."""
        self.set_w = None
        self.lost = False

    def measured(self, power_w, most_charge_w, most_discharge_w, now_ms):
        """Judge one reading; returns `lost`. The two limits are what the battery admits now."""
        if self.set_w is None:
            return False
        if diff(now_ms, self._bucket_ms) >= _BUCKET_MS:
            self._shift(self.set_w, now_ms)
        if self._turned_ms is not None and diff(now_ms, self._turned_ms) >= _TURNED_MS:
            self._turned_ms = None  # forgotten, for ticks wrap
        low = max(min(self._low, self._older_low), -most_charge_w)
        high = min(max(self._high, self._older_high), most_discharge_w)
        slack = _SLACK_W + abs(self.set_w) // 10
        if min(low, high) - slack <= power_w <= max(low, high) + slack:
            self._good_ms = now_ms
            self.lost = False
        elif self._turned_ms is None and diff(now_ms, self._good_ms) >= _SAME_WAY_MS:
            self.lost = True
        return self.lost

    def _shift(self, power_w, now_ms):
        self._older_low, self._older_high = self._low, self._high
        self._low = self._high = power_w
        self._bucket_ms = now_ms
