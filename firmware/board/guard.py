"""Watchdog, resets and the record that survives them: what keeps a box from dying quietly.

Knows the hardware's side of it; how runs are judged is record.py's. A reset by
`reset()` is marked as meant, so that it never counts towards safe mode; every
other end of a run does (a panic, a watchdog, a brown-out: facts: micropython E).
"""

import machine

from ..core.modules import forget_parts
from .record import Record


class Guard:
    """One a run. `record` is what the last run left, already judged by `begin`."""

    def __init__(self):
        self._memory = machine.RTC()
        self.record = Record(self._recall())
        self.last_words = self.record.last_words
        self.failed_before = self.record.begin()
        self.record.last_words = ""
        forget_parts("board", "recall")
        self._keep()

    def safe_mode(self):
        """True: start as little as possible, command nothing."""
        return self.record.safe_mode()

    def alive(self, uptime_s):
        """Note that this run has lasted `uptime_s`; 120 s of it wipe the slate. Call every few seconds."""
        self.record.uptime_s = uptime_s
        if uptime_s >= 120 and self.record.failed:
            self.record.healthy()
        self._keep()

    def watchdog(self, timeout_ms):
        """Start the watchdog; returns the function that feeds it. It cannot be stopped again."""
        return machine.WDT(timeout=timeout_ms).feed

    def reset(self, words="", meant=True):
        """Restart the chip, leaving `words` for the next run. `meant` False counts as a failed run."""
        self.record.last_words = words
        self.record.meant = meant
        self._keep()
        machine.reset()

    def reset_cause(self):
        """ "power", "hard", "watchdog", "sleep", "soft" or "unknown". A brown-out reads as "power"
        with a record that is still known, and is then called "dip"."""
        from .recall import cause
        word = cause(machine, self.record.known)
        forget_parts("board", "recall")
        return word

    def _recall(self):
        try:
            return bytes(self._memory.memory())
        except (AttributeError, ValueError):
            return b""

    def _keep(self):
        try:
            self._memory.memory(self.record.pack())
        except AttributeError:  # a port without such memory: nothing to keep it in
            pass
