"""How boxes come together: who is asked for its code, who may ask for ours, and who is out there alone.

Knows the hub and the two sides of a pairing, claim.py and candidate.py; in memory
only while somebody pairs. Refuses to know files: the events "paired" and "wrong_codes"
tell a role what to keep.
"""

from ..core.ticks import add, diff
from .packet import BEACON, BROADCAST, HELLO, PAIR_1, PAIR_2, PAIR_3, build
from .throttle import Throttle

_BEACON_MS = 1000
_FOUND_MOST = 8


class Joining:
    """`found`: MACs of boxes without a gateway heard lately, newest last; `claim`: the last one, or None."""

    def __init__(self, hub, now_ms):
        self.found = []
        self.claim = None
        self.throttle = Throttle(hub.wrong, now_ms)
        self._hub = hub
        self._candidate = None
        self._beacon_ms = now_ms
        self._answer = None      # (route, mac, frame)

    # The gateway's side

    def start(self, mac, pop, name, now_ms, replaces=None):
        """Pair with the box of that MAC (6 bytes) and code (tidy text): event "paired" or "pair_failed".

        `replaces`: MAC of the box whose place it takes. ValueError: too soon after a wrong code.
        """
        wait_ms = self.throttle.wait_ms(now_ms)
        if wait_ms:
            raise ValueError("wait %d s after a wrong code" % ((wait_ms + 999) // 1000))
        from .claim import Claim
        hub = self._hub
        self.claim = Claim(hub.mac, mac, pop, hub.random(16), name, hub.channel, replaces, now_ms)
        return self.claim

    def feed(self, kind, mac, frame, now_ms, route):
        """Take a BEACON or a pairing frame; one that leads to nothing is counted as a stranger's."""
        wrong = self.throttle.wrong
        if self._hub.gateway:
            taken = self._heard(kind, mac, frame, now_ms, route)
        else:
            taken = kind in (PAIR_1, PAIR_3) and self._asked(kind, mac, frame, now_ms, route)
        self._hub.counters["good" if taken else "stranger"] += 1
        if self.throttle.wrong != wrong:
            self._hub.wrong = self.throttle.wrong
            self._hub.say(None, "wrong_codes", index=self.throttle.wrong)

    def _heard(self, kind, mac, frame, now_ms, route):
        if kind == BEACON:
            self.found = [one for one in self.found if one != mac][1 - _FOUND_MOST :] + [mac]
        claim = self.claim
        if claim is None or mac != claim.member:
            return False
        key = claim.key
        if not claim.feed(frame, now_ms):
            return False
        claim.route = route
        if claim.key != key:
            claim.peer = self._hub.make(mac, claim.key, now_ms)
        if claim.why == "pair_wrong_code":
            self.throttle.failed(now_ms)
        return True

    def confirms(self, mac, frame, now_ms, route):
        """Gateway: is this the HELLO that ends a claim? Then its Peer is one of the hub's, True."""
        claim = self.claim
        if claim is None or claim.state != "answered" or mac != claim.member or frame[1] != HELLO:
            return False
        good = self._hub.counters["good"]
        peer = claim.peer
        peer.feed(frame, None, now_ms)
        if self._hub.counters["good"] == good:
            return False
        claim.state = "paired"
        self.throttle.clear()
        peer.name, peer.replaces, peer.route = claim.name, claim.replaces, route
        self._hub.remove(claim.replaces)
        self._hub.remove(mac)
        self._hub.peers.append(peer)
        self._hub.say(peer, "paired")
        return True

    # The member's side

    def _asked(self, kind, mac, frame, now_ms, route):
        if self._hub.pop is None:
            return False
        if self._candidate is None:
            if kind == PAIR_3:
                return False
            from .candidate import Candidate
            self._candidate = Candidate(self._hub.mac, self._hub.pop, self.throttle, self._hub.random)
        answer, result = self._candidate.feed(frame, now_ms)
        if answer:
            self._answer = route, mac, answer
        if self._hub.hunt and (result or answer):
            self._hub.hunt.rest(now_ms)
        if result:
            self._agreed(result, now_ms, route)
        return bool(result or (answer and answer[1] == PAIR_2))

    def _agreed(self, result, now_ms, route):
        """A member has one gateway: another one is forgotten. The HELLO says that we have the key.

        From here on a recording of this pairing fits nothing; our HELLOs need no PAIR_3 to be repeated.
        """
        self._candidate = None
        hub = self._hub
        hub.peers = []
        peer = hub.add(result[0], result[1], now_ms)
        peer.name = result[2]
        peer.route = route
        hub.say(peer, "paired")
        peer.call()

    # Time and the way out

    def turn(self, now_ms):
        """Let time pass."""
        claim = self.claim
        if claim is None:
            return
        claim.turn(now_ms)
        if claim.state == "failed" and not claim.told:
            claim.told = True
            self._hub.say(None, "pair_failed", claim.why, None, claim.wait_s)

    def due(self, now_ms):
        """(route, mac, frame) to send now, or None."""
        if self._answer:
            answer, self._answer = self._answer, None
            return answer
        claim = self.claim
        frame = claim.due(now_ms) if claim else None
        if frame:
            return claim.route, claim.member, frame
        hub = self._hub
        if hub.gateway or hub.peers or not hub.pop:
            return None
        if self._beacon_ms is None or diff(now_ms, self._beacon_ms) >= 0:
            self._beacon_ms = add(now_ms, _BEACON_MS)
            return None, BROADCAST, build(BEACON, 0, 0, hub.mac, 0, 0, 0, b"", None)
        return None

    def call(self):
        """On another channel: say at once that we are here."""
        self._beacon_ms = None
