"""Flexible loads as a budget: how many watts a car charger, a boiler or a plug may draw now.

One budget for all: what the desired peak and the running quarter leave over the house
itself. Forced charging of the battery comes first, then loads by rank, of one rank those for
comfort before cars, so that when room shrinks cars give way first (facts: ems 4.4); and what they
take is in the load that recharging sees, so recharging comes last. Knows modes and
watts; refuses to know chargers, sockets and how they are spoken to. Brought into memory
only where there is such a load: there the house has a Flexible instead of a Control.

Modes: eco, surplus only; turbo, up to the desired peak; max, all it can; block, nothing.
"""

from ..core.ticks import diff
from .decide import Control

MODES = ("eco", "turbo", "max", "block")
HEARD_MS = 60000      # what a load's owner told counts for so long
_RESTART_MS = 180000  # a charger that paused waits so long for lasting room (facts: A13)
_BLIND_MS = 60000     # without a meter a car keeps its least for so long, then nothing
_VOLT = 230
_OLD_MS = 5000
# The meter is still seen: loads share what the house leaves, and do not count on the battery (ems 4.6).
_NO_BATTERY = ("why_inverter_never", "why_inverter_silent", "why_inverter_not_ready", "why_power_unknown",
               "why_soc_unknown")


class Load:
    """One flexible load. Its owner writes `now_w`, its measured draw, and obeys `ceiling_w`."""

    now_w = 0
    told_ms = None   # when; None: it is always known
    ceiling_w = 0
    wait_ms = None   # since when there is room again; None: running, or no room
    running = False

    def __init__(self, name, mode, most_w, least_w=0, car=False, rank=0):
        self.name, self.mode, self.car, self.rank = name, mode, car, rank
        self.most_w, self.least_w = most_w, least_w  # a car's least is 6 A: 1380 W on one phase

    def silent(self, now_ms):
        """True when its owner told nothing for a minute: nobody obeys a ceiling there."""
        return self.told_ms is not None and diff(now_ms, self.told_ms) > HEARD_MS


class Flexible(Control):
    """A Control that shares the rest of the budget among `loads.loads` after each decision."""

    def __init__(self, wishes, loads):
        Control.__init__(self, wishes)
        self.loads = Loads(self, loads)

    def decide(self, seen):
        """As Control.decide; then each load's ceiling_w holds until the next beat."""
        decision = Control.decide(self, seen)
        self.loads.share(seen)
        return decision


class Loads:
    """`share` once a beat, after Control.decide; it sets each load's ceiling and control.aside_w."""

    def __init__(self, control, loads):
        self._control = control
        self.loads = sorted(loads, key=lambda load: (load.rank, load.car))
        self._blind_ms = None

    def share(self, seen):
        """Hand out what there is at this instant."""
        control, now_ms = self._control, seen.now_ms
        battery_w = seen.battery_w
        if control.safe.reason or not control.wishes.enabled:
            if not control.wishes.enabled or control.safe.reason[0] not in _NO_BATTERY:
                return self._blind(now_ms)
            if battery_w is None or seen.battery_age_ms > _OLD_MS:
                battery_w = 0
            control.quarter.weigh(seen.grid_w + battery_w, 0, now_ms)
        self._blind_ms = None
        for load in self.loads:
            if load.silent(now_ms):
                load.now_w = 0
        house_w = seen.grid_w + battery_w - sum([load.now_w for load in self.loads])
        room_w, surplus_w = self._room_w(house_w, seen), -house_w
        fuse_w = _fuse_w(seen, control.wishes.fuse_a)
        aside_w = 0
        for load in self.loads:
            wanted_w = {"eco": surplus_w, "turbo": room_w, "max": load.most_w}.get(load.mode, 0)
            if load.silent(now_ms):
                wanted_w = 0
            if fuse_w is not None:
                wanted_w = min(wanted_w, load.now_w + fuse_w)
            _give(load, wanted_w, now_ms)
            room_w -= load.ceiling_w
            surplus_w -= load.ceiling_w
            if load.car and load.mode in ("turbo", "max"):
                aside_w += load.now_w
        control.aside_w = 0 if control.wishes.feed_ev else aside_w

    def _room_w(self, house_w, seen):
        """Import that flexible loads may cause together now."""
        control, quarter = self._control, self._control.quarter
        most_w = control.wishes.desired_peak_w
        if control.wishes.turbo_paid:
            most_w = max(most_w, quarter.month_w(seen))
        room_w = min(most_w, quarter.add_w) - house_w
        if control.zone.name == "force":
            room_w -= seen.charge_max_w or 0
        return room_w

    def _blind(self, now_ms):
        """No reading to share by: a car keeps its least for a minute, other loads stop."""
        if self._blind_ms is None:
            self._blind_ms = now_ms
        keeps = diff(now_ms, self._blind_ms) < _BLIND_MS
        self._control.aside_w = 0
        for load in self.loads:
            running = load.car and load.running and load.mode != "eco" and keeps
            load.ceiling_w = load.least_w if running else 0
            load.running = running


def _give(load, wanted_w, now_ms):
    """Ceiling for one load; below its least it pauses, and comes back when room has lasted."""
    wanted_w = min(load.most_w, wanted_w)
    if wanted_w < max(1, load.least_w):
        load.ceiling_w, load.running, load.wait_ms = 0, False, None
        return
    if not load.running:
        if load.wait_ms is None:
            load.wait_ms = now_ms
        # What somebody asked to run at its most does not wait for lasting room.
        load.running = load.mode == "max" or diff(now_ms, load.wait_ms) >= _RESTART_MS
    load.ceiling_w = wanted_w if load.running else 0


def _fuse_w(seen, fuse_a):
    """Watts to spare on the fullest phase; below 0: too many. None: nobody told the fuse or the currents."""
    if not fuse_a or not seen.current_ma:
        return None
    known = [ma for ma in seen.current_ma if ma is not None]
    return (fuse_a * 1000 - max(known)) * _VOLT // 1000 if known else None
