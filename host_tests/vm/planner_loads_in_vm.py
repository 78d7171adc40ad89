"""Runs in MicroPython and in CPython alike: a charger, a block, a kept plan; prints what came out as JSON."""

import json
import sys

from firmware.planner.case import Case, CaseError
from firmware.planner.keep import cost_now, why, worth_changing
from firmware.planner.loads import with_block, with_charger
from firmware.planner.plan import Planner


def told(planner, case):
    """All that a planner says after a plan."""
    return [list(planner.action), list(planner.soc), planner.cost, planner.top, planner.worth, planner.solves,
            planner.notes(case), [why(case, planner, slot) for slot in range(case.slots)]]


def main(numbers):
    """One object."""
    found, slots = {}, len(numbers["buy"])
    case, planner = Case(**numbers), Planner(slots, charger=True)
    for _ in with_charger(planner, case, 4, slots - 2, 900000, 5000000):
        pass
    found["charger"] = [told(planner, case), list(planner.used), list(case.net)]
    case = Case(**numbers)
    for _ in with_block(planner, case, [300000, 900000, 100000], 1, slots - 3):
        pass
    found["block"] = [told(planner, case), planner.start, list(case.net)]
    old = list(planner.action)
    found["kept"] = [cost_now(case, old, gone, slots) for gone in (0, 1, slots)]
    found["changed"] = [worth_changing(case, planner, old, gone, slots) for gone in (0, 3)]
    try:
        Case(**dict(numbers, soc=-1))
    except CaseError as error:
        found["refused"] = [error.field, str(error)]
    print(json.dumps(found))


main(json.loads(sys.stdin.readline()))
