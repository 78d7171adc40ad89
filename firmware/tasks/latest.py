"""One slot per reading, and the bell that tells the control loop to look.

Knows what was heard last and from whom; each slot has one writer. It refuses to
judge: whether a reading is too old is the control room's business.
"""

import asyncio

from ..core.readings import Snapshot
from ..core.ticks import age, diff

# The battery is polled while the telegram is still coming in, so its answer is
# usually there before the last byte; a slow inverter gets this much longer.
_PATIENCE_MS = 200
# Longer than a meter's second: a telegram sent twice over the air comes 100 ms late, and to
# decide just before it would be to decide on a reading of a second ago.
_BEAT_MS = 1400
_OLD_MS = 3000  # who was silent for so long is not waited for


class Latest:
    """Slots written by the tasks, frozen into a Snapshot once a beat."""

    def __init__(self, drivers):
        self.drivers = drivers       # may grow while we run; members of other boxes among them
        self.team = None             # control Team, where more than one of them takes commands
        self.meter_box = None        # name of the box the meter hangs on, None: ours
        self.meter_away = False      # that box is not to be heard
        self.meter = None            # core Meter of the last good telegram
        self.meter_start_ms = None   # ticks when that telegram began: its instant of measuring
        self.meter_interval_ms = None
        self.decision = None
        self.command = None
        self.decided_age_ms = None   # how old the meter's reading was then, from its last byte on
        self.commands = 0            # set-points handed to drivers, changed ones only
        self.bell = asyncio.Event()
        self.wake_bus = None         # set by the role once the bus is open
        self._fresh = False
        self._snapshot = Snapshot()

    def began(self, now_ms, box=None):
        """A telegram's first byte is here: have the battery measured at this instant.

        `box`: the one that reads the meter; what hangs on it too was told already.
        """
        for driver in self.drivers:
            if box is None or getattr(driver, "box", None) != box:
                driver.sync(now_ms)
        if self.wake_bus:
            self.wake_bus()  # else an idle bus sleeps on until its next poll

    def heard(self, meter, start_ms):
        """A good telegram that began at `start_ms` is whole."""
        if self.meter_start_ms is not None:
            self.meter_interval_ms = diff(start_ms, self.meter_start_ms)
        self.meter = meter
        self.meter_start_ms = start_ms
        self._fresh = True
        self.bell.set()

    def due(self, now_ms, last_ms):
        """True when the loop should decide: a new telegram and its battery, or a telegram that stays away."""
        if self._fresh and not self._battery_pending(now_ms):
            self._fresh = False
            return True
        return last_ms is None or diff(now_ms, last_ms) >= _BEAT_MS

    def _battery_pending(self, now_ms):
        if diff(now_ms, self.meter.at_ms) >= _PATIENCE_MS:
            return False
        for driver in self.drivers:
            at_ms = driver.reading.at_ms
            if at_ms is not None and -_OLD_MS < diff(at_ms, self.meter_start_ms) < 0:
                return True
        return False

    def freeze(self, now_ms):
        """The snapshot of this instant; the same object each beat, never kept."""
        snapshot = self._snapshot
        snapshot.now_ms = now_ms
        self._freeze_meter(snapshot, now_ms)
        self._freeze_battery(snapshot, now_ms)
        return snapshot

    def _freeze_meter(self, snapshot, now_ms):
        meter = self.meter
        if meter is None:
            return
        snapshot.grid_w = meter.grid_w()
        snapshot.meter_age_ms = age(now_ms, meter.at_ms)
        snapshot.meter_interval_ms = self.meter_interval_ms
        snapshot.meter_time = meter.time
        snapshot.demand_w = meter.demand_w
        snapshot.month_peak_w = meter.month_peak_w
        if meter.import_t1_wh is not None:
            snapshot.import_wh = meter.import_t1_wh + (meter.import_t2_wh or 0)
        snapshot.current_ma = meter.current_ma
        snapshot.voltage_mv = meter.voltage_mv

    def _freeze_battery(self, snapshot, now_ms):
        driver = self.battery()
        snapshot.far, snapshot.away = self.meter_box, self.meter_away
        if driver is None:
            snapshot.battery_w = snapshot.heard_age_ms = snapshot.status = None  # the last one may have left
            return
        if driver is self.team:
            driver.look(now_ms)
        reading = driver.reading
        if not snapshot.away:
            snapshot.far = getattr(driver, "name", None) or snapshot.far
            snapshot.away = getattr(driver, "away", False)
        snapshot.battery_w = reading.power_w
        snapshot.battery_age_ms = age(now_ms, reading.at_ms)
        snapshot.heard_age_ms = age(now_ms, reading.heard_ms)
        snapshot.status = driver.status(now_ms)
        if self.meter_start_ms is not None and reading.at_ms is not None:
            snapshot.skew_ms = diff(self.meter_start_ms, reading.at_ms)
        for name in ("solar_w", "soc_pct", "charge_max_w", "discharge_max_w", "full", "empty", "ready"):
            setattr(snapshot, name, getattr(reading, name))

    def battery(self):
        """Who takes commands: the team where there is one; None in a house that only measures."""
        if self.team:
            return self.team
        for driver in self.drivers:
            if driver.commands:
                return driver
        return None
