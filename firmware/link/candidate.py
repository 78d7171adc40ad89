"""The other side of a pairing: an extender or slave is asked for what stands on its sticker.

claim.py tells the story. A wrong code is answered "no" and counted, and the next is
looked at after 1, 2, 4 … 60 seconds. A box that is paired already listens too: who
proves the code again may take it over; until then its pairing stays as it is.
"""

from .packet import PAIR_1, PAIR_2, PAIR_3, PAIR_NO, body_of, build, head
from .pair_keys import LATER, NONCE, WRONG, pair_key, proof_pads, root_of, step_pads
from .seal import closed


class Candidate:
    """mac: our own; pop: tidy text; throttle: counts wrong codes; random: function (n) -> n bytes."""

    def __init__(self, mac, pop, throttle, random):
        self._throttle = throttle
        self._mac = mac
        self._root = root_of(pop)
        self._random = random
        self._gateway = None   # of the attempt under way
        self._nonces = None
        self._refused = None   # nonce of the last wrong one: sent again it is the same one

    def feed(self, frame, now_ms):
        """Take a PAIR_1 or PAIR_3; (answer, result): a frame to send back or None; what pairing made or None.

        result: (gateway's MAC, pair key, our name, channel). Anything odd gives (None, None).
        """
        kind, _, _, gateway, _, _, _ = head(frame)
        body = body_of(frame)
        if body[:6] != self._mac:
            return None, None
        if kind == PAIR_1 and len(body) == 6 + NONCE:
            return self._asked(frame, gateway, body[6:], now_ms), None
        if kind == PAIR_3 and len(body) > 6 and gateway == self._gateway:
            return None, self._told(frame, gateway, body[6:])
        return None, None

    def _asked(self, frame, gateway, nonce, now_ms):
        """PAIR_2, or PAIR_NO: a wrong code, or one that is not looked at yet."""
        if nonce == self._refused:
            return self._no(nonce, WRONG, now_ms)
        if self._throttle.wait_ms(now_ms):
            return self._no(nonce, LATER, now_ms)
        if not closed(frame, proof_pads(self._root, gateway, self._mac)):
            self._throttle.failed(now_ms)
            self._refused = nonce
            return self._no(nonce, WRONG, now_ms)
        self._throttle.clear()
        if gateway != self._gateway or self._nonces is None or self._nonces[:NONCE] != nonce:
            self._gateway = gateway
            self._nonces = nonce + self._random(NONCE)
        pads = step_pads(self._root, b"2", gateway, self._mac, self._nonces)
        return build(PAIR_2, 0, 0, self._mac, 0, 0, 0, self._nonces[NONCE:], pads)

    def _no(self, nonce, why, now_ms):
        wait_s = min(255, (self._throttle.wait_ms(now_ms) + 999) // 1000)
        return build(PAIR_NO, 0, 0, self._mac, 0, 0, 0, bytes([why, wait_s]) + nonce, None)

    def _told(self, frame, gateway, body):
        if not closed(frame, step_pads(self._root, b"3", gateway, self._mac, self._nonces)):
            return None
        try:
            name = body[1:].decode()
        except UnicodeError:
            name = ""
        return gateway, pair_key(self._root, gateway, self._mac, self._nonces), name, body[0]
