"""The last gate: whatever the rules want, this is what may leave the house.

Knows hard limits only: the state of charge floor, a full or empty battery, the
inverter's own power limits, and how long a command stays true. It trusts no
rule and has no opinion on what would be nice. Unknown means neutral.
"""

from ..core.readings import Command
from ..core.ticks import add

LEASE_MS = 10000
# The floor opens again one percent above itself: a battery resting on its floor
# recovers a little voltage and must not flip between 0 and full power.
_FLOOR_BACK_PCT = 1


class Envelope:
    """Remembers only whether the floor is closed."""

    def __init__(self):
        self.floor_closed = False

    def admit(self, decision, snapshot, min_soc_pct):
        """Decision -> Command for the coming LEASE_MS, limits and floor applied."""
        power_w, why = decision.power_w, decision.why
        if power_w is not None:
            power_w, why = self._limited(power_w, why, snapshot, min_soc_pct)
        return Command(power_w, add(snapshot.now_ms, LEASE_MS), why)

    def _limited(self, power_w, why, snapshot, min_soc_pct):
        if snapshot.soc_pct is None:
            return None, ("why_soc_unknown",)
        self._move_floor(snapshot.soc_pct, min_soc_pct)
        if power_w > 0:
            return self._discharge(power_w, why, snapshot, min_soc_pct)
        if power_w < 0:
            return _charge(power_w, why, snapshot)
        return 0, why

    def _move_floor(self, soc_pct, min_soc_pct):
        if soc_pct <= min_soc_pct:
            self.floor_closed = True
        elif soc_pct >= min_soc_pct + _FLOOR_BACK_PCT:
            self.floor_closed = False

    def _discharge(self, power_w, why, snapshot, min_soc_pct):
        if self.floor_closed:
            return 0, ("why_floor", snapshot.soc_pct, min_soc_pct)
        if snapshot.empty:
            return 0, ("why_empty", snapshot.soc_pct)
        most_w = snapshot.discharge_max_w or 0
        if power_w > most_w:
            return most_w, ("why_discharge_limit", most_w, power_w)
        return power_w, why


def _charge(power_w, why, snapshot):
    if snapshot.full or snapshot.soc_pct >= 100:
        return 0, ("why_full", snapshot.soc_pct)
    most_w = snapshot.charge_max_w or 0
    if -power_w > most_w:
        return -most_w, ("why_charge_limit", most_w, -power_w)
    return power_w, why
