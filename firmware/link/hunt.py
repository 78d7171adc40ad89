"""Which radio channel to listen on while the gateway is not to be heard.

The gateway's access point fixes the channel; where it is, only trying tells: a HELLO
on each of 1 to 13 and a moment's wait, some seven tenths of a second for a round
(facts: micropython B2). The last known channel is tried first and oftenest. A box
whose own access point is in use by a phone should not hunt: `rest`.
"""

from ..core.ticks import add, diff

_DWELL_MS = 50
_PATIENCE_MS = 1500  # on the known channel first: a gateway that restarts comes back there
_CHANNELS = 13


class Hunt:
    """`channel`: the one to be on now, 1 to 13."""

    def __init__(self, channel, now_ms):
        self.channel = channel or 1
        self.known = channel or 0   # where the gateway was heard last; 0: never
        self._step = 0
        self._next_ms = add(now_ms, _PATIENCE_MS if channel else 0)

    def found(self):
        """The gateway is heard here. True when this is another channel than the known one."""
        self._step = 0
        moved = self.known != self.channel
        self.known = self.channel
        return moved

    def rest(self, now_ms):
        """Stay where we are for now."""
        self._next_ms = add(now_ms, _PATIENCE_MS)

    def turn(self, now_ms):
        """True when `channel` is another one now and a HELLO should go out on it; only while alone."""
        if diff(now_ms, self._next_ms) < 0:
            return False
        self._step += 1
        self._next_ms = add(now_ms, _DWELL_MS)
        if self.known and self._step % 5 == 0:
            self.channel = self.known
        else:
            self.channel = (self._step - self._step // 5 if self.known else self._step) % _CHANNELS + 1
        return True
