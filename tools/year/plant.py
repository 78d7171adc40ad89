"""A battery and a meter for long times: obedient within a second, counted in watt-seconds.

Knows efficiency each way, whole percents and the Flemish quarter with its month peak. Imports nothing of the
firmware but its calendar.
"""

from firmware.control.months import month_of


class Battery:
    """power_w + discharge; what it holds is in Ws of the cells."""

    def __init__(self, capacity_wh, most_w, efficiency_pct, soc_pct):
        self.capacity_wh, self.most_w = capacity_wh, most_w
        self._efficiency_pct = efficiency_pct
        self._full_ws = capacity_wh * 3600
        self._held_ws = self._full_ws * soc_pct // 100
        self.power_w = 0

    def soc_pct(self):
        """Whole percent, as inverters tell it."""
        return self._held_ws * 100 // self._full_ws

    def ask(self, power_w):
        """A set-point, None for rest; in force from now on."""
        self.power_w = max(-self.most_w, min(self.most_w, power_w or 0))

    def step(self, past_s):
        """Live through past_s seconds -> Ws at the AC side; it stops where it is empty or full."""
        share = self._efficiency_pct
        ws = self.power_w * past_s
        if ws > 0:
            ws = min(ws, self._held_ws * share // 100)
            self._held_ws -= ws * 100 // share
        else:
            ws = -min(-ws, (self._full_ws - self._held_ws) * 100 // share)
            self._held_ws += -ws * share // 100
        return ws


class Meter:
    """What the P1 port would say, from a quarter's beginning on."""

    def __init__(self, epoch_s):
        self.epoch_s = epoch_s
        self.import_ws = self.export_ws = self.grid_w = self.month_peak_w = 0
        self._quarter_ws = 0

    def step(self, ws, past_s, grid_w):
        """`ws` flowed in past_s seconds; grid_w is shown at their end."""
        self.grid_w = grid_w
        if ws > 0:
            self.import_ws += ws
            self._quarter_ws += ws
        else:
            self.export_ws -= ws
        before, self.epoch_s = month_of(self.epoch_s), self.epoch_s + past_s
        if self.epoch_s % 900 == 0:
            self.month_peak_w = max(self.month_peak_w, self._quarter_ws // 900)
            self._quarter_ws = 0
            if month_of(self.epoch_s) != before:
                self.month_peak_w = 0

    def demand_w(self):
        """1-0:1.4.0."""
        return self._quarter_ws // 900
