"""How long to wait after wrong codes: 1, 2, 4 … 60 seconds, never for ever (facts: device 4.5)."""

from ..core.ticks import add, diff

_MOST_S = 60
TELL_FROM = 4  # from so many wrong ones on the count is worth keeping over a restart


class Throttle:
    """`wrong`: codes since the last right one, as it was kept; a restart begins with that count's wait."""

    def __init__(self, wrong, now_ms):
        self.wrong = wrong
        self._until_ms = None
        if wrong:
            self._begin(now_ms)

    def wait_ms(self, now_ms):
        """Milliseconds until the next code is looked at; 0: now."""
        if self._until_ms is None:
            return 0
        left = diff(self._until_ms, now_ms)
        if left <= 0:
            self._until_ms = None  # no instant is kept for days: ticks wrap
            return 0
        return left

    def failed(self, now_ms):
        """One more wrong code."""
        self.wrong = min(self.wrong + 1, 255)
        self._begin(now_ms)

    def clear(self):
        """A right code, or the button."""
        self.wrong = 0
        self._until_ms = None

    def _begin(self, now_ms):
        self._until_ms = add(now_ms, min(1 << min(self.wrong - 1, 6), _MOST_S) * 1000)
