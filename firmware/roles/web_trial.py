"""Two trials with the battery: does it obey and the meter see it, does it let go when nobody speaks to it.

The sign: the battery rests, then charges (or gives, when full) 500 W, twice; the meter
must see at least half of what the battery moved, and in the right direction. The
fallback: while it works no command is given any more; its lease must lapse and the
battery come to rest by itself. Needs the installer's word that the battery may move.
Runs as a task of its own; a page asks how far it is.
"""

import asyncio
import json

from ..core.ticks import add, diff
from ..words.words import say
from .reception import refused, told

_POWER_W = 500
_SETTLE_MS, _MEAN_MS, _TURN_MS = 8000, 4000, 500
_MOVED_LEAST_W = 250
_REST_W = 150
_LET_GO_MS = 25000  # the lease of 10 s, the battery's own way down, and some


class Trial:
    """`step`: the word of what it does now, None when over; `sign`, `fallback`: as a point's answer."""

    def __init__(self):
        self.step = "trial_rest"
        self.sign = self.fallback = None


def answer(desk, visit, detail):
    """"start": {"agreed": true}; "state": {"running", "text", "sign", "fallback"} in words."""
    if detail == "start":
        try:
            agreed = json.loads(visit.request.body)["agreed"]
        except (ValueError, KeyError, TypeError):
            return refused(visit, "web_garbled")
        if agreed is not True:
            return refused(visit, "trial_not_agreed")
        if not hasattr(desk.box, "control"):
            return refused(visit, "web_only_gateway")
        if desk.trial is None or desk.trial.step is None:
            desk.trial = Trial()
            desk.box.journal.add(desk.box.clock(), "trial_began", visit.who())
            asyncio.create_task(_run(desk))
    trial = desk.trial
    found = {"running": bool(trial and trial.step), "text": ""}
    if trial and trial.step:
        found["text"] = say(visit.language, trial.step)
    for name, one in (("sign", trial and trial.sign), ("fallback", trial and trial.fallback)):
        found[name] = one and {"light": one[0], "text": say(visit.language, one[1], one[2])}
    return told(found)


async def _run(desk):
    """Both trials; whatever happens the battery is control's again afterwards."""
    box, trial = desk.box, desk.trial
    try:
        trial.sign = await _sign(box, trial)
        if trial.sign[0] != "bad":
            trial.step = "trial_silence"
            trial.fallback = await _fallback(box)
        else:
            trial.fallback = "bad", "trial_fallback_skipped", (), "pt_trial_do"
    except Exception as error:
        desk.failed(error)
        trial.sign = trial.sign or ("bad", "pt_failed", (str(error),), "pt_journal_do")
    finally:
        box.control.manual = None
        trial.step = None
        box.journal.add(box.clock(), "trial_ended", trial.sign[0], (trial.fallback or ("-",))[0])


async def _sign(box, trial):
    """(light, word, args, action)."""
    reading = box.latest.battery().reading if box.latest.battery() else None
    if reading is None or reading.power_w is None:
        return "bad", "pt_battery_none", (), "web_inverter_do"
    asked_w = _POWER_W if reading.full or (reading.soc_pct or 0) >= 97 else -_POWER_W
    battery_w = grid_w = 0
    for _ in range(2):
        trial.step = "trial_rest"
        still = await _hold(box, 0)
        trial.step = "trial_charge" if asked_w < 0 else "trial_give"
        works = await _hold(box, asked_w)
        if still is None or works is None:
            why = box.latest.decision
            return "warn", "trial_not_now", (why.rule if why else "-",), "trial_not_now_do"
        battery_w += (works[0] - still[0]) // 2
        grid_w += (works[1] - still[1]) // 2
    moved_w = battery_w if asked_w > 0 else -battery_w
    seen_w = -grid_w if asked_w > 0 else grid_w
    numbers = (asked_w, battery_w, grid_w)
    if moved_w < -_MOVED_LEAST_W:
        return "bad", "trial_reversed", numbers, "trial_reversed_do"
    if moved_w < _MOVED_LEAST_W:
        return "bad", "trial_not_obeyed", numbers, "web_display_do"
    if seen_w < -_MOVED_LEAST_W:
        return "bad", "trial_sign_wrong", numbers, "trial_sign_wrong_do"
    if seen_w * 2 < moved_w:
        return "warn", "trial_not_seen", numbers, "trial_not_seen_do"
    return "good", "trial_sign_good", numbers, None


async def _hold(box, power_w):
    """Means of (battery, grid) W once the battery had time; None when control had to do something else."""
    box.control.manual = (power_w, add(box.clock(), 4 * (_SETTLE_MS + _MEAN_MS)))
    await asyncio.sleep_ms(_SETTLE_MS)
    sums, count = [0, 0], 0
    began_ms = box.clock()
    while diff(box.clock(), began_ms) < _MEAN_MS:
        decision = box.latest.decision
        seen = box.latest.freeze(box.clock())
        if decision is None or decision.rule not in ("manual", "guard") or seen.battery_w is None:
            return None
        sums[0] += seen.battery_w
        sums[1] += seen.grid_w
        count += 1
        await asyncio.sleep_ms(_TURN_MS)
    return sums[0] // count, sums[1] // count


async def _fallback(box):
    """Nothing is said to the battery any more; how long until it rests?"""
    latest = box.latest
    driver = latest.battery()
    team, drivers = latest.team, [one for one in latest.drivers if one.commands]
    began_ms = box.clock()
    before_w = driver.reading.power_w or 0
    try:
        latest.team = None
        for one in drivers:
            one.commands = False  # who takes no commands is given none
        while diff(box.clock(), began_ms) < _LET_GO_MS:
            await asyncio.sleep_ms(_TURN_MS)
            if abs(driver.reading.power_w or 0) < _REST_W:
                break
        took_s = diff(box.clock(), began_ms) // 1000
        now_w = driver.reading.power_w or 0
    finally:
        for one in drivers:
            one.commands = True
        latest.team = team
    if abs(before_w) < _REST_W:
        return "warn", "trial_fallback_idle", (before_w,), "pt_trial_do"
    if abs(now_w) < _REST_W:
        return "good", "trial_fallback_good", (before_w, took_s), None
    return "bad", "trial_fallback_bad", (now_w, took_s), "trial_fallback_do"
