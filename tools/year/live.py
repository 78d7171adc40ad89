"""A year lived quarter by quarter by the firmware's own control room, with or without a plan.

Each quarter has one load; control is called each second until its command has settled, then every five
minutes. Keeps what was billed and what the battery gave.
"""

from firmware.control.decide import Control
from firmware.control.envelope import Envelope
from firmware.control.wishes import Wishes
from firmware.core.readings import Snapshot
from tools.year.plant import Battery, Meter

SETTLE_S = 6
_GUARDED_S = 26  # near the peak the guard spends its spare in 20 s; then its command holds
_GUARDED_W = 1800
_LOOK_S = 300  # a charge that moves more than 5 % between two looks is not believed by the last gate


class Law:
    """The firmware's control room with sound ports, one beat at a time."""

    def __init__(self, settings):
        self.wishes = Wishes().take(settings.get)
        self.control, self.envelope, self.seen = Control(self.wishes), Envelope(), Snapshot()
        self.control.trial = False  # the step test was made

    def ask(self, battery, meter, now_ms, given_w):
        """The set-point in W at now_ms, None for rest; given_w: the battery's when the meter was read."""
        seen = self.seen
        seen.now_ms = now_ms & 0x3FFFFFFF
        seen.grid_w, seen.battery_w, seen.soc_pct = meter.grid_w, given_w, battery.soc_pct()
        seen.meter_time, seen.demand_w = meter.epoch_s, meter.demand_w()
        seen.month_peak_w, seen.import_wh = meter.month_peak_w, meter.import_ws // 3600
        seen.meter_age_ms, seen.battery_age_ms, seen.heard_age_ms, seen.skew_ms = 100, 120, 120, 20
        seen.meter_interval_ms, seen.ready = 1000, True
        seen.charge_max_w = seen.discharge_max_w = battery.most_w
        decision = self.control.decide(seen)
        command = self.envelope.admit(decision, seen, self.wishes.min_soc_pct)
        if command.power_w is not None:
            self.control.follow.clamp(command.power_w)
        return command.power_w


class Lived:
    """Wh of each quarter as the meter counted them, and what the battery gave (AC)."""

    def __init__(self):
        self.imported, self.exported, self.given, self.soc = [], [], [], []


def house(settings, first, battery_wh=7200, most_w=3000, efficiency_pct=93, soc_pct=50):
    """-> (law, battery, meter) of a year's beginning; without settings no law."""
    law = Law(settings) if settings else None
    return law, Battery(battery_wh, most_w, efficiency_pct, soc_pct), Meter(first)


def live(rows, law, battery, meter, begin=None):
    """rows: (load_w, pv_w) of each quarter; begin(number, law, battery, meter) is called before each."""
    found, now_ms = Lived(), 0
    for number, (load_w, pv_w) in enumerate(rows):
        if begin:
            law.seen.now_ms = now_ms & 0x3FFFFFFF
            begin(number, law, battery, meter)
        before = meter.import_ws, meter.export_ws
        given, left_s, net_w = 0, 900, load_w - pv_w
        busy_s = _GUARDED_S if net_w > _GUARDED_W else SETTLE_S
        while left_s:
            beat_s = 1 if left_s > 900 - busy_s else min(left_s, _LOOK_S)
            left_s -= beat_s
            now_ms += beat_s * 1000
            ws = battery.step(beat_s)
            given += max(0, ws)
            meter.step(net_w * beat_s - ws, beat_s, net_w - ws // beat_s)
            if law:
                battery.ask(law.ask(battery, meter, now_ms, ws // beat_s))
        found.imported.append((meter.import_ws - before[0]) // 3600)
        found.exported.append((meter.export_ws - before[1]) // 3600)
        found.given.append(given // 3600)
        found.soc.append(battery.soc_pct())
    return found
