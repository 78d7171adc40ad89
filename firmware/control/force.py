"""Below the minimum: the battery is charged whatever the hour, within what the desired peak leaves.

In memory only in a house where that happens. Knows no latch: zones.py says when.
"""

from .decide import UNDER_W

_TRICKLE_W = 150  # a battery far below its minimum is fed although the house is busy
_TRICKLE_PCT = 3


def force(control, load_w, seen):
    """Below the minimum: charge with what the desired peak leaves, never give."""
    wishes, quarter = control.wishes, control.quarter
    most_w = min(wishes.desired_peak_w - UNDER_W, quarter.add_w)
    floor_pct = wishes.min_soc_pct
    if load_w < most_w:
        return "force", load_w - most_w, ("why_force", seen.soc_pct, floor_pct, most_w)
    if seen.soc_pct < floor_pct - _TRICKLE_PCT and load_w + _TRICKLE_W <= quarter.peak_w:
        return "force", -_TRICKLE_W, ("why_trickle", seen.soc_pct, load_w)
    return "force", 0, ("why_force_waits", seen.soc_pct, load_w, most_w)
