"""The live line of the status page: once a second what has changed, as server-sent events.

A field is sent when it differs from what this reader was sent last, the lights when one of
them says something else, looked at each ten seconds: that keeps it under 300 bytes a second
and spares a page the question. Knows the fields; the box makes them.
"""

import asyncio
import json

from ..core.modules import forget_parts
from ..words.words import say

FIELDS = ("grid_w", "load_w", "battery_w", "solar_w", "soc_pct", "set_w")
_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\nretry: 3000\n\n"
_TURN_MS = 1000
_SILENCE_TURNS = 15   # then a comment, so that a reader who is gone is noticed
_TURNS_MOST = 1800    # half an hour; the page asks again by itself
_PATIENCE_MS = 5000
_LIGHTS_TURNS = 10


async def live(box, writer, language):
    """Until the reader goes."""
    writer.write(_HEAD.encode())
    sent, silent, shown = {}, 0, None
    for turn in range(_TURNS_MOST):
        values = fields(box, language)
        changed = {name: values[name] for name in values if name not in sent or sent[name] != values[name]}
        silent += 1
        if turn % _LIGHTS_TURNS == 0:
            lit = _lights(box, language)
            if lit != shown:
                changed["lights"] = shown = lit
        if changed or silent >= _SILENCE_TURNS:
            text = "data: %s\n\n" % json.dumps(changed) if changed else ":\n\n"
            writer.write(text.encode())
            await asyncio.wait_for_ms(writer.drain(), _PATIENCE_MS)
            sent, silent = values, 0
        await asyncio.sleep_ms(_TURN_MS)


def _lights(box, language):
    """As GET lights; the file that makes them is in memory for as long as that takes."""
    from .web_status import lights
    try:
        return lights(box, language)
    finally:
        forget_parts("roles", "web_status")


def fields(box, language):
    """name -> value of what moves on the status page; powers in W, ages in s, None: not known."""
    told = box.status(box.clock())
    values = {name: told.get(name) for name in FIELDS}
    if hasattr(box, "latest"):  # a gateway: the quarter as the meter tells it
        snapshot = box.latest.freeze(box.clock())
        values["demand_w"], values["month_peak_w"] = snapshot.demand_w, snapshot.month_peak_w
    values["rule"] = told.get("rule")
    command = box.latest.command if hasattr(box, "latest") else None
    values["why"] = say(language, command.why[0], command.why[1:]) if command else ""
    return values
