"""A house in invented seconds whose meter counts its quarter and whose battery obeys at once."""

from host_tests.rooms.control.test_first_form import House

BEGIN_S = 1767571200  # a quarter begins; 5 January 2026, 00:00 UTC


class Lived(House):
    """`live(seconds, load_w, **seen)`: the last command; `rule`: who won. month_w: the meter's 1.6.0."""

    def __init__(self, soc_pct=55, month_w=0, time_s=BEGIN_S, meter_counts=True, **wishes):
        super().__init__(**wishes)
        self.wishes.dead_ms = wishes.get("dead_ms", 500)
        self.soc_pct, self.month_w, self.time_s = soc_pct, month_w, time_s
        self.counts, self.used_ws, self.import_ws, self.rule = meter_counts, 0, 0, None
        self.quarters = []
        self.load_w = 0

    def see(self, load_w=0, **changed):
        seen = super().see(load_w, **changed)
        given = {
            "meter_time": self.time_s, "soc_pct": self.soc_pct,
            "demand_w": self.used_ws // 900 if self.counts else None,
            "month_peak_w": self.month_w if self.counts else None, "import_wh": self.import_ws // 3600,
        }
        for name, value in dict(given, **changed).items():
            setattr(seen, name, value)
        self.seen, self.load_w = seen, load_w
        return seen

    def live(self, seconds, load_w, **changed):
        command = None
        for _ in range(seconds):
            grid_w = load_w - self.battery_w
            seen = self.see(load_w, **changed)
            decision = self.control.decide(seen)
            command = self.envelope.admit(decision, seen, self.wishes.min_soc_pct)
            if command.power_w is not None:
                self.control.follow.clamp(command.power_w)
            self.rule, self.why = decision.rule, command.why
            self.now_ms = (self.now_ms + 1000) & 0x3FFFFFFF
            self.time_s += 1
            self.used_ws += max(0, grid_w)
            self.import_ws += max(0, grid_w)
            if self.time_s % 900 == 0:
                self.quarters.append(self.used_ws // 900)
                self.month_w = max(self.month_w, self.used_ws // 900)
                self.used_ws = 0
            self.battery_w = command.power_w or 0
        return command

    def grid_w(self):
        """Where the last command leaves the grid with the last load."""
        return self.load_w - self.battery_w
