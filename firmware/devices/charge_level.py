"""State of charge, made trustworthy: a jump needs a second witness.

It knows that a battery's level moves by a percent in minutes, never by ten in a second,
and that a device now and then says 0 after a bad frame. It refuses to guess: an unconfirmed
jump leaves the old level, and three readings that make no sense leave None.
"""


_JUMP_PCT = 10
_AGREE_PCT = 2
_NONSENSE = 3


class ChargeLevel:
    """`pct` is the level to believe, None while unknown."""

    def __init__(self):
        self.pct = None
        self._doubted = None
        self._nonsense = 0

    def hear(self, raw):
        """Take one reading (0..100, or None where the register made no sense); returns `pct`."""
        if raw is None:
            self._nonsense += 1
            if self._nonsense >= _NONSENSE:
                self.pct = None
            return self.pct
        self._nonsense = 0
        doubted, self._doubted = self._doubted, None
        if not self._strange(raw) or (doubted is not None and abs(raw - doubted) <= _AGREE_PCT):
            self.pct = raw
        else:
            self._doubted = raw
        return self.pct

    def _strange(self, raw):
        if self.pct is None:
            return raw == 0
        return abs(raw - self.pct) > _JUMP_PCT or (raw == 0 and self.pct != 0)
