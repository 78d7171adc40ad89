"""The houses on which laws are compared: dead time by ramp by trace, and how fast a step is settled.

Ours is told no dead time: its own step test finds it, in a quarter of an hour of a quiet house before.
"""

import functools
import pathlib

from tools.replay import profile
from tools.replay.drive import Ours, run
from tools.replay.laws import LAWS
from tools.replay.plant import Battery, Meter

TRACES = pathlib.Path(__file__).parents[2] / "host_tests" / "fixtures" / "traces"
DEAD_S = (0, 1, 2, 3, 4, 5, 6)
RAMPS = (300, 1500, 10000)
_EPOCH_S = 1767571200  # a quarter's beginning
_BALANCING = {"control.enabled": True, "control.min_soc_pct": 10, "control.buffer_pct": 0}
_BIG_WH = 60000  # never full or empty: it is the law that is measured


def traces():
    """name -> rows of one second: the 1 Hz household under a sky with clouds, and the net load trace."""
    cloudy = _each_second(profile.rows(TRACES / "cyprus_netload.csv"))
    house = profile.rows(TRACES / "rae_household.csv")
    both = [(1, row[1], sky[2]) for row, sky in zip(house, cloudy)]
    return {"household": both, "netload": cloudy}


def _each_second(rows):
    """Rows of many seconds as a line between their beginnings; the last is dropped."""
    found = []
    for row, after in zip(rows, rows[1:]):
        for second in range(row[0]):
            found.append((1,) + tuple(a + (b - a) * second // row[0] for a, b in zip(row[1:], after[1:])))
    return found


@functools.cache
def measured(dead_s, ramp_w_s):
    """Settings of ours with what its step test found on a battery like this one."""
    law, kept = Ours(_BALANCING), {}
    law.control.keep = kept.update
    battery = Battery(_BIG_WH, 3000, 60, dead_s * 1000, ramp_w_s)
    run([(1, 400 + second * 7 % 60, 0) for second in range(900)], law, battery, Meter(_EPOCH_S))
    return dict(_BALANCING, **kept)


def laws():
    """(name, maker) of the peers' and ours; a maker takes the battery's dead time and ramp."""
    return LAWS + (("ours", lambda dead_s, ramp_w_s: Ours(measured(dead_s, ramp_w_s))),)


def compete(rows, make, dead_s, ramp_w_s):
    """Summary of one law on one house, with "worst_quarter_w"."""
    battery = Battery(_BIG_WH, 3000, 60, dead_s * 1000, ramp_w_s)
    meter = Meter(_EPOCH_S)
    found = run(rows, make(dead_s, ramp_w_s), battery, meter)
    found["worst_quarter_w"] = max(found["month_peaks_w"] or [0])
    return found


def settling_s(make, dead_s, ramp_w_s):
    """Seconds after a 2 kW step until the grid stays within 60 W; None when it never does in 2 minutes."""
    battery, meter = Battery(_BIG_WH, 3000, 60, dead_s * 1000, ramp_w_s), Meter(_EPOCH_S)
    law, last = make(dead_s, ramp_w_s), None
    for second in range(180):
        load_w = 2200 if second >= 60 else 200
        found = battery.step((second + 1) * 1000, 1000)
        meter.step(load_w - found, load_w - battery.power_w, 1000)
        battery.ask(law.ask(battery, meter, (second + 1) * 1000), (second + 1) * 1000)
        if second >= 60 and abs(meter.grid_w) > 60:
            last = second
    return None if last == 179 else (last or 59) - 59


def judged(found):
    """(trace, dead s, ramp, ours Wh, name and Wh of the best other, our turns, the integral law's) a place.

    `found`: (trace, dead s, ramp, law) -> summary, of all laws. The integral law of the turns is the plain
    one, u += grid.
    """
    for trace, dead_s, ramp, name in found:
        if name == "ours":
            here = {law: found[trace, dead_s, ramp, law] for law, _ in laws()}
            ours = here.pop("ours")
            best = min(here, key=lambda law: here[law]["avoidable_wh"])
            yield (trace, dead_s, ramp, ours["avoidable_wh"], best, here[best]["avoidable_wh"],
                   ours["direction_changes"], here["integral, K 1.0"]["direction_changes"])
