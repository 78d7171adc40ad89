"""One profile driven through the control room, row by row: the only file here that knows firmware.

Runs in CPython and, as `main`, in the MicroPython VM; all numbers are whole, so both
give the same journal. A row longer than ten seconds is lived as a few seconds' beats, in
which control settles, and one long rest.
"""

import json

from tools.replay.ideal import Ideal
from tools.replay.plant import Battery, Meter

_SETTLE_S = 6
_LONG_S = 10
_MASK = 0x3FFFFFFF


class Ours:
    """The firmware's control room as a law: `ask(plant) -> W or None`."""

    def __init__(self, settings):
        from firmware.control.decide import Control
        from firmware.control.envelope import Envelope
        from firmware.control.months import month_of
        from firmware.control.wishes import Wishes
        from firmware.core.journal import Journal
        from firmware.core.readings import Snapshot
        self.months = month_of
        self.wishes = Wishes().take(lambda name: settings.get(name))
        self.control, self.envelope = Control(self.wishes), Envelope()
        self.seen, self.journal = Snapshot(), Journal(200)
        self.told = []  # journal records as they came
        self.rule = None

    def ask(self, battery, meter, now_ms):
        """One beat at now_ms (not wrapped); the set-point in W, None for rest."""
        seen = self.seen
        seen.now_ms = now_ms & _MASK
        seen.grid_w, seen.battery_w = meter.grid_w, battery.power_w
        seen.meter_time, seen.demand_w = meter.epoch_s, meter.demand_w()
        seen.month_peak_w, seen.import_wh = meter.month_peak_w(), meter.import_ws // 3600
        seen.meter_age_ms, seen.battery_age_ms, seen.heard_age_ms, seen.skew_ms = 100, 120, 120, 20
        seen.meter_interval_ms, seen.soc_pct, seen.ready = 1000, battery.soc_pct(), True
        seen.charge_max_w = seen.discharge_max_w = battery.most_w
        decision = self.control.decide(seen)
        command = self.envelope.admit(decision, seen, self.wishes.min_soc_pct)
        if command.power_w is not None:
            self.control.follow.clamp(command.power_w)
        if decision.rule != self.rule:
            self.rule = decision.rule
            self.told.append([now_ms // 1000, decision.rule, list(command.why)])
        return command.power_w


def run(rows, law, battery, meter, ideal=None):
    """Drive `rows` of (seconds, load_w, pv_w) through `law`; returns the summary as a dict.

    seconds: how long the row lasts. `law.ask(battery, meter, now_ms)` is called once a beat.
    """
    now_ms, seconds, turns, sign = 0, {}, 0, 0
    soc_start = low = high = battery.soc_pct()
    ideal = ideal or Ideal(battery)
    asked = None
    for length_s, load_w, pv_w in rows:
        net_w = load_w - pv_w
        left_s = length_s
        while left_s > 0:
            beat_s = 1 if length_s <= _LONG_S or length_s - left_s < _SETTLE_S else left_s
            left_s -= beat_s
            now_ms += beat_s * 1000
            mean_w = battery.step(now_ms, beat_s * 1000)
            meter.step(net_w - mean_w, net_w - battery.power_w, beat_s * 1000)
            ideal.step(net_w, beat_s)
            wanted = law.ask(battery, meter, now_ms)
            if wanted != asked:
                asked = wanted
                battery.ask(wanted, now_ms)
            way = (battery.power_w > 0) - (battery.power_w < 0)
            if way and way != sign:
                turns += 1 if sign else 0
                sign = way
            rule = getattr(law, "rule", "law")
            seconds[rule] = seconds.get(rule, 0) + beat_s
            soc = battery.soc_pct()
            low, high = min(low, soc), max(high, soc)
    exchange = meter.import_ws + meter.export_ws
    return {
        "import_wh": meter.import_ws // 3600, "export_wh": meter.export_ws // 3600,
        "month_peaks_w": [peak[1] for peak in meter.peaks],
        "avoidable_wh": (exchange - ideal.exchange_ws) // 3600,
        "direction_changes": turns, "seconds_per_rule": seconds,
        "soc": {"min": low, "max": high, "start": soc_start, "end": battery.soc_pct()},
        "throughput_wh": battery.throughput_ws // 3600, "seconds": now_ms // 1000,
    }


def play(rows, told):
    """{"summary", "journal"} of rows; `told`: settings and the model's numbers, as the command takes them."""
    law = Ours(told.get("settings", {}))
    battery = Battery(*[told[name] for name in ("battery_wh", "most_w", "soc_pct", "latency_ms", "ramp_w_s")])
    meter = Meter(told["epoch_s"], told["demand"], law.months)
    ideal = Ideal(battery, law.wishes.min_soc_pct)
    summary = run(rows, law, battery, meter, ideal)
    return {"summary": summary, "journal": law.told}


def main(told, path):
    """In the VM: `told` as for `play`, `path` a file of "seconds load pv" lines; prints the JSON."""
    print(json.dumps(play(read(path), told)))


def read(path):
    """Rows of a prepared file, one at a time: a year does not fit in a VM's memory."""
    with open(path) as lines:
        for line in lines:
            numbers = line.split()
            yield int(numbers[0]), int(numbers[1]), int(numbers[2])
