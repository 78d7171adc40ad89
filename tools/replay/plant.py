"""A battery, its inverter and the meter, in whole numbers: the same in CPython and in MicroPython.

Knows dead time, ramp, 10 W steps, efficiency, whole percents of charge, and a meter that
counts quarters as the Flemish one does (1-0:1.4.0 built up from 0, month peak at the end of
a quarter, a clock that shows civil time). Imports nothing of the firmware: it is the witness.
"""

from tools.replay.civil import Clock

_QUARTER_S = 900


class Battery:
    """Power in W, + discharge; energy in mWs held in the cells."""

    def __init__(self, capacity_wh=7200, most_w=3000, soc_pct=50, latency_ms=1000, ramp_w_s=1500,
                 efficiency_pct=96, jitter=None):
        self.full_ws = capacity_wh * 3600
        self.held_ws = self.full_ws * soc_pct // 100
        self.most_w = most_w
        self.latency_ms, self.ramp_w_s = latency_ms, ramp_w_s
        self.efficiency_pct = efficiency_pct
        self.power_w = 0
        self.throughput_ws = self.loss = 0
        self._wanted_w = 0
        self._coming = []  # [(ms when it takes effect, W)]

    def soc_pct(self):
        """Whole percent, as inverters tell it."""
        return self.held_ws * 100 // self.full_ws

    def ask(self, power_w, now_ms):
        """A set-point; None: standby. Steps of 10 W towards zero."""
        steps = int(abs(power_w or 0)) // 10 * 10
        self._coming.append((now_ms + self.latency_ms, -steps if power_w and power_w < 0 else steps))

    def step(self, now_ms, past_ms):
        """Live through `past_ms` that end at `now_ms`; returns the mean W of that time."""
        begin_ms, done_ms, area = now_ms - past_ms, 0, 0
        while done_ms < past_ms:
            at_ms = begin_ms + done_ms
            while self._coming and self._coming[0][0] <= at_ms:
                self._wanted_w = self._coming.pop(0)[1]
            span_ms = past_ms - done_ms
            if self._coming:
                span_ms = min(span_ms, self._coming[0][0] - at_ms)
            area += self._move(span_ms)
            done_ms += span_ms
        return self._store(area // past_ms, past_ms)

    def _move(self, span_ms):
        """Ramp for span_ms; W·ms under the way."""
        goal_w = max(-self.most_w, min(self.most_w, self._wanted_w))
        gap_w = goal_w - self.power_w
        need_ms = abs(gap_w) * 1000 // self.ramp_w_s
        if need_ms <= span_ms:
            old_w, self.power_w = self.power_w, goal_w
            return (old_w + goal_w) * need_ms // 2 + goal_w * (span_ms - need_ms)
        moved_w = self.ramp_w_s * span_ms // 1000
        old_w, self.power_w = self.power_w, self.power_w + (moved_w if gap_w > 0 else -moved_w)
        return (old_w + self.power_w) * span_ms // 2

    def _store(self, mean_w, past_ms):
        if mean_w > 0:
            taken_ws = mean_w * past_ms * 100 // self.efficiency_pct // 1000
            if taken_ws > self.held_ws:
                mean_w, taken_ws, self.power_w = self.held_ws * 1000 // past_ms, self.held_ws, 0
            self.held_ws -= taken_ws
        else:
            stored_ws = -mean_w * past_ms * self.efficiency_pct // 100 // 1000
            if stored_ws > self.full_ws - self.held_ws:
                stored_ws, self.power_w = self.full_ws - self.held_ws, 0
                mean_w = -stored_ws * 1000 // past_ms
            self.held_ws += stored_ws
        self.throughput_ws += abs(mean_w) * past_ms // 1000
        return mean_w


class Meter:
    """What the P1 port would say. Begins at `epoch_s`, with nothing used in its quarter."""

    def __init__(self, epoch_s, demand=True):
        self.epoch_s = epoch_s
        self.import_ws = self.export_ws = 0
        self.grid_w = 0
        self.peaks = []        # [month number, W] of each month so far
        self._quarter_ws = 0
        self._demand = demand
        self._clock = Clock()
        self._rest = 0

    def step(self, mean_w, grid_w, past_ms):
        """Count `past_ms` of mean_w; grid_w is what it shows at the end."""
        self.grid_w = grid_w
        energy = mean_w * past_ms + self._rest
        ws, self._rest = energy // 1000, energy % 1000
        if ws > 0:
            self.import_ws += ws
            self._quarter_ws += ws
        else:
            self.export_ws -= ws
        self.epoch_s += past_ms // 1000
        if self.epoch_s % _QUARTER_S == 0:
            self._close()

    def _close(self):
        mean_w = self._quarter_ws // _QUARTER_S
        month = self._clock.month(self.epoch_s - 1)
        if not self.peaks or self.peaks[-1][0] != month:
            self.peaks.append([month, 0])
        self.peaks[-1][1] = max(self.peaks[-1][1], mean_w)
        self._quarter_ws = 0

    def stamp(self):
        """0-0:1.0.0 as it is printed."""
        return self._clock.stamp(self.epoch_s)

    def demand_w(self):
        """1-0:1.4.0; None for a meter without it."""
        return self._quarter_ws // _QUARTER_S if self._demand else None

    def month_peak_w(self):
        """1-0:1.6.0; None for a meter without it."""
        return (self.peaks[-1][1] if self.peaks else 0) if self._demand else None
