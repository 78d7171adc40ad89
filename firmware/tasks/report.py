"""What a box tells whoever listens on its console (USB on a board): status and journal.

One JSON object a line, `{"status": …}` once a second and `{"journal": …}` for each
new record; the setting `console` chooses both, the journal only, or nothing. Knows
the shape of the lines; refuses to hold anything of its own.
"""

import asyncio
import json
import sys

from ..words.words import say

_TURN_MS = 1000
_NESTED = ("box_says", "box_refused", "box_set")  # args: the box, the word it used, what that speaks of


async def report(box):
    """Endless; `box` is a role with settings, journal, clock and `status(now_ms)`."""
    number = 0
    while True:
        await asyncio.sleep_ms(_TURN_MS)
        console = box.settings.get("console")
        if console == "off":
            continue
        number = tell_journal(box, number)
        if console == "status":
            json.dump({"status": box.status(box.clock())}, sys.stdout)  # piece by piece: no kilobyte of text
            print()


def tell_journal(box, number):
    """Print the records after `number`; returns the newest number."""
    language = box.settings.get("language")
    for record in box.journal.after(number):
        number, uptime_s, epoch_s, code, args = record
        print(json.dumps({"journal": {
            "n": number, "uptime_s": uptime_s, "time": epoch_s, "code": code,
            "args": args, "text": text_of(language, code, args)}}))
    return number


def text_of(language, code, args):
    """A record as a sentence; one of another box is its name and that box's own sentence."""
    if code in _NESTED:
        args = (args[0], say(language, args[1], args[2:]))
    return say(language, code, args)
