"""How the port may have to be set, and when to try the next way: found by listening.

Knows four settings and how long each deserves. Belgium and everyone since DSMR 4 sends 115200 8N1
on an inverted line; DSMR 2.2 and 3.0 send 9600 7E1; a cable or a board may invert once more. All
meters send within 10 s, so 12 s without a telegram is long enough. Pure: refuses to know the port.
"""

from ..core.ticks import diff

NAMES = "115200 9600 115200_straight 9600_straight"  # what the setting p1.profile may say, in this order
COUNT = 4
_TRY_MS = 12000
_LOSE_MS = 60000  # a profile that worked is left only after a minute: cables do get pulled


def profile(index):
    """(baud, bits, parity (None, or 0 for even, as machine.UART has it), stop bits, line inverted)."""
    return (9600, 7, 0, 1, index < 2) if index % 2 else (115200, 8, None, 1, index < 2)


class Listener:
    """Decides which profile the port should have now.

    `name`: one of NAMES keeps to that row; "auto" and anything else listens, because a meter that
    is heard is worth more than a setting that is wrong. `sure`: a telegram came with `current`.
    `rounds`: how often all four were tried in vain.
    """

    def __init__(self, name="auto"):
        names = NAMES.split()
        self._fixed = name in names
        self._index = names.index(name) if self._fixed else 0
        self.current = profile(self._index)
        self.sure = False
        self.rounds = 0
        self._good = 0
        self._since_ms = None

    def turn(self, counters, now_ms):
        """The row to open the port with now, or None: go on as you are. Says the first row at once."""
        if self._since_ms is None:
            self._since_ms = now_ms
            return self.current
        if counters.good != self._good:
            self._good = counters.good
            self._since_ms = now_ms
            self.sure = True
            self.rounds = 0
        if self._fixed or diff(now_ms, self._since_ms) < (_LOSE_MS if self.sure else _TRY_MS):
            return None
        return self._following(now_ms)

    def _following(self, now_ms):
        self.sure = False
        self._since_ms = now_ms
        self._index = (self._index + 1) % COUNT
        if self._index == 0:
            self.rounds += 1
        self.current = profile(self._index)
        return self.current
