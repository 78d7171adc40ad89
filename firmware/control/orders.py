"""What somebody by hand, else a plan, asks of the battery for a while; in memory once somebody does.

An order is (power_w, until_ms) in Control.manual or Control.plan; power_w None rests. It
exports nothing and makes no new peak: safety, forced charging and the quarter guard are above it.
"""

from ..core.ticks import diff


def ordered(control, load_w, seen):
    """What a hand, else a plan, asks for while it is valid. It exports nothing."""
    for rule in ("manual", "plan"):
        asked = getattr(control, rule)
        if asked is None:
            continue
        left_s = diff(asked[1], seen.now_ms) // 1000
        if left_s <= 0:
            setattr(control, rule, None)
            continue
        if rule == "plan" and not _plan_may(control, asked[0]):
            continue
        power_w = asked[0]
        if power_w is not None and power_w > 0:
            power_w = max(0, min(power_w, load_w))
        elif power_w:
            power_w = max(power_w, min(0, load_w - control.quarter.add_w))
        return rule, power_w, ("why_" + rule, power_w, left_s // 60 + 1)


def _plan_may(control, power_w):
    """Recharging goes on whatever the plan; the buffer is insurance, not merchandise."""
    zone = control.zone.name
    return zone == "balance" or (zone == "peak" and ((power_w or 0) <= 0 or control.wishes.plan_buffer))
