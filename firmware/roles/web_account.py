"""The month's account over the API: ?month=2026-01, or the newest there is. Loaded with a request.

A month is read in pieces with a blank between them, which JSON allows, so that the house
is decided for meanwhile.
"""

import json

from ..settings import kept
from ..settings.quarters import Quarters
from ..settings.sealed import Damaged
from .month_account import account
from .reception import refused, told


def answer(desk, visit, detail):
    """One JSON object, its keys in docs/control.md; "months" tells which months there are."""
    folder = desk.box.folder
    months = Quarters(folder).months()
    text = visit.request.asked("month")
    try:
        month = _number(text) if text else None
    except ValueError:
        return refused(visit, "web_garbled")
    if not months:
        return told({"months": []})
    try:
        contract = kept.load("contract", folder)
    except Damaged:
        contract = None
    status, headers, _ = told(None)
    return status, headers, _pieces(account(folder, month or months[-1], contract), months)


def _number(text):
    year, _, month = text.partition("-")
    if not (len(text) == 7 and 2000 <= int(year) < 2100 and 1 <= int(month) <= 12):
        raise ValueError(text)
    return int(year) * 12 + int(month) - 1


def _pieces(steps, months):
    for found in steps:
        if found is None:
            yield b" "
        else:
            found["months"] = [_name(month) for month in months]
            yield json.dumps(found).encode()


def _name(month):
    return "%d-%02d" % (month // 12, month % 12 + 1)
