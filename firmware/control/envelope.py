"""The last gate: whatever the rules want, this is what may leave the house.

Knows hard limits only: readings young enough, the state of charge floor and whether that
charge can be believed, a full or empty battery, the inverter's own power limits, how far
a command may step, and how long it stays true. It trusts no rule and has no opinion on
what would be nice. Unknown means neutral.
"""

from ..core.readings import Command
from ..core.ticks import add, diff

LEASE_MS = 10000
# The floor opens again one percent above itself: a battery resting on its floor
# recovers a little voltage and must not flip between 0 and full power.
_FLOOR_BACK_PCT = 1
_METER_OLD_MS = 30000    # the slowest meter is given so long (safe.py lets go earlier)
_BATTERY_OLD_MS = 5000
_STEP_W = 4000           # away from zero, a beat; a glitch in one telegram is half undone by the next
_FROZEN_WS = 3600000     # 1 kWh in and out without a percent of change: nobody measures there
_JUMP_PCT = 5
_STEADY_MS = 60000


class Envelope:
    """Remembers the floor, the last command, and the work done since the charge last moved."""

    floor_closed = False
    _soc_pct = _seen_ms = _jump = None  # _jump: (ticks, from, to)
    _work_ws = _power_w = 0

    def admit(self, decision, snapshot, min_soc_pct):
        """Decision -> Command for the coming LEASE_MS, limits and floor applied."""
        power_w, why = decision.power_w, decision.why
        self._watch(snapshot)
        if power_w is not None:
            power_w, why = self._limited(power_w, why, snapshot, min_soc_pct)
        self._power_w = power_w or 0
        return Command(power_w, add(snapshot.now_ms, LEASE_MS), why)

    def _watch(self, seen):
        """Does the charge move as the power says?"""
        soc_pct, now_ms = seen.soc_pct, seen.now_ms
        past_ms = 0 if self._seen_ms is None else max(0, min(_STEADY_MS, diff(now_ms, self._seen_ms)))
        self._seen_ms = now_ms
        if soc_pct is None:
            return
        if soc_pct != self._soc_pct:
            if self._soc_pct is not None and abs(soc_pct - self._soc_pct) > _JUMP_PCT:
                self._jump = (now_ms, self._soc_pct, soc_pct)
            self._soc_pct, self._work_ws = soc_pct, 0
        elif self._work_ws < _FROZEN_WS:
            self._work_ws += abs(seen.battery_w or 0) * past_ms // 1000
        if self._jump and diff(now_ms, self._jump[0]) >= _STEADY_MS:
            self._jump = None

    def _limited(self, power_w, why, snapshot, min_soc_pct):
        if _old(snapshot.meter_age_ms, _METER_OLD_MS) or _old(snapshot.battery_age_ms, _BATTERY_OLD_MS):
            return None, ("why_stale",)
        if snapshot.soc_pct is None:
            return None, ("why_soc_unknown",)
        self._move_floor(snapshot.soc_pct, min_soc_pct)
        if power_w > 0:
            power_w, why = self._discharge(power_w, why, snapshot, min_soc_pct)
        elif power_w < 0:
            power_w, why = _charge(power_w, why, snapshot)
        most_w = max(0, self._power_w) + _STEP_W
        least_w = min(0, self._power_w) - _STEP_W
        if not least_w <= power_w <= most_w:
            return max(least_w, min(most_w, power_w)), ("why_ramp", _STEP_W)
        return power_w, why

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
        if self._work_ws >= _FROZEN_WS:
            return 0, ("why_soc_frozen", snapshot.soc_pct)
        if self._jump:
            return 0, ("why_soc_jump", self._jump[1], self._jump[2])
        most_w = snapshot.discharge_max_w or 0
        if power_w > most_w:
            return most_w, ("why_discharge_limit", most_w, power_w)
        return power_w, why


def _old(age_ms, most_ms):
    return age_ms is None or age_ms > most_ms


def _charge(power_w, why, snapshot):
    if snapshot.full or snapshot.soc_pct >= 100:
        return 0, ("why_full", snapshot.soc_pct)
    most_w = snapshot.charge_max_w or 0
    if -power_w > most_w:
        return -most_w, ("why_charge_limit", most_w, -power_w)
    return power_w, why
