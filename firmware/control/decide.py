"""The ranked rules: a snapshot and the owner's wishes in, one decision out.

Highest rank first: off, safe, force, quarter guard, manual, plan, the band of the
charge. The guard may only lift what a lower rule wants. Words and numbers of the rule
that won go all the way to the owner's page. Hardware limits are not here: the envelope
is the last gate and trusts no rule.

A band is two numbers, the grid power kept from below and from above; between the two
the battery rests. Recharging is "import desired_peak", shaving "import at most peak".
"""

from ..core.readings import Decision
from ..core.ticks import diff
from .follow import Follow
from .quarter import FLOOR_W, SPARE_W, Quarter
from .safe import Safe
from .zones import Zone

UNDER_W = 40   # dead band and step of the loop: charging stays under the desired peak, not about it
_MEAN_S = 600
_GUARD_W = 100  # less than this is 1.4.0's coarseness, not the guard's decision


class Control:
    """The memory between two beats, and nothing a device, meter or radio said."""

    manual = None   # (power_w or None, until_ms): what somebody asked for by hand
    plan = None     # (power_w, until_ms): what a planner asks for (orders.py)
    calm_ms = None  # until when the planner's P90 of the load stays under the peak: recharging may wait
    aside_w = 0     # load the battery need not serve: a car in TURBO or MAX (loads.py)
    trial = None    # what commission.py remembers; False: no step test any more
    charge_cap_w = 0  # fuse.py's
    keep = None     # keep({setting: value}): where the step test's findings are stored
    account = None  # the month's receipt (receipt.py), where it is kept
    keep_quarter = None  # keep_quarter(record): puts a quarter on flash
    news = None     # (word, numbers) for the journal, taken by whoever writes it

    def __init__(self, wishes):
        self.wishes = wishes
        self.safe = Safe()
        self.follow = Follow()
        self.quarter = Quarter()
        self.zone = Zone()
        self._sum_ws = 0
        self._last_ms = None
        self._told_w = self._rebuilt = None

    def decide(self, seen):
        """core Snapshot -> core Decision; call once a beat, never twice for one."""
        wishes, quarter = self.wishes, self.quarter
        quarter.look(seen, wishes)
        self._tell(seen)
        if self.account:
            self.account.take(seen, quarter.closed_w)
            if self.account.closed and self.keep_quarter:
                self.keep_quarter(self.account.closed)
        if not wishes.enabled:
            return self._neutral("off", ("why_off",))
        why = self.safe.why(seen, quarter.jumped)
        if why:
            return self._neutral("safe", why)
        load_w = seen.grid_w + seen.battery_w
        self._average(load_w, seen.now_ms)
        can_give = not seen.empty and seen.soc_pct > wishes.min_soc_pct
        quarter.weigh(load_w, (seen.discharge_max_w or 0) if can_give else 0, seen.now_ms)
        self.zone.move(seen, wishes, self._sum_ws // _MEAN_S)
        if wishes.dead_ms is None and self.trial is not False and self._on_trial(seen):
            return Decision("trial", self.follow.power_w, ("why_trial", self.follow.power_w))
        if self.zone.name == "force":
            from .force import force
            rule, want_w, why = force(self, load_w, seen)
        else:
            rule, want_w, why = self._ordered(load_w, seen) or self._band(load_w, seen)
            need_w = self._guarded(load_w)
            if need_w is not None and need_w > (want_w or 0):
                if need_w > (want_w or 0) + _GUARD_W:
                    word = "why_guard_lost" if quarter.lost() else "why_guard"
                    rule, why = "guard", (word, quarter.mean_w, quarter.peak_w, quarter.shave_w)
                want_w = need_w
        if want_w is None:
            return self._neutral(rule, why)
        if wishes.fuse_a and seen.current_ma:
            from .fuse import fused
            want_w, why = fused(self, want_w, why, seen)
        power_w = self.follow.step(seen, want_w, wishes, rule in ("balance", "full"))
        self.zone.asked(power_w, seen)
        return Decision(rule, power_w, why)

    def _on_trial(self, seen):
        """True while the step test runs; what that takes is in memory until it was made."""
        from .commission import attempt
        return attempt(self, seen)

    def _ordered(self, load_w, seen):
        """What a hand or a plan asks for; most houses have neither, nor its code in memory."""
        if self.manual is None and self.plan is None:
            return None
        from .orders import ordered
        return ordered(self, load_w, seen)

    def _guarded(self, load_w):
        """The least the battery must give (or most it may take, negative) for the bill; None: no say."""
        shave_w = self.quarter.shave_w
        if shave_w is None:
            return None  # no clock: the bands keep to the peak literally
        return load_w - shave_w

    def _band(self, load_w, seen):
        wishes, quarter, zone = self.wishes, self.quarter, self.zone
        target_w, peak_w = wishes.target_w, quarter.peak_w
        if zone.name == "balance":
            rule, word = ("full", "why_full") if zone.full else ("balance", "why_balance")
            served_w = load_w - self.aside_w
            if self.aside_w:
                return rule, served_w - target_w, ("why_aside", served_w, self.aside_w)
            numbers = (seen.soc_pct,) if zone.full else (load_w, target_w)
            return rule, served_w - target_w, (word,) + numbers
        high_w = peak_w - SPARE_W
        if quarter.shave_w is not None and not wishes.strict:
            high_w = max(high_w, quarter.shave_w)
        if zone.name == "peak":
            return "peak", _between(load_w, target_w, high_w), ("why_peak", load_w, peak_w)
        low_w = min(wishes.desired_peak_w - UNDER_W, quarter.add_w)
        want_w = _between(load_w, low_w, high_w)
        return "recharge", want_w, ("why_recharge", seen.soc_pct, zone.top_pct, low_w)

    def _tell(self, seen):
        """What the journal should say: a higher month peak, a meter that does not count quarters."""
        quarter = self.quarter
        month_w = quarter.month_w(seen)
        if self._told_w is not None and month_w > max(self._told_w, FLOOR_W, self.wishes.desired_peak_w):
            self.news = ("peak_adopted", month_w)
        self._told_w = month_w
        if quarter.rebuilt and not self._rebuilt:
            self.news = ("quarter_rebuilt",)
        self._rebuilt = quarter.rebuilt

    def _average(self, load_w, now_ms):
        """A mean that forgets in about ten minutes, kept as its sum so that no watt is rounded away."""
        if self._last_ms is None:
            self._last_ms = now_ms
        past_s = diff(now_ms, self._last_ms) // 1000
        if past_s:
            self._last_ms = now_ms
            self._sum_ws += (load_w - self._sum_ws // _MEAN_S) * max(0, min(_MEAN_S, past_s))

    def _neutral(self, rule, why):
        self.follow.rest()
        return Decision(rule, None, why)


def _between(load_w, low_w, high_w):
    """Battery power that keeps the grid from low to high: 0 while the load itself does."""
    if load_w < low_w:
        return load_w - low_w
    return load_w - high_w if load_w > high_w else 0
