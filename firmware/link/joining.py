"""How boxes come together: who is asked for its code, who may ask for ours, and who is out there alone.

Knows the two sides of pairing by name and brings them into memory only while somebody
pairs. Refuses to know sessions: what pairing makes is handed to the hub.
"""

from ..core.modules import forget
from ..core.ticks import add, diff
from . import packet
from .packet import BEACON, BROADCAST, PAIR_1, PAIR_3
from .throttle import Throttle

_BEACON_MS = 1000
_IDLE_MS = 60000
_FOUND_MOST = 8
_ROOM = __name__.rsplit(".", 1)[0]


class Joining:
    """`found`: MACs of boxes without a gateway heard lately, newest last. `throttle`: of wrong codes.

    pop: a member's own code, or None; wrong: codes refused in earlier lives; random: function (n) -> n bytes.
    """

    def __init__(self, mac, random, pop, wrong, now_ms):
        self.found = []
        self.claim = None        # gateway: the pairing under way, or the last one
        self.throttle = Throttle(wrong, now_ms)
        self._mac = mac
        self._random = random
        self._pop = pop
        self._candidate = None
        self._idle_ms = now_ms   # the candidate is let go then
        self._beacon_ms = now_ms
        self._answer = None      # (route, mac, frame)

    # The gateway's side

    def start(self, mac, pop, name, channel, replaces, now_ms):
        """Begin to claim the box `mac`; ValueError while wrong codes must be waited for."""
        wait_ms = self.throttle.wait_ms(now_ms)
        if wait_ms:
            raise ValueError("wait %d s after a wrong code" % ((wait_ms + 999) // 1000))
        from .claim import Claim
        self.claim = Claim(self._mac, mac, pop, self._random(16), name, channel, replaces, now_ms)
        return self.claim

    def heard(self, kind, mac, frame, now_ms, route):
        """Gateway: a pairing frame. True when `claim.key` has just been made."""
        if kind == BEACON:
            self._note(mac)
        claim = self.claim
        if claim is None or mac != claim.member:
            return False
        if claim.route is None or kind != BEACON:
            claim.route = route
        was = claim.why
        made = claim.feed(frame, now_ms)
        if claim.why != was:  # the box said no
            self.throttle.failed(now_ms)
        return made

    def _note(self, mac):
        if mac in self.found:
            self.found.remove(mac)
        self.found = self.found[1 - _FOUND_MOST :] + [mac]

    # The member's side

    def asked(self, kind, mac, frame, now_ms, route):
        """Member: a pairing frame; what came of it (see Candidate.feed) or None."""
        if self._pop is None or kind not in (PAIR_1, PAIR_3):
            return None
        if self._candidate is None:
            if kind == PAIR_3:
                return None
            from .candidate import Candidate
            self._candidate = Candidate(self._mac, self._pop, self.throttle, self._random)
        self._idle_ms = add(now_ms, _IDLE_MS)
        answer, result = self._candidate.feed(frame, now_ms)
        if answer:
            self._answer = route, mac, answer
        return result

    def forget(self):
        """What was agreed is used or void: a recorded end of that pairing must fit nothing."""
        if self._candidate:
            self._candidate = None
            self._let_go()

    def _let_go(self):
        forget(*[_ROOM + "." + name for name in ("candidate", "claim", "pair_keys")])

    # Time and the way out

    def turn(self, now_ms):
        """The claim, when it has just failed; else None."""
        if self._candidate and diff(now_ms, self._idle_ms) >= 0:
            self.forget()
        claim = self.claim
        if claim is None:
            return None
        claim.turn(now_ms)
        if claim.state == "failed" and not claim.told:
            claim.told = True
            self._let_go()
            return claim
        return None

    def due(self, now_ms, alone):
        """(route, mac, frame) to send now, or None. `alone`: a member without a gateway, it calls out."""
        if self._answer:
            answer, self._answer = self._answer, None
            return answer
        claim = self.claim
        frame = claim.due(now_ms) if claim else None
        if frame:
            return claim.route, claim.member, frame
        if alone and self._pop is not None and diff(now_ms, self._beacon_ms) >= 0:
            self._beacon_ms = add(now_ms, _BEACON_MS)
            return None, BROADCAST, packet.build(BEACON, 0, 0, self._mac, 0, 0, 0, b"", None)
        return None

    def call(self, now_ms):
        """On another channel: say at once that we are here."""
        self._beacon_ms = now_ms
