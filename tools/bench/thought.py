"""A quarter's whole thought in MicroPython: forecast, both prices of the ceiling, plan, band; longest step.

In the 32-bit VM from source, 140 slots ahead, a roof of two groups, an hourly contract. The device's loop is
kept from its turn for the longest step at most; an ESP32 takes some 40 to 80 times as long as this desk.
"""

import json
import subprocess

from tools.vm import ROOT, vm

MOST_STEP_MS = 20
MOST_LIVE = 40 * 1024
RUNS = 3  # the least counts: another program may be running
SCRIPT = """
import gc, json, time
from array import array
from firmware.tariff.contract import Contract
from firmware.tariff.prices import Prices
from firmware.tasks.plan_quarter import Thought
NOON = 1777888800
gc.collect()
before = gc.mem_alloc()
thought = Thought(Contract({"area": "Fluvius Kempen", "contract": "eneco"}), (51.05, 3.72),
                  ((6, 420, 180, 35), (4, 420, 255, 35)))
thought.prices.offer(Prices(NOON - 43200, 900, array("i", [(at * 37 % 251 - 60) * 1000 for at in range(192)]),
                            "desk"), NOON)
longest, began, found = 0, time.ticks_us(), []
for quarter in range(3):
    last = time.ticks_us()
    for _ in thought.think(NOON + quarter * 900, 50, 2500, (7200, 20, 3000, 3000, 90000)):
        now = time.ticks_us()
        longest, last = max(longest, time.ticks_diff(now, last)), now
    now = time.ticks_us()
    longest = max(longest, time.ticks_diff(now, last))
    found.append(time.ticks_diff(now, began) / 1000)
    thought.band()
    began = time.ticks_us()
gc.collect()
print(json.dumps([longest / 1000, found[0], min(found[1:]), gc.mem_alloc() - before]))
"""


def rows():
    """Longest step, a thought with and without the day's comparison, live bytes beyond the code."""
    runs = [json.loads(subprocess.run(
        vm.command(32, "600k") + ["-c", SCRIPT], cwd=ROOT, check=True, capture_output=True, text=True,
        env=vm.environment(ROOT, ROOT / "lib")).stdout) for _ in range(RUNS)]
    least = [min(column) for column in zip(*runs)]
    return [
        {"name": "a quarter's thought: longest step, 32-bit", "value": least[0], "unit": "ms",
         "limit": MOST_STEP_MS},
        {"name": "a quarter's thought: the first of a day", "value": least[1], "unit": "ms"},
        {"name": "a quarter's thought: any other", "value": least[2], "unit": "ms"},
        {"name": "a quarter's thought: what stays in memory beyond the code", "value": least[3],
         "unit": "bytes", "limit": MOST_LIVE},
    ]
