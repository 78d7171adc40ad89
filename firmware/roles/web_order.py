"""The battery by hand, over the API: a power for a while, as a lease. Loaded with a request."""

import json

from ..core.ticks import add
from .reception import refused, told

_W_MOST = 50000
_S_MOST = 3600


def answer(desk, visit, detail):
    """"order": {"power_w": -500, "for_s": 60}: + discharges, - charges, null ends it; safety is above."""
    if detail != "order":
        from .web_loads import answer as of_loads
        return of_loads(desk, visit, detail)
    box = desk.box
    try:
        body = json.loads(visit.request.body)
        power_w, for_s = body["power_w"], body.get("for_s", 30)
        good = power_w is None or (_whole(power_w) and abs(power_w) <= _W_MOST)
    except (ValueError, KeyError, TypeError, AttributeError):
        return refused(visit, "web_garbled")
    if not good or not _whole(for_s) or not 1 <= for_s <= _S_MOST:
        return refused(visit, "web_order_bounds", (_W_MOST, _S_MOST))
    if not hasattr(box, "control"):
        return refused(visit, "web_only_gateway")
    now_ms = box.clock()
    box.control.manual = None if power_w is None else (power_w, add(now_ms, for_s * 1000))
    box.journal.add(now_ms, "web_order", visit.who(), "-" if power_w is None else power_w, for_s)
    return told({"ok": True})


def _whole(value):
    return isinstance(value, int) and value is not True and value is not False
