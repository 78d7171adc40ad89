"""Other people's laws for keeping the grid at zero, as they publish them, driven through the same model.

Each sees what a meter and an inverter tell once a second and answers with a set-point in W,
+ discharge. Written from their descriptions (docs/control.md names them); no code of theirs.
"""


class Integral:
    """u += K · grid: what a simple script does. `share`: K."""

    def __init__(self, share):
        self.share = share
        self.power_w = 0.0

    def ask(self, battery, meter, _now_ms):
        most_w = battery.most_w
        self.power_w = max(-most_w, min(most_w, self.power_w + self.share * meter.grid_w))
        return round(self.power_w)


class Pid:
    """Set-point = battery + grid through a PID of 0.3, 0.3, 0.1; the sum of errors limited to ten ranges."""

    def __init__(self, p=0.3, i=0.3, d=0.1):
        self.p, self.i, self.d = p, i, d
        self._sum = self._last = 0.0

    def ask(self, battery, meter, _now_ms):
        error = (battery.power_w + meter.grid_w) - battery.power_w
        power_w = self.p * error + self.i * self._sum + self.d * (error - self._last)
        limit = 10 * battery.most_w
        self._sum, self._last = max(-limit, min(limit, self._sum + error)), error
        return round(max(-battery.most_w, min(battery.most_w, power_w)))


class Pd:
    """Steps by 0.35 of the error and 0.3 of its change, at most 800 W a second; 40 W are left alone."""

    def __init__(self):
        self.power_w = self._last = 0.0

    def ask(self, battery, meter, _now_ms):
        error = meter.grid_w
        if abs(error) > 40:
            step_w = 0.35 * error + 0.3 * (error - self._last)
            wanted = self.power_w + max(-800, min(800, step_w))
            if wanted * self.power_w >= 0 or abs(wanted) >= 60:
                self.power_w = max(-battery.most_w, min(battery.most_w, wanted))
        self._last = error
        return round(self.power_w)


class HalfMinute:
    """Every 30 s the battery is set to what the house then draws."""

    def __init__(self):
        self._due_ms, self.power_w = 0, 0

    def ask(self, battery, meter, now_ms):
        if now_ms >= self._due_ms:
            self._due_ms = now_ms + 30000
            self.power_w = max(-battery.most_w, min(battery.most_w, meter.grid_w + battery.power_w))
        return self.power_w


LAWS = (
    ("integral, K 1.0", lambda *battery: Integral(1.0)),
    ("integral, K 0.3", lambda *battery: Integral(0.3)),
    ("integral, K 0.15", lambda *battery: Integral(0.15)),
    ("PID 0.3/0.3/0.1", lambda *battery: Pid()),
    ("PD, 800 W/s", lambda *battery: Pd()),
    ("30 s loop", lambda *battery: HalfMinute()),
)
