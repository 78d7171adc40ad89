"""Charts: the last hour from memory, the last day from the quarters on flash. Streams rows, holds none."""

import json

from ..core.modules import forget_parts
from .reception import told

_DAY = 96
_TEXT_MOST = 480


def answer(desk, visit, detail):
    """?span=hour: [[grid_w, battery_w, solar_w], …] each half minute; day: [[epoch_s, import_w, export_w]]"""
    if detail == "account":
        from .web_account import answer as of_month
        return of_month(desk, visit, detail)
    if visit.request.asked("span") == "day":
        rows = _day(desk.box)
    else:
        rows = desk.history.rows() if desk.history else ()
    status, headers, _ = told(None)
    return status, headers, _pieces(rows)


def _day(box):
    """Quarters of the last 24 hours by the box's clock; nothing while it has none."""
    if box.journal.began_s is None:
        return
    from ..control.months import first_quarter, month_of
    from ..settings.quarters_tail import tail
    now_s = box.journal.began_s + box.journal.tick(box.clock())
    newest = now_s // 900
    try:
        for month in range(month_of(now_s - 86400), month_of(now_s) + 1):
            for number, import_w, export_wh in tail(box.folder, month, first_quarter(month), _DAY):
                if newest - _DAY <= number <= newest:
                    yield number * 900, import_w, export_wh * 4
    finally:
        forget_parts("settings", "quarters_tail")
        forget_parts("control", "months")


def _pieces(rows):
    text = "["
    for row in rows:
        text += (json.dumps(row) if len(text) < 2 else "," + json.dumps(row))
        if len(text) > _TEXT_MOST:
            yield text.encode()
            text = " " * 2  # no longer the first: longer than "["
    yield (text + "]").encode()
