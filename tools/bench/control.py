"""What a decision costs in the MicroPython VM, time and heap; how long a year of minutes takes here.

And the worst quarter of a house whose spikes the battery cannot shave (facts: ems 4.9 c).
"""

import subprocess
import time

from tools.replay import profile
from tools.replay.contest import TRACES
from tools.replay.drive import Ours, play, run
from tools.replay.plant import Battery, Meter
from tools.vm import ROOT, vm

_TOLD = {"settings": {}, "battery_wh": 7200, "most_w": 3000, "soc_pct": 50, "latency_ms": 1000,
         "ramp_w_s": 1500, "epoch_s": 1767571200, "demand": True}
_DAYS = 30
_SPIKES = ((2.0, 2650), (2.5, 3340), (3.0, 4240))  # times the household's load; W the facts' guard ended at
_CLAMP_W, _BATTERY_W = 2500, 3000
_SCRIPT = """
import gc, time
from tools.replay.drive import Ours
from tools.replay.plant import Battery, Meter
law, battery, meter = Ours({"control.dead_ms": 4000}), Battery(), Meter(1767571200)
def beat(i):
    load_w = 500 + i * 37 % 4000
    mean_w = battery.step(i * 1000, 1000)
    meter.step(load_w - mean_w, load_w - battery.power_w, 1000)
    law.see(battery, meter, i * 1000)
    gc.collect()
    used, begin = gc.mem_alloc(), time.ticks_us()
    power_w = law.beat()[1].power_w
    took = time.ticks_diff(time.ticks_us(), begin)
    used = gc.mem_alloc() - used
    battery.ask(power_w, i * 1000)
    return took, used
found = [beat(i) for i in range(1, 1000)][20:]
print(sorted(one[0] for one in found)[len(found) // 2], max(one[0] for one in found),
      sorted(one[1] for one in found)[len(found) // 2], max(one[1] for one in found))
"""


def rows():
    """Decision and last gate, one beat of each: median and worst of the calmest of three runs; a year."""
    middle_us, worst_us, middle_bytes, worst_bytes = min([_beats() for _ in range(3)], key=lambda one: one[1])
    begin = time.perf_counter()
    play(profile.drawn(_DAYS, 1, _TOLD["epoch_s"]), _TOLD)
    year_s = (time.perf_counter() - begin) * 365 / _DAYS
    begin = time.perf_counter()
    play([(1, 400 + second * 131 % 3000, 0) for second in range(86400)], _TOLD)
    day_s = time.perf_counter() - begin
    return [
        {"name": "a decision: median", "value": middle_us, "unit": "us", "limit": 3000},
        {"name": "a decision: worst", "value": worst_us, "unit": "us", "limit": 3000},
        {"name": "a decision allocates: median", "value": middle_bytes, "unit": "bytes", "limit": 1024},
        {"name": "a decision allocates: most", "value": worst_bytes, "unit": "bytes", "limit": 1024},
        {"name": "a year of minutes, by 30 days", "value": round(year_s), "unit": "s", "limit": 600},
        {"name": "a day of seconds, CPython", "value": round(day_s, 1), "unit": "s", "limit": 60},
    ] + [_worst_quarter(*spikes) for spikes in _SPIKES]


def _worst_quarter(share, limit_w):
    """Ours on the 1 Hz household beside a clamp that answers at once; 1 s of dead time, 1500 W/s for ours."""
    loads = [int(row[1] * share) for row in profile.rows(TRACES / "rae_household.csv")]
    clamped = [max(min(load_w, _CLAMP_W), load_w - _BATTERY_W) for load_w in loads]
    worst_w = max(sum(clamped[at:at + 900]) // 900 for at in range(0, len(clamped), 900))
    law = Ours({"control.min_soc_pct": 10, "control.buffer_pct": 80})
    meter = Meter(_TOLD["epoch_s"])
    run([(1, load_w, 0) for load_w in loads], law, Battery(60000, _BATTERY_W, 80, 1000, 1500), meter)
    return {"name": "worst quarter, household x {}".format(share), "value": meter.peaks[0][1], "unit": "W",
            "peer": "clamp at 2.5 kW", "peer_value": worst_w, "limit": limit_w}


def _beats():
    done = subprocess.run(vm.command(64, "2m") + ["-c", _SCRIPT], cwd=ROOT, capture_output=True, text=True,
                          env=vm.environment(ROOT, ROOT / "lib"))
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return [int(word) for word in done.stdout.split()]
