"""Charging gives way to the main fuse, phase by phase; in memory only where the fuse is told."""

_VOLT = 230
_STEP_W = 100


def fused(control, want_w, why, seen):
    """(W, reason) under the cap: down at once, up slowly.

    Which phase the battery is on nobody told, so the fullest one counts.
    """
    fuse_a, cap_w = control.wishes.fuse_a, control.charge_cap_w
    fullest_ma = max([ma or 0 for ma in seen.current_ma])
    spare_w = (fuse_a * 1000 - fullest_ma) * _VOLT // 1000
    if spare_w < 0:
        cap_w = max(0, min(cap_w, -seen.battery_w) + spare_w - _STEP_W)
    elif spare_w > 4 * _STEP_W:
        cap_w = min(seen.charge_max_w or 0, cap_w + _STEP_W)
    control.charge_cap_w = cap_w
    if -want_w > cap_w:
        return -cap_w, ("why_fuse", fullest_ma // 1000, fuse_a)
    return want_w, why
