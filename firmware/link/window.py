"""Which frames of a sender were here already, and how many got lost on the way.

Knows sequence numbers of one sender's one boot: the highest seen and a bit for each
of the 32 before it. A number is taken once; one older than the window never.
"""

_WIDTH = 32
_MASK = 0xFFFFFFFF
_SAMPLE = 128


class Window:
    """`highest` and `seen` are what an ACK tells; `seen` bit 0 is highest - 1."""

    def __init__(self):
        self.highest = None
        self.seen = 0
        self._sent = 0
        self._came = 0

    def take(self, seq):
        """None: new, and now noted. Else the word of the counter it belongs to: "repeated" or "old"."""
        if self.highest is None:
            self.highest = seq
            return None
        ahead = seq - self.highest
        if ahead > 0:
            bits = (self.seen << 1 | 1) << (ahead - 1) if ahead <= _WIDTH else 0
            self.seen = bits & _MASK
            self.highest = seq
            self._count(ahead)
            return None
        if ahead == 0:
            return "repeated"
        if ahead < -_WIDTH:
            return "old"
        bit = 1 << (-ahead - 1)
        if self.seen & bit:
            return "repeated"
        self.seen |= bit
        self._came += 1
        return None

    def _count(self, ahead):
        """One came, `ahead` were sent; the past fades by halves, a long silence counts as one sample."""
        self._sent += min(ahead, _SAMPLE)
        self._came += 1
        if self._sent > _SAMPLE:
            self._sent >>= 1
            self._came >>= 1

    def loss_pct(self):
        """Frames that did not come, of the last hundred or so; None before the second one."""
        if not self._sent:
            return None
        return max(0, 100 - self._came * 100 // self._sent)
