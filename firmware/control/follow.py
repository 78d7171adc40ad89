"""The fast loop: the set-point that brings the grid to its target.

Theory. The house's own load is L = grid + battery, both measured at the same
instant, so L does not depend on what we commanded a second ago: the battery's
dead time and ramp cancel out of the sum and the loop has no gain to go unstable
with. We move the set-point a share K of the way to L each beat. The other law,
adding grid power to the last set-point, integrates a delayed measurement and
swings from two seconds of delay on (facts: ems 4.5, 4.9 b).

When the two readings were not taken together the share gets smaller (a battery
reading 2 s off is fine at 0.4, 3 s off at 0.6 is not); far apart, we wait.
"""

_SHARE_PCT = 60
_SHARE_SKEWED_PCT = 40
_SKEW_FINE_MS = 1200
_SKEW_MOST_MS = 2500
_TURN_W = 60  # a change of direction must be worth the relays' click


class Follow:
    """One number of memory: the set-point in W, + discharge."""

    def __init__(self):
        self.power_w = None

    def rest(self):
        """Forget the set-point; the next one starts from the measured battery."""
        self.power_w = None

    def step(self, seen, want_w, dead_band_w):
        """The next set-point in W before limits; want_w: where a rule, with today's load, wants it."""
        if self.power_w is None:
            self.power_w = seen.battery_w
        skew_ms = seen.skew_ms
        if skew_ms is None or abs(skew_ms) > _SKEW_MOST_MS:
            return self.power_w
        share_pct = _SHARE_PCT if abs(skew_ms) <= _SKEW_FINE_MS else _SHARE_SKEWED_PCT
        error_w = want_w - self.power_w
        if abs(error_w) > dead_band_w:
            self.power_w = _turn(self.power_w, self.power_w + error_w * share_pct // 100)
        elif want_w == 0:
            self.power_w = 0
        return self.power_w

    def clamp(self, power_w):
        """What the limits made of the last step: the loop must not wind up beyond it."""
        self.power_w = power_w


def _turn(old_w, new_w):
    """Crossing zero into a small power of the other sign stops at zero."""
    if old_w * new_w < 0 and abs(new_w) < _TURN_W:
        return 0
    return new_w
