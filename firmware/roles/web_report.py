"""The commissioning report: made on the box of what it measures and holds, kept on flash, told with a sum.

Written piece by piece, one point after the other; no secret is in it. Loaded with a request.
"""

import json

from ..core.modules import forget_parts
from ..core.version import VERSION
from ..settings import report_file
from .reception import refused, told


def answer(desk, visit, detail):
    """"make": {"now_s"} -> {"ok"}; "read": {"sha256", "report"} or null."""
    box = desk.box
    status, headers, _ = told(None)
    if detail == "read":
        return status, headers, report_file.told(box.folder)
    try:
        now_s = int(json.loads(visit.request.body).get("now_s") or 0)
    except (ValueError, TypeError, AttributeError):
        return refused(visit, "web_garbled")
    desk.phone_s, desk.language = now_s, visit.language
    try:
        report_file.save(box.folder, _pieces(desk, visit, now_s))
    except OSError as error:
        return refused(visit, "settings_not_saved", (str(error),), 500)
    finally:
        forget_parts("roles", "web_check web_points web_points_box")
    box.journal.add(box.clock(), "web_report_made", visit.who())
    return told({"ok": True})


def _pieces(desk, visit, now_s):
    """The report as JSON, in pieces of bytes."""
    from .web_check import POINTS, point
    from .web_devices import _known
    box = desk.box
    own = {"ssid": box.identity.ssid, "mac": box.identity.mac, "serial": box.identity.serial,
           "version": VERSION, "board": box.board.name, "role": box.settings.get("role")}
    now_ms = box.clock()
    made_s = now_s if box.journal.began_s is None else box.journal.began_s + box.journal.tick(now_ms)
    head = {"made_s": made_s, "by": visit.session.role if visit.session else "", "language": visit.language,
            "box": own}
    yield json.dumps(head)[:-1].encode()
    yield b', "points": ['
    for number in range(len(POINTS)):
        found = point(desk, number, visit.language)
        yield (", " if number else "").encode() + json.dumps(found).encode()
    yield b'], "devices": '
    yield json.dumps(_known(box)).encode()
    yield b', "settings": {'
    apart = ""
    for name in _shown(box):
        yield ("%s%s: %s" % (apart, json.dumps(name), json.dumps(box.settings.get(name)))).encode()
        apart = ", "
    yield b"}}"


def _shown(box):
    """Names of the settings a report tells: those that differ from their defaults and some always."""
    from ..settings.store import given
    from ..settings.values import forget_start
    names = sorted(given(box.settings))
    forget_start()
    always = ("control.buffer_pct", "control.desired_peak_w", "control.min_soc_pct", "modbus.model",
              "modbus.station", "web.ap_minutes", "web.lan")
    return names + [one for one in always if one not in names]
