"""What came in over the P1 port, counted: for the status page and for the diagnosis.

Knows totals, and the verdicts on the last thirty telegrams as bits of one small int, so that a
cable mended an hour ago no longer shows. Refuses to judge.
"""

from ..core.ticks import age, diff

QUIET_MS = 12000   # the slowest meters send every 10 s
BAD_PCT = 20       # from here on it is the cable and no longer an accident
_LAST = 30
_MASK = (1 << _LAST) - 1


class Counters:
    """Written by the framer (bytes, noise, starts, lost, encrypted) and by `judged`."""

    def __init__(self):
        self.bytes = 0      # all bytes
        self.noise = 0      # bytes outside telegrams; the tail seen at plugging in is among them
        self.starts = 0     # headers seen
        self.good = 0       # checksum right, or none printed and plausible
        self.bad = 0        # checksum wrong
        self.lost = 0       # cut by the next header, or longer than the buffer
        self.encrypted = 0  # encrypted frames
        self.empty = 0      # good ones without any reading at all
        self.last_good_ms = None
        self.watch = None   # diagnosis.py's
        self.last_is_empty = False
        self._verdicts = 0  # one bit a telegram, 1 is bad, newest lowest
        self._judged = 0    # at most _LAST

    def judged(self, crc, meter, now_ms):
        """Count a whole telegram by what `telegram.parse` said of it: "ok", "none" or "bad"."""
        bad = crc == "bad"
        self._verdicts = (self._verdicts << 1 | bad) & (_MASK >> 1)
        self._judged = min(self._judged + 1, _LAST - 1)
        if bad:
            self.bad += 1
            return
        self.good += 1
        self.last_good_ms = now_ms
        self.last_is_empty = (meter.import_w is None and meter.import_t1_wh is None and meter.gas is None
                              and meter.water is None and meter.heat is None)
        if self.last_is_empty:
            self.empty += 1

    def bad_pct(self):
        """Share of bad ones among the last telegrams, 0 to 100; None before the first."""
        if not self._judged:
            return None
        bits, bad = self._verdicts, 0
        while bits:
            bad += bits & 1
            bits >>= 1
        return (bad * 100 + self._judged // 2) // self._judged

    def good_age_ms(self, now_ms):
        """Age of the last good telegram, None when there was none."""
        return age(now_ms, self.last_good_ms)

    def fine(self, now_ms):
        """True while good telegrams come: then nobody needs diagnosis.py."""
        return (self.last_good_ms is not None and diff(now_ms, self.last_good_ms) < QUIET_MS
                and self.bad_pct() < BAD_PCT and not self.last_is_empty)
