"""Flexible loads over the API: who drives one tells its draw and is told its ceiling. Loaded with a request.

What was told counts for a minute; then the load is taken to be silent, gets nothing, and what it
draws counts as the house's.
"""

import json

from ..control.loads import HEARD_MS, MODES
from ..settings.values import save
from .reception import refused, told

_W_MOST = 50000


def answer(desk, visit, detail):
    """detail: "known", or "told": {"name": "car", "now_w": 3600, "mode": "eco" or left out}."""
    box = desk.box
    control = getattr(box, "control", None)
    loads = control.loads.loads if hasattr(control, "loads") else ()
    if detail == "known":
        return told([_shown(load) for load in loads])
    try:
        body = json.loads(visit.request.body)
        name, now_w, mode = body["name"], body["now_w"], body.get("mode")
        good = _whole(now_w) and 0 <= now_w <= _W_MOST and (mode is None or mode in MODES)
    except (ValueError, KeyError, TypeError, AttributeError):
        return refused(visit, "web_garbled")
    found = [load for load in loads if load.name == name]
    if not found:
        return refused(visit, "web_no_load", (str(name), ", ".join([load.name for load in loads]) or "-"))
    if not good:
        return refused(visit, "web_load_bounds", (_W_MOST, ", ".join(MODES)))
    load = found[0]
    load.now_w, load.told_ms = now_w, box.clock()
    if mode and mode != load.mode:
        load.mode = mode
        try:
            box.settings.change({"loads." + name + "_mode": mode})
            save(box.folder, box.settings)
        except OSError as error:
            return refused(visit, "settings_not_saved", (str(error),), 500)
    return told(dict(_shown(load), for_s=HEARD_MS // 1000))


def _shown(load):
    return {"name": load.name, "mode": load.mode, "most_w": load.most_w, "least_w": load.least_w,
            "now_w": load.now_w, "ceiling_w": load.ceiling_w, "running": load.running}


def _whole(value):
    return isinstance(value, int) and value is not True and value is not False
