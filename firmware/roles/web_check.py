"""The self-test: one point a question, so that no answer takes long; each with a reason and what to do."""

import json

from ..words.words import say
from . import web_points, web_points_box
from .reception import refused, told

# In the order of the guide: supply, meter, inverter, battery, other boxes, network, box, what was filled in.
POINTS = web_points.POINTS + web_points_box.POINTS


def answer(desk, visit, detail):
    """{"n": 0, "now_s": the phone's clock} -> the point; "of": how many there are."""
    try:
        body = json.loads(visit.request.body)
        number = int(body["n"])
        if not 0 <= number < len(POINTS):
            raise ValueError(number)
        desk.phone_s = int(body.get("now_s") or 0)
    except (ValueError, KeyError, TypeError, AttributeError):
        return refused(visit, "web_garbled")
    desk.language = visit.language
    return told(point(desk, number, visit.language))


def point(desk, number, language):
    """{"id", "of", "title", "light", "text", "do"} of one point; one that fails is a bad point."""
    name, judge = POINTS[number]
    try:
        light, word, args, action = judge(desk, desk.box.clock())
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        desk.failed(error)
        light, word, args, action = "bad", "pt_failed", (str(error),), "pt_journal_do"
    return {"id": name, "of": len(POINTS), "light": light, "title": say(language, "pt_title_" + name),
            "text": say(language, word, args),
            "do": say(language, action) if action and light in ("warn", "bad") else ""}
