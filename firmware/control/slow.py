"""A battery that takes seconds to answer: not too far after what may be over, ahead of what goes on.

What it gives for a load that is over is lost twice, bought and then exported. So the
set-point goes no further than 900 W in the dead time, less the second that any loop
needs: a load shorter than the dead time costs no more than that.

Ahead: where the load has gone one way for ten beats, as the sun does behind a cloud, the
lesser of the slopes of its two halves is taken to go on for the dead time. A step, a spike
or noise has no such slope in both halves, so nothing is made up for those.

Needs the dead time that commission.py measured. Knows beats; refuses to know the bill:
what shaving and charging ask does not come through here.
"""

_BLIND_W = 900
_SPAN = 5      # beats of one half
_LEAD_W = 300  # at most so far ahead
_BEAT_MS = 1000


class Slow:
    """The wishes of the last ten beats."""

    def __init__(self):
        self._past = []

    def lead(self, want_w, power_w, dead_ms, beat_ms):
        """Where the set-point, now power_w, should go when want_w is wanted; all W. dead_ms above 1000."""
        past = self._past
        past.append(want_w)
        if len(past) > 2 * _SPAN:
            late_w, early_w = want_w - past[_SPAN], past[_SPAN] - past[0]
            past.pop(0)
            if late_w * early_w > 0:
                slope_w = min(abs(late_w), abs(early_w)) * dead_ms // (_SPAN * beat_ms)
                ahead_w = min(_LEAD_W, slope_w)
                want_w += ahead_w if late_w > 0 else -ahead_w
        most_w = _BLIND_W * beat_ms // (dead_ms - _BEAT_MS)
        return power_w + max(-most_w, min(most_w, want_w - power_w))
