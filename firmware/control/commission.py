"""The step test: 500 W more or less for some seconds, to see when the battery begins to follow and how fast.

Brought into memory for the test only. The energy that the battery still owed on its way is the
area between the step and what was measured; the steepest second is the ramp; what the
ramp does not explain of the area is dead time. A load that changes meanwhile does no
harm: only the battery is looked at.
"""

from ..core.ticks import add, diff

_STEP_W = 500
_NEAR_W = 40       # so near its goal a battery counts as arrived
_MOST_MS = 20000
_APART_MS = 2500   # readings further apart than this measure nothing
_CALM_MS = 300000  # of balancing or planning, before the test
_LOW_PCT = 45      # above it the step gives, below it takes


class StepTest:
    """`ask` once a beat until it returns None; then `found` is (dead_ms, ramp_w_s), or None: no result."""

    found = None

    def __init__(self, seen):
        self._from_w = seen.battery_w
        able_w = (seen.discharge_max_w or 0) - seen.battery_w
        gives = seen.soc_pct > _LOW_PCT and able_w > 2 * _STEP_W
        self._way = 1 if gives else -1
        self._begin_ms = seen.now_ms
        self._last_ms, self._last_w = seen.now_ms, 0
        self._owed = self._steepest = 0  # W·ms; W/s

    def ask(self, seen):
        """The set-point of this beat in W, None when the test has ended."""
        at_ms = add(seen.now_ms, -seen.battery_age_ms)
        past_ms = diff(at_ms, self._last_ms)
        if diff(seen.now_ms, self._begin_ms) > _MOST_MS or past_ms > _APART_MS:
            return None
        if past_ms > 0:
            moved_w = max(0, min(_STEP_W, (seen.battery_w - self._from_w) * self._way))
            self._owed += (2 * _STEP_W - moved_w - self._last_w) * past_ms // 2
            self._steepest = max(self._steepest, (moved_w - self._last_w) * 1000 // past_ms)
            self._last_ms, self._last_w = at_ms, moved_w
            if moved_w >= _STEP_W - _NEAR_W:
                ramp_w_s = max(10, self._steepest)
                dead_ms = self._owed // _STEP_W - _STEP_W * 500 // ramp_w_s
                self.found = max(0, dead_ms), ramp_w_s
                return None
        return self._from_w + self._way * _STEP_W


class Patience:
    """Before the test: since when has the battery been above its buffer."""

    def __init__(self):
        self.since_ms = None


def attempt(control, seen):
    """True while a step test runs. It begins after minutes above the buffer, once a start.

    A plan is no reason to wait: it is always there where there is one, and loses a few Wh.
    """
    trial, now_ms = control.trial, seen.now_ms
    if trial is None:
        trial = control.trial = Patience()
    waiting = isinstance(trial, Patience)
    if control.zone.name != "balance" or control.zone.full or control.manual:
        control.trial = None if waiting else False
        return False
    if waiting:
        if trial.since_ms is None:
            trial.since_ms = now_ms
        if diff(now_ms, trial.since_ms) < _CALM_MS:
            return False
        trial = control.trial = StepTest(seen)
    asked_w = trial.ask(seen)
    if asked_w is None:
        control.trial = False
        _learn(control, trial.found)
        return False
    control.follow.clamp(asked_w)
    return True


def _learn(control, found):
    if found:
        control.wishes.dead_ms, control.wishes.ramp_w_s = found
        control.news = ("step_measured",) + found
        if control.keep:
            control.keep({"control.dead_ms": found[0], "control.ramp_w_s": found[1]})
