"""The running quarter as an energy budget: what may still be imported, and how fast.

Flanders bills the highest mean import of a clock quarter in the month. The meter's own
clock says where in the quarter we are, its register 1-0:1.4.0 what was used; without
that register the import counters say it, to 1 Wh (`rebuilt`). Refuses to know batteries
beyond their power and never looks at the box's own clock. Energies here are in Ws.
"""

from ..core.ticks import diff

FLOOR_W = 2500     # each month counts at least this (facts: ems 3.1)
_QUARTER_S = 900
_MARGIN_W = 150    # adders stay under what is allowed
SPARE_W = 15       # kept back all along: 1.4.0 counts in 900 Ws, and a slow battery starts late
_SPREAD_S = 20     # a surplus or a debt of energy is spent or repaid over so long
_JUMP_S = 60       # more than a lost telegram or a clock put right by seconds
_MEMORY_MS = 300000  # spikes come in groups: a hob, an oven
_WORSE_W = 1500    # how much more than the most of late may come


class Quarter:
    """`look` and `weigh` once a beat; then the three ceilings in W of grid import."""

    peak_w = FLOOR_W  # T: what this month has cost already, or what the owner accepts
    add_w = 0         # most import that charging may cause now
    shave_w = None    # import above which the battery must give; None: no clock, no budget
    mean_w = None     # D: mean of this quarter so far, as it would be billed
    rebuilt = False   # True: D comes from the counters
    jumped = False    # the meter's clock moved against ours
    closed_w = None   # mean of the quarter that just ended, for one beat
    _time = _at_ms = _start_wh = _month = _old_peak_w = _most_at_ms = None
    _own_peak_w = _most_w = _left_s = 0

    def look(self, seen, wishes):
        """Take a snapshot in: clock, used energy, month peak, T."""
        self.jumped, self.closed_w = False, None
        time = seen.meter_time
        if time is None:
            self._time = self.mean_w = None
        else:
            if self._time is not None:
                self._watch(time, seen.now_ms)
            if self._time is None or time // _QUARTER_S != self._time // _QUARTER_S:
                self._turn(time, seen)
            self._count(time, seen)
            self._time, self._at_ms = time, seen.now_ms
        self.peak_w = max(FLOOR_W, wishes.desired_peak_w, 0 if wishes.hold_peak else self.month_w(seen))

    def month_w(self, seen):
        """The month's highest quarter so far: the meter's 1.6.0, else our own record."""
        told_w = seen.month_peak_w
        if told_w is None:
            return self._own_peak_w
        if told_w == self._old_peak_w:
            return 0  # still last month's: the meter changes it when the first quarter ends
        self._old_peak_w = None
        return told_w

    def _watch(self, time, now_ms):
        apart_s = time - self._time - diff(now_ms, self._at_ms) // 1000
        if not -_JUMP_S <= apart_s <= _JUMP_S:
            self.jumped = True
            self._time = None

    def _turn(self, time, seen):
        """A quarter begins, or we do."""
        from .months import month_of
        self._start_wh = seen.import_wh
        month = month_of(time)
        if self._time is not None:
            self.closed_w = self.mean_w
            self._own_peak_w = max(self._own_peak_w, self.mean_w or 0)
        if self._start_wh is not None and (self._time is None or time - self._time > _JUMP_S):
            # Begun in mid-quarter: what was used before is not known; the worst that was paid for is assumed.
            self._start_wh -= self.peak_w * (time % _QUARTER_S) // 3600
        if self._month not in (None, month):
            self._own_peak_w, self._old_peak_w = 0, seen.month_peak_w
        self._month = month

    def _count(self, time, seen):
        self._left_s = _QUARTER_S - time % _QUARTER_S
        self.rebuilt = seen.demand_w is None
        if not self.rebuilt:
            self.mean_w = seen.demand_w
        elif seen.import_wh is not None and self._start_wh is not None:
            self.mean_w = (seen.import_wh - self._start_wh) * 4
        else:
            self.mean_w = None

    def weigh(self, load_w, most_w, now_ms):
        """Set add_w and shave_w. load_w: the house without battery; most_w: what the battery can give.

        Energy left beyond what the worst rest of the quarter would take may pass; a
        debt is repaid at once rather than at the end, when another spike may come.
        """
        if self._most_at_ms is None or load_w >= self._most_w or diff(now_ms, self._most_at_ms) > _MEMORY_MS:
            self._most_w, self._most_at_ms = load_w, now_ms
        if self.mean_w is None:
            self.add_w, self.shave_w = self.peak_w - _MARGIN_W, None
            return
        left_s = self._left_s
        left_ws = self.peak_w * _QUARTER_S - self.mean_w * _QUARTER_S
        self.add_w = max(0, min(self.peak_w, left_ws // left_s) - _MARGIN_W)
        worst_w = max(self.peak_w - SPARE_W, self._most_w + _WORSE_W - most_w)
        spare_ws = left_ws - SPARE_W * (_QUARTER_S - left_s) - worst_w * (left_s - 1)
        self.shave_w = max(0, worst_w + (spare_ws - worst_w) // min(left_s, _SPREAD_S))

    def lost(self):
        """True when this quarter will be the month's new peak whatever we do."""
        return self.mean_w is not None and self.mean_w > self.peak_w
