"""The fast loop: the set-point that brings the grid to its target.

Theory. The house's own load is L = grid + battery, both measured at the same
instant, so L does not depend on what we commanded a second ago: the battery's
dead time and ramp cancel out of the sum and the loop has no gain to go unstable
with. We move the set-point a share K of the way to L each beat. The other law,
adding grid power to the last set-point, integrates a delayed measurement and
swings from two seconds of delay on (facts: ems 4.5, 4.9 b).

The share is 60 % until a step test (commission.py) has shown that the battery follows at
all; then 100 %, which over the traces of docs/control.md exchanges least at any dead time
from 0 to 6 s. The loop cannot swing either way; only its sight can be wrong: when the two
readings were not taken together the share gets smaller, and far apart, we wait.

A battery slower than a second is led by slow.py where only balancing is at stake; it is
in memory in those houses alone.

Errors within the dead band are added up until they are worth a command, so that neither
noise nor a lasting 20 W goes to the bus each second.
"""

_SHARE_PCT = 60
_SHARE_MEASURED_PCT = 100
_SHARE_SKEWED_PCT = 40
_SKEW_FINE_MS = 1200
_SKEW_MOST_MS = 2500
_QUICK_MS = 500  # a battery this quick is worth smaller steps
_QUANTUM_W = 10  # the ME3000SP's step, and finer than any meter's noise
_TURN_W = 60     # a change of direction must be worth the relays' click
_SLOW_MS = 1000


class Follow:
    """One number of memory: the set-point in W, + discharge."""

    def __init__(self):
        self.power_w = None
        self._slow = None
        self._drift_w = 0  # errors too small to act on, until together they are not

    def rest(self):
        """Forget the set-point; the next one starts from the measured battery."""
        self.power_w = None

    def step(self, seen, want_w, wishes, balancing=False):
        """The next set-point in W before limits; want_w: where a rule, with today's load, wants it.

        balancing: nothing but the exchange is at stake, a load may be waited for.
        """
        share_pct, dead_band_w = _SHARE_PCT, wishes.dead_band_w
        if wishes.dead_ms is not None:
            share_pct = _SHARE_MEASURED_PCT
            if wishes.dead_ms < _QUICK_MS:
                dead_band_w //= 3
        if self.power_w is None:
            self.power_w, self._drift_w = seen.battery_w, 0
        skew_ms = seen.skew_ms
        if skew_ms is None or abs(skew_ms) > _SKEW_MOST_MS:
            return self.power_w
        if abs(skew_ms) > _SKEW_FINE_MS:
            share_pct = _SHARE_SKEWED_PCT
        want_w = self._led(want_w, seen, wishes.dead_ms if balancing else None)
        error_w = want_w - self.power_w
        self._drift_w += error_w
        if abs(self._drift_w) > dead_band_w:
            self._drift_w = 0
            self.power_w = _turn(self.power_w, _whole(self.power_w + error_w * share_pct // 100))
        elif want_w == 0:
            self.power_w = 0
        return self.power_w

    def _led(self, want_w, seen, dead_ms):
        """want_w as a slow battery should be told it."""
        if dead_ms is None or dead_ms <= _SLOW_MS:
            self._slow = None
            return want_w
        if self._slow is None:
            from .slow import Slow
            self._slow = Slow()
        return self._slow.lead(want_w, self.power_w, dead_ms, seen.meter_interval_ms or _SLOW_MS)

    def clamp(self, power_w):
        """What the limits made of the last step: the loop must not wind up beyond it."""
        self.power_w = power_w


def _whole(power_w):
    return (power_w + 5) // _QUANTUM_W * _QUANTUM_W


def _turn(old_w, new_w):
    """Crossing zero into a small power of the other sign stops at zero."""
    if old_w * new_w < 0 and abs(new_w) < _TURN_W:
        return 0
    return new_w
