"""A ring of short records: what happened, in words that can be translated.

A record is (number, uptime_s, epoch_s or None, code, args): `code` is a word of
firmware/words, `args` the numbers or names it speaks of. Nothing here goes to
flash, and no caller may hand over a secret. The same code with the same args within
a minute is left out (a loose cable must not push the reason for yesterday's stop
out of sight). Numbers and dates are not kept but reckoned: a full ring is 1.4 kB.
"""

from .ticks import diff

_REPEAT_S = 60


class Journal:
    """The `size` newest records. `began_s`: epoch of uptime 0, by whoever keeps the time; None: unknown."""

    def __init__(self, size=40):
        self.began_s = None
        self._size = size
        self._records = []  # (uptime_s, code, arg, …), oldest first
        self._number = 0    # of the newest one
        self._uptime_s = 0
        self._last_ms = None

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
        """Note `code` with `args`; its number, None for a repeat within a minute."""
        uptime_s = self.tick(now_ms)
        if self._repeats(uptime_s, code, args):
            return None
        self._records.append((uptime_s, code) + args)
        if len(self._records) > self._size:
            self._records.pop(0)
        self._number += 1
        return self._number

    def after(self, number):
        """Records with a number above `number`, oldest first."""
        first = self._number - len(self._records) + 1
        found = []
        for i in range(max(0, number + 1 - first), len(self._records)):
            at_s, code = self._records[i][:2]
            date = None if self.began_s is None else self.began_s + at_s
            found.append((first + i, at_s, date, code, self._records[i][2:]))
        return found

    def _repeats(self, uptime_s, code, args):
        """Does the newest record of that code say the same, less than a minute ago?"""
        for i in range(len(self._records) - 1, -1, -1):
            record = self._records[i]
            if uptime_s - record[0] >= _REPEAT_S:
                return False
            if record[1] == code:
                return record[2:] == args
        return False
