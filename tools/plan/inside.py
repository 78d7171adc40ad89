"""Runs in MicroPython: the planner's whole numbers on standard input, its plan on standard output.

One JSON object a line, as many lines as wanted. The plan is made twice: once for its time, once with a
collection after every step, for the most bytes alive beyond the code (the case's own arrays included).
"""

import gc
import json
import sys
import time

from firmware.planner.case import Case
from firmware.planner.plan import Planner


def planned(numbers):
    """(case, planner, ms, longest step in us) of one question."""
    began = before = time.ticks_us()
    case, longest = Case(**numbers), 0
    planner = Planner(case.slots)
    for _ in planner.steps(case):
        now = time.ticks_us()
        longest = max(longest, time.ticks_diff(now, before))
        before = now
    return case, planner, time.ticks_diff(time.ticks_us(), began) / 1000, longest


def alive():
    """Bytes in use after a collection."""
    gc.collect()
    return gc.mem_alloc()


def most_alive(numbers):
    """The most bytes alive at any step of the same plan, beyond what was there before."""
    before = alive()
    case = Case(**numbers)
    planner, most = Planner(case.slots), 0
    for _ in planner.steps(case):
        most = max(most, alive())
    return most - before


def main():
    """One answer a line."""
    line = sys.stdin.readline()
    while line:
        numbers = json.loads(line)
        line = None
        most = most_alive(numbers)
        case, planner, ms, longest = planned(numbers)
        slots = len(numbers["buy"])
        print(json.dumps({
            "action": list(planner.action)[:slots], "soc": list(planner.soc)[:slots], "cost": planner.cost,
            "worth": planner.worth, "solves": planner.solves, "notes": planner.notes(case),
            "ms": ms, "longest_us": longest, "heap_peak": most,
        }))
        case = planner = numbers = None
        line = sys.stdin.readline()


main()
