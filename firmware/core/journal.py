"""A ring of short records: what happened, in words that can be translated.

A record is (number, uptime_s, epoch_s or None, code, args): `code` is a word of
firmware/words, `args` the numbers or names it speaks of. Nothing here goes to
flash, and no caller may hand over a secret. The same code within a minute is
counted on the first record instead of filling the ring (a loose cable must not
push the reason for yesterday's stop out of sight).
"""

from .ticks import diff

_REPEAT_MS = 60000


class Journal:
    """`size` newest records; `lost` counts those that fell out unread."""

    def __init__(self, size=40):
        self._size = size
        self._records = []
        self._number = 0
        self._seen = {}
        self._uptime_s = 0
        self._last_ms = None
        self.epoch_s = None  # set by whoever keeps the time

    def tick(self, now_ms):
        """Move uptime on; call at least once a day (ticks wrap)."""
        if self._last_ms is None:
            self._last_ms = now_ms
        whole_s = diff(now_ms, self._last_ms) // 1000
        if whole_s > 0:
            self._uptime_s += whole_s
            self._last_ms = (self._last_ms + whole_s * 1000) & 0x3FFFFFFF
        return self._uptime_s

    def add(self, now_ms, code, *args):
        """Note `code` with `args`; a repeat within a minute is only counted."""
        uptime_s = self.tick(now_ms)
        seen = self._seen.get(code)
        if seen and seen[1] == args and diff(now_ms, seen[0]) < _REPEAT_MS:
            seen[2] += 1
            return None
        if len(self._seen) > self._size:
            self._seen.clear()
        self._seen[code] = [now_ms, args, 0]
        self._number += 1
        self._records.append((self._number, uptime_s, self.epoch_s, code, args))
        if len(self._records) > self._size:
            self._records.pop(0)
        return self._number

    def after(self, number):
        """Records with a number above `number`, oldest first."""
        return [record for record in self._records if record[0] > number]
