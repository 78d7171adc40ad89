"""The plan against HiGHS on 1,000 random cases: cost gap; time, longest step and heap of the largest one.

Times are this machine's; an ESP32 takes some 40 to 80 times as long. Its heap is that of the 32-bit VM.
"""

import random
import time

from firmware.planner.case import Case
from firmware.planner.loads import with_charger
from firmware.planner.plan import Planner
from tools.bench.planner_peer import optimum, random_case
from tools.plan import board, question

CASES = 1000
CHARGERS = 60
MOST_GAP = 0.1  # cent
MOST_HEAP = 40 * 1024
MOST_STEP = 20000  # us
BATCH = 100
RUNS = 3  # the least of these counts: another program may be running


def rows():
    """Gap with and without the month peak, then the largest case in both word sizes."""
    chance = random.Random(2026)
    found = []
    for how, peak in (("without a month peak", False), ("with the month peak", True)):
        cases = [random_case(chance, peak=peak) for _ in range(CASES // 2)]
        found.append({"name": "plan: largest gap to the optimum, {} cases {}".format(len(cases), how),
                      "value": largest_gap(cases), "unit": "ct", "limit": MOST_GAP, "peer": "HiGHS"})
    found.append({"name": "plan: largest gap to the optimum, {} cases with a charger".format(CHARGERS),
                  "value": charger_gap(chance), "unit": "ct", "limit": MOST_GAP, "peer": "HiGHS"})
    largest = [random_case(chance, 140) for _ in range(20)]
    began = time.perf_counter()
    for case in largest:
        optimum(case)
    theirs = (time.perf_counter() - began) * 1000 / len(largest)
    for bits in (64, 32):
        numbers = [question.whole_numbers(case) for case in largest]
        found += largest_rows([board.plans(numbers, bits) for _ in range(RUNS)], bits, theirs)
    return found


def largest_gap(cases):
    """Cent that the worst of the plans is away from the optimum, made in the 32-bit VM."""
    worst = 0
    for start in range(0, len(cases), BATCH):
        batch = cases[start:start + BATCH]
        made = board.plans([question.whole_numbers(case) for case in batch], 32)
        for case, plan in zip(batch, made):
            worst = max(worst, float(abs(plan["cost"] / 1e12 - optimum(case))) * 100)
    return worst


def charger_gap(chance):
    """The same for a car that must have its energy in a window, month peak and battery planned with it."""
    planner, worst = Planner(96, charger=True), 0
    for _ in range(CHARGERS):
        asked = random_case(chance, chance.choice((8, 44, 96)))
        case = Case(**question.whole_numbers(asked))
        first = chance.randint(0, case.slots // 2)
        until, most = chance.randint(first + 1, case.slots), chance.randint(350000, 2000000)
        need = round(most * (until - first) * chance.random())
        for _ in with_charger(planner, case, first, until, most, need):
            pass
        worst = max(worst, float(abs(planner.cost / 1e12 - optimum(asked, (first, until, most, need)))) * 100)
    return worst


def largest_rows(runs, bits, theirs):
    """Rows for plans of 140 slots with the peak search, each made in every one of `runs`."""
    plans = runs[0]
    least = [min(same, key=lambda plan: plan["ms"]) for same in zip(*runs)]
    longest = [min(plan["longest_us"] for plan in same) for same in zip(*runs)]
    name = "plan of 140 slots with the peak: {}, {}-bit"
    return [
        {"name": name.format("time, mean", bits), "value": sum(plan["ms"] for plan in least) / len(plans),
         "unit": "ms", "peer": "HiGHS", "peer_value": theirs},
        {"name": name.format("longest step", bits), "value": max(longest),
         "unit": "us", "limit": MOST_STEP},
        {"name": name.format("import caps tried, most", bits),
         "value": max(plan["solves"] for plan in plans), "unit": ""},
        {"name": name.format("heap beyond the code", bits),
         "value": max(plan["heap_peak"] for plan in plans), "unit": "bytes",
         "limit": MOST_HEAP if bits == 32 else None},
    ]
