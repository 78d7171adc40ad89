"""Which of the owner's bands the battery's charge is in, with latches, as rows.

Levels in percent: 0 the minimum, 1 a percent above it, 2 half the buffer, 3 the whole
buffer, 4 beyond it by the hysteresis. Down is at once, up must last a minute, so that
nothing chatters on an edge. Refuses to know watts, meters and what a band means.
"""

from ..core.ticks import diff

_DWELL_MS = 60000
_HYSTERESIS_PCT = 2
_MOST_PCT = 95        # minimum and buffer together stay under a full battery (facts: A11)
_TAKES_NO_MORE_W = 100
_LEAVES_FULL_PCT = 98
_LEAVES_FULL_W = 50

# (in, level, True: at or above / False: below, then)
_MOVES = (
    ("force", 1, True, "recharge"),
    ("recharge", 0, False, "force"),
    ("recharge", 3, True, "peak"),
    ("peak", 0, False, "force"),
    ("peak", 2, False, "recharge"),
    ("peak", 4, True, "balance"),
    ("balance", 0, False, "force"),
    ("balance", 3, False, "peak"),
)


class Zone:
    """`name`: force, recharge, peak or balance; `full`: the battery takes no more."""

    name = None
    full = False
    top_pct = 0  # where recharging ends
    _since_ms = _refused_ms = None

    def move(self, seen, wishes, mean_load_w):
        """The band of this beat. mean_load_w: of the last ten minutes, widens the hysteresis."""
        floor = wishes.min_soc_pct
        self.top_pct = top = max(floor, min(floor + wishes.buffer_pct, _MOST_PCT))
        back = top + max(_HYSTERESIS_PCT, _ten_minutes_pct(mean_load_w, wishes.capacity_wh))
        # Coming down, the buffer's own edge belongs to the buffer: "at or below" is "below one more".
        levels = (floor, floor + 1, (floor + top + 1) // 2, top, min(back, 99))
        soc = seen.soc_pct
        if self.name is None:
            self.name = _first(soc, levels)
        for row in _MOVES:
            if row[0] == self.name and self._holds(row, soc, levels, seen.now_ms):
                self.name = row[3]
                self._since_ms = None
                break
        if top == floor and self.name in ("recharge", "peak"):
            self.name = "balance"  # no buffer, no bands of it
        self._fill(seen)

    def _holds(self, row, soc, levels, now_ms):
        level = levels[row[1]]
        if not row[2]:
            return soc < level or (soc == level and row[0] == "balance" and row[1] == 3 and level > levels[0])
        if soc < level:
            self._since_ms = None
            return False
        if self._since_ms is None:
            self._since_ms = now_ms
        return diff(now_ms, self._since_ms) >= _DWELL_MS

    def asked(self, power_w, seen):
        """What was asked of the battery, to notice that it takes no more without saying so."""
        if power_w is None or power_w > -2 * _TAKES_NO_MORE_W or seen.battery_w < -_TAKES_NO_MORE_W:
            self._refused_ms = None
        elif self._refused_ms is None:
            self._refused_ms = seen.now_ms

    def _fill(self, seen):
        refused = self._refused_ms is not None and diff(seen.now_ms, self._refused_ms) >= _DWELL_MS
        if seen.grid_w + seen.battery_w > _LEAVES_FULL_W:
            self.full = False
        elif seen.full or seen.soc_pct >= 100 or refused:
            self.full = True
        elif seen.soc_pct <= _LEAVES_FULL_PCT and self._refused_ms is None:
            self.full = False


def _first(soc, levels):
    """After a start without history."""
    if soc < levels[0]:
        return "force"
    if soc < levels[2]:
        return "recharge"
    return "balance" if soc > levels[3] else "peak"


def _ten_minutes_pct(mean_load_w, capacity_wh):
    # Ten minutes of the mean load, in percent of the battery: 100 / 6 of it.
    return mean_load_w * 100 // (6 * capacity_wh) if capacity_wh and mean_load_w > 0 else 0
