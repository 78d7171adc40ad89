"""The ranked rules: a snapshot and the owner's wishes in, one decision out.

Highest rank first; the first rule that has something to say wins, and its words
go with the number all the way to the owner's page. Safety limits are not here:
the envelope is the last gate and trusts no rule.
"""

from ..core.readings import Decision
from .follow import Follow
from .safe import Safe


class Control:
    """The memory between two beats, and nothing a device, meter or radio said."""

    def __init__(self, wishes):
        self.wishes = wishes
        self.safe = Safe()
        self.follow = Follow()

    def decide(self, snapshot):
        """core Snapshot -> core Decision; call once a beat, never twice for one."""
        for rule in _RANKED:
            decision = rule(self, snapshot)
            if decision:
                return decision


def _off(control, _snapshot):
    if not control.wishes.enabled:
        return _neutral(control, "off", ("why_off",))


def _safe(control, snapshot):
    why = control.safe.why(snapshot)
    if why:
        return _neutral(control, "safe", why)


def _balance(control, snapshot):
    wishes = control.wishes
    power_w = control.follow.step(snapshot.grid_w, snapshot.battery_w, snapshot.skew_ms,
                                  wishes.target_w, wishes.dead_band_w)
    load_w = snapshot.grid_w + snapshot.battery_w
    return Decision("balance", power_w, ("why_balance", load_w, wishes.target_w))


def _neutral(control, rule, why):
    control.follow.rest()
    return Decision(rule, None, why)


_RANKED = (_off, _safe, _balance)
