"""The self-test: one point a question, so that no answer takes long; each with a reason and what to do."""

import json

from ..words.words import say
from . import web_points, web_points_box
from .reception import refused, told

# In the order of the guide: supply, meter, inverter, battery, other boxes, network, box, what was filled in.
POINTS = ("supply line telegrams checksum content phases bus inverter identity passive battery sign fallback "
          "link network time memory access bands house contract").split(" ")


def answer(desk, visit, detail):
    """{"n": 0, "now_s": the phone's clock} -> the point; "of": how many there are."""
    try:
        body = json.loads(visit.request.body)
        name = POINTS[int(body["n"])]
        desk.phone_s = int(body.get("now_s") or 0)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return refused(visit, "web_garbled")
    desk.language = visit.language
    return told(point(desk, name, visit.language))


def point(desk, name, language):
    """{"id", "of", "title", "light", "text", "do"} of one point; one that fails is a bad point."""
    room = web_points if hasattr(web_points, name) else web_points_box
    try:
        light, word, args, action = getattr(room, name)(desk, desk.box.clock())
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        desk.failed(error)
        light, word, args, action = "bad", "pt_failed", (str(error),), "pt_journal_do"
    return {"id": name, "of": len(POINTS), "light": light, "title": say(language, "pt_title_" + name),
            "text": say(language, word, args),
            "do": say(language, action) if action and light in ("warn", "bad") else ""}
