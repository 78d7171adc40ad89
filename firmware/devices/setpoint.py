"""What the battery is to do, and what has to be said on the bus for it.

It knows leases, limits, quantisation, when a set-point must be repeated and when it must
not, heartbeats and back-off. It refuses to know frames (writes.py), the words in an answer
(quirks.py) and whether the battery follows (follow.py).

A set-point is an int of W (+ discharge, 0 hold) or None, rest. A write that is due is
(name, power_w): a name of the model's WRITES and the power it is made for.
"""

from ..core.ticks import add, diff

_RETRY_MS = 1000
_PAUSE_MS = 3000  # between rest and the next try, when a battery stalled
_STALL_EVERY_MS = 600000
_PROBE_MS = 15000  # how often to try a device that says it does not obey


class Setpoint:
    """`power_w` is wanted, `said` the (name, power_w) that the device accepted last."""

    def __init__(self, model, note):
        self._model = model
        self._note = note  # note(code, *args): an event for the journal
        self.power_w = None
        self.said = None
        self._until_ms = None
        self._not_before_ms = None  # back-off; not even news go earlier
        self._repeat_ms = None  # the same again; None: only when something changes
        self._said_ms = None  # when a write of any kind was accepted
        self._alive_ms = None  # not before, after a heartbeat was sent
        self._alive_absent = "alive" not in model.writes
        self._stalling = False
        self._stalled_ms = None

    def want(self, power_w, until_ms):
        """A new lease. Small, excessive and uneven powers are made sendable here."""
        self.power_w = self._sendable(power_w)
        self._until_ms = until_ms

    def rest(self):
        """Neutral from now on."""
        self.want(None, None)

    def lapse(self, now_ms):
        """Let go of a lease that has passed, and say so; let go of old times: ticks wrap."""
        if self._stalled_ms is not None and diff(now_ms, self._stalled_ms) >= _STALL_EVERY_MS:
            self._stalled_ms = None
        if self.power_w is not None and diff(now_ms, self._until_ms) > 0:
            self._note("inverter_lease_over", self.power_w)
            self.rest()

    def repeat(self):
        """The device may have forgotten what it was told: say it again, now."""
        self.said = None
        self._not_before_ms = None

    def take(self, now_ms, ready):
        """The write due now, or None. `ready` False: only a probe now and then."""
        if self._write_due(now_ms) == 0:
            self.put_off(now_ms, _PROBE_MS if ready is False else _RETRY_MS)
            return self._wanted()
        if ready is not False and self._alive_due(now_ms) == 0:
            self._alive_ms = add(now_ms, _RETRY_MS)
            return ("alive", 0)
        return None

    def wait_ms(self, now_ms, ready):
        """Milliseconds until `take` has something; 1000 or less."""
        alive = 1000 if ready is False else self._alive_due(now_ms)
        return min(alive, self._write_due(now_ms), 1000)

    def accepted(self, name, power_w, now_ms):
        """The device took a write. True when it is what is wanted, not a step on the way."""
        self._said_ms = now_ms
        self._alive_ms = None
        if name == "alive":
            return False
        self.said = (name, power_w)
        self._not_before_ms = None
        self._repeat_ms = self._repeat_at(name, now_ms)
        if self._stalling:
            self._stalling = False
            self.put_off(now_ms, _PAUSE_MS)
            return False
        return True

    def put_off(self, now_ms, ms=_RETRY_MS):
        """Nothing is said for `ms`, not even news."""
        self._not_before_ms = add(now_ms, ms)

    def no_heartbeat(self):
        """The device does not know the heartbeat: never again."""
        self._alive_absent = True

    def stall(self, now_ms):
        """The battery stands still though asked: rest, pause, ask again. True when begun."""
        if self._stalled_ms is not None:
            return False
        self._stalled_ms = now_ms
        self._stalling = True
        self.repeat()
        return True

    def _sendable(self, power_w):
        model = self._model
        if power_w is None:
            return None
        leave, enter = model.SMALL_W
        moving = self.power_w
        if abs(power_w) < (leave if moving else enter):
            return 0
        power_w = max(-model.CHARGE_MAX_W, min(model.DISCHARGE_MAX_W, power_w))
        step = model.STEP_W
        return power_w // step * step if power_w > 0 else -(-power_w // step * step)

    def _wanted(self):
        """(name, power_w) of the write that says what is wanted."""
        power_w = self.power_w
        if power_w is None or self._stalling:
            return "rest", 0
        name = "discharge" if power_w > 0 else "charge" if power_w < 0 else "hold"
        return (name if name in self._model.writes else "power"), power_w

    def _repeat_at(self, name, now_ms):
        every_ms = self._model.RESEND_MS
        if every_ms is None or (name == "rest" and self._model.standby_clicks):
            return None
        return add(now_ms, every_ms)

    def _write_due(self, now_ms):
        wait = 0
        if self.said == self._wanted():
            if self._repeat_ms is None:
                return 1000
            wait = max(0, diff(self._repeat_ms, now_ms))
        if self._not_before_ms is not None:
            wait = max(wait, diff(self._not_before_ms, now_ms))
        return wait

    def _alive_due(self, now_ms):
        if self._alive_absent or self._said_ms is None:
            return 1000
        due = add(self._said_ms, self._model.ALIVE_MS) if self._alive_ms is None else self._alive_ms
        return max(0, diff(due, now_ms))
