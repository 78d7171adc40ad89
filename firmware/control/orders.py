"""What somebody by hand, else a plan, asks of the battery for a while; in memory once somebody does.

An order is (power_w, until_ms) in Control.manual or Control.plan; power_w None rests. A plan may also be
(low_w, high_w, until_ms, word): two grid powers between which the battery rests, None where that side is
left alone, so that it fits the load that comes and not the one foretold. Nothing here exports or makes a
new peak: safety, forced charging and the quarter guard are above it.

Recharging the buffer waits for no price, but for a plan that has seen that no peak can come
(Control.calm_ms, facts: ems A12) and does not want to charge now: then the buffer only shaves.
"""

from ..core.ticks import diff


def ordered(control, load_w, seen):
    """What a hand, else a plan, asks for while it is valid. It exports nothing."""
    for rule in ("manual", "plan"):
        asked = getattr(control, rule)
        if asked is None:
            continue
        left_s = diff(asked[-2 if len(asked) > 2 else 1], seen.now_ms) // 1000
        if left_s <= 0:
            setattr(control, rule, None)
            continue
        if control.zone.name == "recharge" and rule == "plan":
            if _charges(asked) or control.calm_ms is None or diff(control.calm_ms, seen.now_ms) <= 0:
                continue
            return rule, _banded(control, (0, None), load_w), ("why_plan_waits", control.zone.top_pct)
        if len(asked) > 2:
            want_w = _banded(control, asked, load_w)
            return rule, want_w, (_word(asked, want_w, load_w), left_s // 60 + 1)
        if rule == "plan" and not _plan_may(control, asked[0]):
            continue
        power_w = asked[0]
        if power_w is not None and power_w > 0:
            power_w = max(0, min(power_w, load_w))
        elif power_w:
            power_w = max(power_w, min(0, load_w - control.quarter.add_w))
        return rule, power_w, ("why_" + rule, power_w, left_s // 60 + 1)


def _banded(control, asked, load_w):
    """Battery power for a band of grid powers; in the buffer it only charges and shaves."""
    low_w, high_w, quarter = asked[0], asked[1], control.quarter
    served_w = load_w - control.aside_w
    if high_w is None or control.zone.name == "peak" and not control.wishes.plan_buffer:
        # Without a clock there is no guard that lifts this: then the peak is kept literally.
        high_w = quarter.peak_w if quarter.shave_w is None else load_w
    if served_w > max(0, high_w):
        return served_w - max(0, high_w)
    if low_w is not None and load_w < min(low_w, quarter.add_w):
        return load_w - min(low_w, quarter.add_w)
    return 0


def _word(asked, want_w, load_w):
    """The plan's own word, or what the band makes of a load that was not foretold."""
    if want_w < 0:
        return "plan_charge_sun" if load_w < 0 and (asked[0] or 0) <= 0 else asked[3]
    if want_w:
        return "plan_shave" if asked[1] != 0 else "plan_feed"
    return "plan_rest"


def _charges(asked):
    """True for a plan that charges from the grid: then recharging does it."""
    return (asked[0] or 0) > 0 if len(asked) > 2 else (asked[0] or 0) < 0


def _plan_may(control, power_w):
    """Recharging goes on whatever the plan; the buffer is insurance, not merchandise."""
    zone = control.zone.name
    return zone == "balance" or (zone == "peak" and ((power_w or 0) <= 0 or control.wishes.plan_buffer))
