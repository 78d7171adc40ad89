"""All the boxes that this one speaks with: whose frame is this, what goes out next, who comes and goes.

Feed and ask, never wait. Knows the peers by MAC, counts strangers, joins what pairing
made to what flash remembered; refuses to know files, radios and what a reading is for.
"""

from ..core.ticks import add, diff
from . import packet
from .counters import Counters
from .joining import Joining
from .packet import BEACON, HELLO, PAIR_NO, UNPAIR
from .peer import Peer
from .session import Session

_LEAVE_MS = 20000
_EVENTS_MOST = 40


class Hub:
    """mac: our own, 6 bytes; boot: this life's number (settings/peers.py); gateway: True on the box that
    decides; random: function (n) -> n random bytes of the chip; channel: the radio's, 0 when there is none;
    pop: a member's own code, tidy text, or None; wrong: codes refused so far; hunt: a member's Hunt, or None.
    """

    def __init__(self, mac, boot, gateway, random, now_ms, channel=0, pop=None, wrong=0, hunt=None):
        self.mac = mac
        self.boot = boot
        self.gateway = gateway
        self.peers = []
        self.counters = Counters()
        self.channel = channel
        self.hunt = hunt
        self.joining = Joining(mac, random, pop, wrong, now_ms)
        self._tune = hunt is not None
        self._turn = 0
        self._events = []

    # Who is there

    def add(self, mac, key, now_ms, name="", kind="", carries=()):
        """A box we are paired with, from flash or just paired, instead of one of that MAC. Returns its Peer."""
        self.remove(mac)
        peer = self._peer_of(mac, key, now_ms)
        peer.name, peer.kind, peer.carries = name, kind, carries
        self.peers.append(peer)
        return peer

    def _peer_of(self, mac, key, now_ms):
        peer = Peer(mac, Session(self.mac, key, self.gateway, self.boot), self.counters, now_ms)
        peer.channel = self.channel
        return peer

    def remove(self, mac):
        """Forget a peer without telling it."""
        self.peers = [peer for peer in self.peers if peer.mac != mac]

    def peer(self, mac):
        """The Peer of that MAC, or None."""
        for peer in self.peers:
            if peer.mac == mac:
                return peer
        return None

    def unpair(self, mac, now_ms):
        """Tell a peer that it is free; it is forgotten when it has heard or after 20 s: event "unpaired"."""
        peer = self.peer(mac)
        if peer:
            peer.send(UNPAIR, b"", None, now_ms)
            peer.leaving_ms = add(now_ms, _LEAVE_MS if peer.online() else 0)

    def claim(self, mac, pop, name, now_ms, replaces=None):
        """Gateway: pair with the box of that MAC and code (tidy text). Ends in "paired" or "pair_failed".

        `replaces`: MAC of the box whose place it takes. ValueError: too soon after a wrong code.
        """
        return self.joining.start(mac, pop, name, self.channel, replaces, now_ms)

    # What comes in

    def feed(self, frame, rssi, now_ms, route=None):
        """Take a frame as it came, whatever it is; never raises. What it says is asked for with `event`."""
        word = packet.fault(frame)
        if word:
            self.counters.count(word)
            return
        kind, mac = frame[1], bytes(frame[5:11])
        if mac == self.mac:
            return  # our own broadcast, come back
        if BEACON <= kind <= PAIR_NO:
            self._pairing(kind, mac, frame, now_ms, route)
            return
        peer = self.peer(mac)
        if kind == HELLO and self._confirms(mac, frame, now_ms, route):
            return
        if peer is None:
            self.counters.count("stranger")
            return
        self._fed(peer, frame, rssi, now_ms, route)

    def _fed(self, peer, frame, rssi, now_ms, route):
        good, was = self.counters.good, peer.online()
        event = peer.feed(frame, rssi, now_ms)
        if self.counters.good == good:
            return
        peer.route = route
        if peer.session.behind:
            self._rise(peer.session.behind + 1)
        if self.hunt:
            self.hunt.rest(now_ms)
            if peer.online() and self.hunt.found(now_ms):
                self._say(None, "channel", index=self.hunt.channel)
        if peer.online() and not was:
            self.joining.forget()
            self._say(peer, "online")
        if event and peer.leaving_ms is None:
            self._say(peer, *event)

    def _say(self, peer, word, body=None, stamp_ms=None, index=0):
        """A role that does not ask loses the oldest: memory is bounded."""
        self._events = self._events[1 - _EVENTS_MOST :] + [(peer, word, body, stamp_ms, index)]

    def event(self):
        """The next (peer, word, body, stamp_ms, index), or None.

        word: see packet.WORDS and docs/link.md; peer is None for "channel", "boot", "wrong_codes" (the
        number is in index) and "pair_failed" (word of why in body, seconds to wait in index).
        """
        return self._events.pop(0) if self._events else None

    def _rise(self, boot):
        """A peer knows a later life of ours than this: our counter was lost. Begin anew above it."""
        self.boot = boot
        for peer in self.peers:
            peer.session.reboot(boot)
            peer.call()
        self._say(None, "boot", index=boot)

    # Who joins

    def _pairing(self, kind, mac, frame, now_ms, route):
        joining = self.joining
        wrong = joining.throttle.wrong
        if self.gateway:
            if joining.heard(kind, mac, frame, now_ms, route):
                joining.claim.peer = self._peer_of(mac, joining.claim.key, now_ms)
        else:
            result = joining.asked(kind, mac, frame, now_ms, route)
            if result:
                self._joined_gateway(result, now_ms, route)
        if joining.throttle.wrong != wrong:
            self._say(None, "wrong_codes", index=joining.throttle.wrong)

    def _joined_gateway(self, result, now_ms, route):
        """Member: the pairing is agreed. A member has one gateway: another one is forgotten."""
        mac, key, name, _ = result
        peer = self.peer(mac)
        if peer is None or peer.session.key != key:
            self.peers = []
            peer = self.add(mac, key, now_ms, name, "gateway")
            self._say(peer, "paired")
        peer.route = route
        peer.call()

    def _confirms(self, mac, frame, now_ms, route):
        """Gateway: is this the HELLO that ends a claim?"""
        claim = self.joining.claim
        if claim is None or claim.state != "answered" or mac != claim.member:
            return False
        peer = claim.peer
        good = self.counters.good
        peer.feed(frame, None, now_ms)
        if self.counters.good == good:
            return False
        claim.confirmed()
        self._take_place(claim, peer)
        peer.route = route
        self._say(peer, "paired")
        return True

    def _take_place(self, claim, peer):
        """The new peer comes in; the box it replaces, and its own older self, go out."""
        old = self.peer(claim.replaces) if claim.replaces else self.peer(peer.mac)
        peer.name, peer.kind, peer.carries = claim.name, "extender", ()
        if old:
            peer.name, peer.kind, peer.carries = claim.name or old.name, old.kind, old.carries
        self.remove(claim.replaces)
        self.remove(peer.mac)
        self.peers.append(peer)

    # Time and the way out

    def turn(self, now_ms):
        """Let time pass; call some times a second. What it brings is asked for with `event`."""
        alone = True
        for peer in self.peers:
            was = peer.leaving_ms
            if was is not None and diff(now_ms, was) >= 0:
                self.remove(peer.mac)
                self.joining.forget()
                self._say(peer, "unpaired")
                continue
            told = peer.turn(now_ms)
            if told == "offline":
                self._say(peer, "offline")
            elif told is not None:
                self._say(peer, "undelivered", index=told)
            alone = alone and not peer.online()
        failed = self.joining.turn(now_ms)
        if failed:
            self._say(None, "pair_failed", failed.why, None, failed.wait_s)
        if alone and self.hunt and self.hunt.turn(now_ms):
            self._move()
            self.joining.call(now_ms)

    def _move(self):
        self._tune = True
        for peer in self.peers:
            peer.call()

    def tune(self):
        """The channel to put the radio on before anything is sent, once; else None."""
        if not self._tune:
            return None
        self._tune = False
        self.channel = self.hunt.channel
        for peer in self.peers:
            peer.channel = self.channel
        return self.channel

    def due(self, now_ms):
        """(route, mac, frame) to put on the air now, or None; ask until None. route None: not known yet."""
        out = self.joining.due(now_ms, not self.gateway and not self.peers)
        if out:
            return out
        for _ in range(len(self.peers)):  # in turns: one peer with much to say does not hush the others
            self._turn = (self._turn + 1) % len(self.peers)
            peer = self.peers[self._turn]
            frame = peer.due(now_ms)
            if frame:
                return peer.route, peer.mac, frame
        return None
