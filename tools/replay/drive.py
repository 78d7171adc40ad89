"""One profile driven through the control room, row by row: the only file here that knows firmware.

Runs in CPython and, as `main`, in the MicroPython VM; all numbers are whole, so both
give the same journal. A row longer than ten seconds is lived as a few seconds' beats, in
which control settles, and rests of twenty, in which the guard repays what it owes.
"""

import json

from tools.replay.flexible import Boiler, Charger
from tools.replay.ideal import Ideal
from tools.replay.plant import Battery, Meter

_SETTLE_S = 6  # after the dead time
_LONG_S = 10
_REST_S = 20
_MASK = 0x3FFFFFFF


class Ours:
    """The firmware's control room as a law: `ask(battery, meter, now_ms) -> W or None`.

    devices: (mode, device of flexible.py), each given ceilings out of the same budget.
    """

    def __init__(self, settings, devices=()):
        from firmware.control.decide import Control
        from firmware.control.envelope import Envelope
        from firmware.control.wishes import Wishes
        from firmware.core.journal import Journal
        from firmware.core.readings import Snapshot
        from firmware.p1.clock import epoch
        self.epoch = epoch
        self.wishes = Wishes().take(lambda name: settings.get(name))
        self.devices, self.loads = [device for _, device in devices], []
        if devices:
            from firmware.control.loads import Flexible, Load
            for mode, one in devices:
                self.loads.append(Load(type(one).__name__, mode, one.most_w, one.least_w, one.car))
            self.control = Flexible(self.wishes, self.loads)
        else:
            self.control = Control(self.wishes)
        self.envelope = Envelope()
        self.seen, self.journal = Snapshot(), Journal(200)
        self.told = []  # journal records as they came
        self.rule = None

    def ask(self, battery, meter, now_ms):
        """One beat at now_ms (not wrapped); the set-point in W, None for rest."""
        self.see(battery, meter, now_ms)
        for load, device in zip(self.loads, self.devices):
            load.now_w = device.power_w
        rule, command = self.beat()
        for load, device in zip(self.loads, self.devices):
            device.obey(load.ceiling_w)
        if rule != self.rule:
            self.rule = rule
            self.told.append([now_ms // 1000, rule, list(command.why)])
        return command.power_w

    def see(self, battery, meter, now_ms):
        """What meter and battery say, as the snapshot of this beat."""
        seen = self.seen
        seen.now_ms = now_ms & _MASK
        seen.grid_w, seen.battery_w = meter.grid_w, battery.power_w
        seen.meter_time, seen.demand_w = self.epoch(meter.stamp(), 0, True), meter.demand_w()
        seen.month_peak_w, seen.import_wh = meter.month_peak_w(), meter.import_ws // 3600
        seen.meter_age_ms, seen.battery_age_ms, seen.heard_age_ms, seen.skew_ms = 100, 120, 120, 20
        seen.meter_interval_ms, seen.soc_pct, seen.ready = 1000, battery.soc_pct(), True
        seen.charge_max_w = seen.discharge_max_w = battery.most_w

    def beat(self):
        """Decision and last gate: (rule, Command)."""
        decision = self.control.decide(self.seen)
        command = self.envelope.admit(decision, self.seen, self.wishes.min_soc_pct)
        if command.power_w is not None:
            self.control.follow.clamp(command.power_w)
        return decision.rule, command


class Market:
    """What the exchange is worth at the market's price, as it was and without battery."""

    def __init__(self, meter):
        self._meter, self._last_ws = meter, 0
        self._with = self._without = self._count = 0

    def count(self, net_ws, price):
        """One beat: the house's own exchange, and what the meter counted since."""
        now_ws = self._meter.import_ws - self._meter.export_ws
        self._with += (now_ws - self._last_ws) * price
        self._without += net_ws * price
        self._last_ws = now_ws
        self._count += 1

    def told(self):
        """{} without prices."""
        if not self._count:
            return {}
        return {"market_ueur": self._with // 3600000, "market_without_battery_ueur": self._without // 3600000}


def run(rows, law, battery, meter, ideal=None):
    """Drive `rows` of (seconds, load_w, pv_w) through `law`; returns the summary as a dict.

    seconds: how long the row lasts; a fourth number is a price in micro-euro a kWh.
    `law.ask(battery, meter, now_ms)` is called once a beat.
    """
    now_ms, seconds, turns, sign = 0, {}, 0, 0
    soc_start = low = high = battery.soc_pct()
    ideal = ideal or Ideal(battery)
    asked = None
    devices = getattr(law, "devices", ())
    settle_s = _SETTLE_S + max(0, battery.latency_ms - 1000) // 500
    market = Market(meter)
    for row in rows:
        length_s, load_w, pv_w = row[:3]
        left_s = length_s
        while left_s > 0:
            beat_s = 1 if length_s <= _LONG_S or length_s - left_s < settle_s else min(_REST_S, left_s)
            left_s -= beat_s
            net_w = load_w - pv_w + sum([device.step(meter.epoch_s, beat_s) for device in devices])
            now_ms += beat_s * 1000
            mean_w = battery.step(now_ms, beat_s * 1000)
            meter.step(net_w - mean_w, net_w - battery.power_w, beat_s * 1000)
            if len(row) > 3:
                market.count(net_w * beat_s, row[3])
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
    return dict(market.told(), **{
        "import_wh": meter.import_ws // 3600, "export_wh": meter.export_ws // 3600,
        "month_peaks_w": [peak[1] for peak in meter.peaks],
        "avoidable_wh": (exchange - ideal.exchange_ws) // 3600,
        "direction_changes": turns, "seconds_per_rule": seconds,
        "soc": {"min": low, "max": high, "start": soc_start, "end": battery.soc_pct()},
        "throughput_wh": battery.throughput_ws // 3600, "seconds": now_ms // 1000,
        "flexible_wh": {type(one).__name__.lower(): one.drawn_ws // 3600 for one in devices},
        "waiting_wh": {type(one).__name__.lower(): one.wanted_ws // 3600 for one in devices},
    })


def play(rows, told):
    """{"summary", "journal"} of rows; `told`: settings and the model's numbers, as the command takes them."""
    law = Ours(told.get("settings", {}), _devices(told))
    battery = Battery(*[told[name] for name in ("battery_wh", "most_w", "soc_pct", "latency_ms", "ramp_w_s")])
    meter = Meter(told["epoch_s"], told["demand"])
    ideal = Ideal(battery, law.wishes.min_soc_pct)
    summary = run(rows, law, battery, meter, ideal)
    return {"summary": summary, "journal": law.told}


def _devices(told):
    """(mode, device) of told["car"]: [mode, W, Wh a day] and told["boiler"]: [mode, W, W it loses]."""
    found = []
    for name, kind in (("car", Charger), ("boiler", Boiler)):
        if told.get(name):
            mode, most_w, number = told[name]
            found.append((mode, kind(most_w, number)))
    return found


def main(told, path):
    """In the VM: `told` as for `play`, `path` a file of "seconds load pv" lines; prints the JSON."""
    print(json.dumps(play(read(path), told)))


def read(path):
    """Rows of a prepared file, one at a time: a year does not fit in a VM's memory."""
    with open(path) as lines:
        for line in lines:
            yield tuple([int(number) for number in line.split()])
