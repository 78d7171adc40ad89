"""An ME3000SP as its owner meets it: slow to start, coarse in its steps, obedient in Passive mode.

Behaviour transcribed from the vendor's passive-mode paper and from users'
reports; independent of the firmware, so that it can witness against it. Power
here is + = discharge; `discharge` and `charge` steer the battery side, the AC
side is what the house feels. It knows no registers: see sofar.py.
"""

import math
from collections import deque

from .battery import Battery

RATED_W = 3000
STEP_W = 10
HEARTBEAT_S = 60
PASSIVE = 3
WAIT, CHECK_CHARGE, CHARGE, CHECK_DISCHARGE, DISCHARGE, EPS, FAULT = range(7)
STANDBY_CODE, DISCHARGE_CODE, CHARGE_CODE, AUTO_CODE = 0x0100, 0x0101, 0x0102, 0x0103
ACCEPTED, WRONG_MODE, BUSY, BAD_VALUE = 0, 1, 3, 4


class Settings:
    """What differs from unit to unit, in seconds and watts."""

    def __init__(self, dead_s=1.0, ramp_w_per_s=1000, check_s=3.0, efficiency=0.95, rest_w=8):
        self.dead_s = dead_s
        self.ramp_w_per_s = ramp_w_per_s
        self.check_s = check_s
        self.efficiency = efficiency
        self.rest_w = rest_w


class Inverter:
    """`command` is what the bus asks, `step` lets time pass, `ac_w` is what the house feels."""

    def __init__(self, battery=None, settings=None, mode=PASSIVE):
        self.battery = battery or Battery()
        self.settings = settings or Settings()
        self.mode = mode
        self.state = WAIT
        self.power_w = 0.0
        self.target = (STANDBY_CODE, 0)
        self.fault_ids = set()
        self.now = 0.0
        self.beaten_at = 0.0
        self.commands = 0
        self.lapses = 0
        self.relay_clicks = 0
        self.told = []  # (seconds of its own, + = discharge in watts or None: standby), changes only
        self._coming = deque()
        self._check_until = 0.0
        self.grid_w = 0.0

    @property
    def ac_w(self):
        """Power at the socket, + = towards the house; the electronics' own need included."""
        loss = self.settings.efficiency
        flow = self.power_w * loss if self.power_w > 0 else self.power_w / loss
        return flow - self.settings.rest_w

    def command(self, code, value):
        """A 0x42 request -> status word (high byte: willingness, low byte: verdict)."""
        return self._willing() << 8 | self._verdict(code, value)

    def beat(self):
        """A 0x49 request: somebody is still in charge."""
        self.beaten_at = self.now

    def _willing(self):
        pack = self.battery
        return (not pack.full) | (not pack.empty) << 1 | pack.full << 2 | pack.empty << 3

    def _verdict(self, code, value):
        if self.mode != PASSIVE:
            return WRONG_MODE
        if self.fault_ids:
            return BUSY
        wanted = _clean(code, value)
        if wanted is None:
            return BAD_VALUE
        self.beat()
        self.commands += 1
        self._note({DISCHARGE_CODE: value, CHARGE_CODE: -value}.get(code))
        self._coming.append((self.now + self.settings.dead_s, wanted))
        return ACCEPTED

    def _note(self, power_w):
        if not self.told or self.told[-1][1] != power_w:
            self.told.append((round(self.now, 1), power_w))

    def step(self, seconds, grid_w):
        """Let `seconds` pass; `grid_w` is what its own CT clamp sees (+ import)."""
        self.now += seconds
        self.grid_w = grid_w
        while self._coming and self._coming[0][0] <= self.now:
            self.target = self._coming.popleft()[1]
        if (
            self.mode == PASSIVE
            and self.now - self.beaten_at > HEARTBEAT_S
            and self.target[0] != STANDBY_CODE
        ):
            self.target = (STANDBY_CODE, 0)
            self.lapses += 1
        self._move(self._wish(grid_w), seconds)
        self.battery.step(self.power_w, seconds)

    def _wish(self, grid_w):
        """Signed watts it would like to reach, None for rest."""
        if self.fault_ids:
            return None
        code, watts = self.target
        if self.mode != PASSIVE or code == AUTO_CODE:
            # Self-use on its own CT: the target is an export, so we aim at -target.
            aim = 0 if self.mode != PASSIVE else watts
            wish = self.power_w + 0.5 * (grid_w + aim)
            return wish if abs(wish) > 60 else None
        return {DISCHARGE_CODE: watts, CHARGE_CODE: -watts}.get(code)

    def _move(self, wish, seconds):
        if wish is None:
            self._ramp(0, seconds)
            if abs(self.power_w) < STEP_W:
                self.power_w = 0.0
                self._enter(FAULT if self.fault_ids else WAIT)
            return
        code = self.target[0]
        charge = wish < 0 or (wish == 0 and code == CHARGE_CODE)
        running, check = (CHARGE, CHECK_CHARGE) if charge else (DISCHARGE, CHECK_DISCHARGE)
        if self.state == running:
            self._ramp(self._limit(wish), seconds)
        elif self.state == check:
            if self.now >= self._check_until:
                self._enter(running)
        elif abs(self.power_w) > STEP_W:
            self._ramp(0, seconds)  # first empty the old direction
        else:
            self.power_w = 0.0
            self._enter(check)
            self._check_until = self.now + self.settings.check_s

    def _enter(self, state):
        if (state == WAIT) != (self.state == WAIT):
            self.relay_clicks += 1
        self.state = state

    def _limit(self, wish):
        lowest = -self.battery.charge_max_w(RATED_W)
        highest = self.battery.discharge_max_w(RATED_W)
        return math.trunc(min(max(wish, lowest), highest) / STEP_W) * STEP_W

    def _ramp(self, goal, seconds):
        most = self.settings.ramp_w_per_s * seconds
        self.power_w += min(max(goal - self.power_w, -most), most)


def _clean(code, value):
    """(code, watts) of a valid request, or None. Source: vendor's passive-mode paper."""
    if code == STANDBY_CODE:
        return (code, 0) if value == 0x5555 else None
    if code in (CHARGE_CODE, DISCHARGE_CODE):
        return (code, value) if value <= RATED_W else None
    if code == AUTO_CODE:
        watts = 0 if value == 0x5555 else value - 0x10000 if value > 0x7FFF else value
        return (code, watts) if abs(watts) <= 9999 else None
    return None
