"""The gateway's side of a pairing: somebody typed a MAC-ID and a POP code; is that box there, and is it true?

    PAIR_1  gateway -> box   nonce, closed by the code: "I know it"
    PAIR_2  box -> gateway   nonce, closed by the code and both nonces: "so do I"
    PAIR_3  gateway -> box   name, channel, closed likewise: "then it is so"
    HELLO   box -> gateway   closed by the new pair key: both have it

Lost frames are sent again. Knows one attempt; refuses to store anything.
"""

from ..core.ticks import add, diff
from .packet import BEACON, PAIR_1, PAIR_2, PAIR_3, PAIR_NO, body_of, build
from .pair_keys import LATER, NONCE, pair_key, proof_pads, root_of, step_pads
from .seal import closed

_AGAIN_MS = 200
_MOST_MS = 40000


class Claim:
    """`state`: "calling", "answered", then "paired" (set from outside) or "failed", `why`: a word.

    gateway, member: MACs of 6 bytes; pop: tidy text; nonce: 16 fresh random bytes; replaces: MAC of the
    box whose place this one takes, or None. `key` is the pair key from "answered" on.
    """

    def __init__(self, gateway, member, pop, nonce, name, channel, replaces, now_ms):
        self.member = member
        self.name = name
        self.replaces = replaces
        self.state = "calling"
        self.why = None
        self.wait_s = 0
        self.key = None
        self.route = None
        self.peer = None   # of the new key, while "answered"
        self.told = False  # the end of it was reported
        self._gateway = gateway
        self._root = root_of(pop)
        self._nonce = nonce
        self._channel = channel
        self._nonces = None
        self._next_ms = now_ms
        self._end_ms = add(now_ms, _MOST_MS)

    def feed(self, frame, now_ms):
        """Take a BEACON, PAIR_2 or PAIR_NO from `member`. True when it led to something."""
        kind, body = frame[1], body_of(frame)
        if self.state == "failed" or self.state == "paired":
            return False
        if kind == BEACON:
            self._next_ms = now_ms  # it listens to this channel for a moment
            return True
        if kind == PAIR_NO and self.state == "calling" and body[2:] == self._nonce:
            self.wait_s = body[1]
            self._fail("pair_wait" if body[0] == LATER else "pair_wrong_code")
            return True
        return kind == PAIR_2 and len(body) == NONCE and self._answered(frame, body, now_ms)

    def _answered(self, frame, body, now_ms):
        nonces = self._nonce + body
        if self.key or not closed(frame, step_pads(self._root, b"2", self._gateway, self.member, nonces)):
            return False
        self._nonces = nonces
        self.key = pair_key(self._root, self._gateway, self.member, nonces)
        self.state = "answered"
        self._next_ms = now_ms
        return True

    def _fail(self, why):
        self.state, self.why = "failed", why

    def turn(self, now_ms):
        """Let time pass: a claim that nobody answers fails."""
        if self.state in ("calling", "answered") and diff(now_ms, self._end_ms) >= 0:
            self._fail("pair_not_found" if self.state == "calling" else "pair_not_confirmed")

    def due(self, now_ms):
        """A frame to send to `member` now, or None."""
        if self.state not in ("calling", "answered") or diff(now_ms, self._next_ms) < 0:
            return None
        self._next_ms = add(now_ms, _AGAIN_MS)
        if self.state == "calling":
            pads = proof_pads(self._root, self._gateway, self.member)
            return build(PAIR_1, 0, 0, self._gateway, 0, 0, 0, self.member + self._nonce, pads)
        body = bytes([self._channel]) + self.name.encode()[:100]
        pads = step_pads(self._root, b"3", self._gateway, self.member, self._nonces)
        return build(PAIR_3, 0, 0, self._gateway, 0, 0, 0, self.member + body, pads)
