"""Why nothing, or nothing good, comes from the meter: one word and its numbers.

Knows the signs (facts: p1.md section 11): what the counters say of the last seconds and the level
of the receive pin. A powered meter holds its line low; a pin that stays high has no meter at the
other end, or a port that the grid company keeps shut, which also cuts the 5 V. The sentences, and
`<word>_do` with the next thing to do, are in firmware/words. Refuses to know ports and languages.
"""

from ..core.ticks import diff
from .counters import BAD_PCT, QUIET_MS

_READABLE = 400     # bytes among which a header must have been; the shortest real telegram has 212


def diagnose(counters, line_level, now_ms):
    """-> (word, number…). `line_level`: receive pin 0 or 1, None where it cannot be read.

    p1_good (bad %), p1_bad_checksum (bad %), p1_not_opened (telegrams without readings),
    p1_encrypted (frames), p1_rubbish (bytes), p1_no_light (s), p1_silent (s). Ask every few
    seconds at most: it goes by what moved since it was asked last.
    """
    if counters.watch is None:
        counters.watch = _Watch(counters, now_ms)
    return counters.watch.diagnose(counters, line_level, now_ms)


class _Watch:
    """When each counter last moved; it lives on the counters it watches."""

    def __init__(self, counters, now_ms):
        self._byte_ms = now_ms       # when bytes last came
        self._start_ms = None        # when a header last came
        self._encrypted_ms = None
        self._good_ms = counters.last_good_ms
        self._bytes = self._starts = self._encrypted = self._good = 0
        if counters.good:  # the port was fine until now: what came then is no news
            self._bytes, self._starts = counters.bytes, counters.starts
            self._encrypted, self._good = counters.encrypted, counters.good
        self._bytes_at_start = 0     # bytes when the last header came

    def diagnose(self, counters, line_level, now_ms):
        """See the function above."""
        self._look(counters, now_ms)
        if self._recent(self._good_ms, now_ms):
            return self._telegrams(counters)
        if self._recent(self._encrypted_ms, now_ms):
            return "p1_encrypted", counters.encrypted
        if self._recent(self._start_ms, now_ms):
            return "p1_bad_checksum", 100 if counters.bad_pct() is None else counters.bad_pct()
        quiet_s = diff(now_ms, self._byte_ms) // 1000
        if line_level == 1:  # an open line may still give the receiver zeros
            return "p1_no_light", quiet_s
        rubbish = counters.bytes - self._bytes_at_start
        if rubbish >= _READABLE and self._recent(self._byte_ms, now_ms):
            return "p1_rubbish", rubbish
        return "p1_silent", quiet_s

    def _telegrams(self, counters):
        bad_pct = counters.bad_pct()
        if bad_pct >= BAD_PCT:
            return "p1_bad_checksum", bad_pct
        if counters.last_is_empty:
            return "p1_not_opened", counters.empty
        return "p1_good", bad_pct

    def _look(self, counters, now_ms):
        """Note when each counter last moved."""
        if counters.bytes != self._bytes:
            self._bytes = counters.bytes
            self._byte_ms = now_ms
        if counters.starts != self._starts:
            self._starts = counters.starts
            self._start_ms = now_ms
            self._bytes_at_start = counters.bytes
        if counters.encrypted != self._encrypted:
            self._encrypted = counters.encrypted
            self._encrypted_ms = now_ms
        if counters.good != self._good:
            self._good = counters.good
            self._good_ms = now_ms

    def _recent(self, at_ms, now_ms):
        return at_ms is not None and diff(now_ms, at_ms) < QUIET_MS
