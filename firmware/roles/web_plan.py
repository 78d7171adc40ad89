"""The plan, what a month cost, and which contract would have fitted: for the pages Plan and Costs.

A plan is told from memory. The other two are worked out while they are asked for, in steps with a blank
between them, which JSON allows: control decides meanwhile. Loaded with a request.
"""

import json

from ..core.modules import forget_parts
from ..settings.quarters import Quarters
from ..tariff.faults import TariffFault
from ..words.words import say
from .reception import Slowly, refused, told


def answer(desk, visit, detail):
    """detail: "plan", "costs" (?month=2026-01) or "compare" (of all months kept)."""
    box = desk.box
    if detail == "plan":
        planning = getattr(box, "planning", None)
        if planning is None:
            return refused(visit, "web_plan_off", status=200)
        status, headers, _ = told(None)
        return status, headers, _plan(planning, visit.language)
    months = Quarters(box.folder).months()
    if not months:
        return refused(visit, "costs_none", status=200)
    steps = _costs(box, visit, months) if detail == "costs" else _compared(box, months)
    return 200, Slowly(_pieces(steps, visit.language)), None


def _plan(planning, language):
    from ..planner import told as words
    thought = planning.thought
    case, plan = thought.case, thought.plan
    trouble = planning.trouble
    head = {"trouble": say(language, *trouble) if trouble else None, "first_s": thought.first}
    if case is None or plan.cost is None:
        yield (json.dumps(head)[:-1] + ', "rows": []}').encode()
        return
    try:
        head["whole"] = words.whole(case, plan, thought.ahead.told, ())
        yield (json.dumps(head)[:-1] + ', "rows": [').encode()
        for slot in range(plan.count):
            row = words.row(case, plan, slot)
            why = row["why"]
            row["why"] = say(language, why) if isinstance(why, str) else say(language, why[0], why[1:])
            yield (("," if slot else "") + json.dumps(row)).encode()
        yield b"]}"
    finally:
        forget_parts("planner", "told")


def _costs(box, visit, months):
    from .costs_told import costs
    asked = visit.request.asked("month")
    month = [one for one in months if _name(one) == asked] or months[-1:]
    now_s = None if box.journal.began_s is None else box.journal.began_s + box.journal.tick(box.clock())
    for found in costs(box.folder, month[0], box.settings.get, now_s):
        if found:
            found["months"] = [_name(one) for one in months]
            found["month"] = _name(month[0])
            for bill in (found["billed"], found["no_battery"], found["rules_only"]):
                if bill:
                    bill["lines"] = [[say(visit.language, line[0]), line[2]] for line in bill["lines"]]
                    bill["notes"] = [say(visit.language, note[0], note[1:]) for note in bill["notes"]]
        yield found


def _compared(box, months):
    from ..settings import kept
    from .costs_told import compared
    return compared(box.folder, months, kept.load("contract", box.folder))


def _pieces(steps, language):
    try:
        for found in steps:
            yield json.dumps(found).encode() if found else b" "
    except TariffFault as fault:
        yield json.dumps({"error": fault.word, "text": say(language, fault.word, fault.details)}).encode()
    except (ValueError, KeyError) as error:
        yield json.dumps({"error": "pt_failed", "text": say(language, "pt_failed", (str(error),))}).encode()
    finally:
        forget_parts("roles", "costs_told")


def _name(month):
    return "%d-%02d" % (month // 12, month % 12 + 1)
