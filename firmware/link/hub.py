"""All the boxes that this one speaks with: whose frame is this, what goes out next, what has happened.

Feed and ask, never wait. Knows the peers by MAC, and counts strangers. Pairing is
brought into memory only while it is needed (joining.py). Refuses to know files,
radios and what a reading is for.
"""

from ..core.modules import forget
from ..core.ticks import add, diff
from .packet import BEACON, PAIR_NO, UNPAIR, fault
from .peer import Peer
from .session import Session

_LEAVE_MS = 20000
_IDLE_MS = 90000  # longer than a throttle's longest wait
_EVENTS_MOST = 40
_ROOM = "firmware.link."


class Hub:
    """mac: our own, 6 bytes; boot: this life's number (settings/peers.py); gateway: True on the box that
    decides; random: function (n) -> n random bytes of the chip; channel: the radio's, 0 when there is none;
    pop: a member's own code, tidy text, or None; wrong: codes refused so far; hunt: a member's Hunt, or None.
    """

    def __init__(self, mac, boot, gateway, random, now_ms, channel=0, pop=None, wrong=0, hunt=None):
        self.mac = mac
        self.boot = boot
        self.gateway = gateway
        self.random = random
        self.channel = channel
        self.pop = pop
        self.wrong = wrong
        self.hunt = hunt
        self.peers = []
        self.counters = dict(good=0, repeated=0, old=0, forged=0, stranger=0, version=0, short=0, late=0)
        self._joining = None
        self._idle_ms = now_ms  # pairing leaves memory then
        self._events = []
        self._turn = 0
        self._tune = hunt is not None

    # Who is there

    def add(self, mac, key, now_ms):
        """A box we are paired with, from flash or just paired; one of that MAC goes. Returns its Peer."""
        self.remove(mac)
        peer = self.make(mac, key, now_ms)
        self.peers.append(peer)
        return peer

    def make(self, mac, key, now_ms):
        """A Peer that is not among `peers`: pairing has not ended yet."""
        session = Session(self.mac, key, self.gateway, self.boot)
        session.channel = self.channel
        return Peer(mac, session, self.counters, now_ms)

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
            peer.leaving_ms = add(now_ms, _LEAVE_MS if peer.online else 0)

    def joining(self, now_ms):
        """Pairing (joining.py), in memory for a while; `joining(now_ms).start(…)` claims a box."""
        if self._joining is None:
            from .joining import Joining
            self._joining = Joining(self, now_ms)
        self._idle_ms = add(now_ms, _IDLE_MS)
        return self._joining

    def _let_go(self):
        self._joining = None
        forget(*[_ROOM + name for name in ("joining", "claim", "candidate", "pair_keys", "throttle")])

    # What comes in

    def feed(self, frame, rssi, now_ms, route=None):
        """Take a frame as it came, whatever it is; never raises. What it says is asked for with `event`."""
        word = fault(frame)
        if word:
            self.counters[word] += 1
            return
        kind, mac = frame[1], bytes(frame[5:11])
        if mac == self.mac:
            return  # our own broadcast, come back
        if BEACON <= kind <= PAIR_NO:
            if self._joining or not self.gateway:
                self.joining(now_ms).feed(kind, mac, frame, now_ms, route)
            else:
                self.counters["stranger"] += 1
            return
        if self._joining and self._joining.confirms(mac, frame, now_ms, route):
            return
        peer = self.peer(mac)
        if peer is None:
            self.counters["stranger"] += 1
        else:
            self._fed(peer, frame, rssi, now_ms, route)

    def _fed(self, peer, frame, rssi, now_ms, route):
        good, was = self.counters["good"], peer.online
        event = peer.feed(frame, rssi, now_ms)
        if self.counters["good"] == good:
            return
        peer.route = route
        if peer.session.behind:
            self._rise(peer.session.behind + 1)
        if self.hunt:
            self.hunt.rest(now_ms)
            if peer.online and self.hunt.found():
                self.say(None, "channel", index=self.hunt.channel)
        if peer.online and not was:
            self.say(peer, "online")
        if event and peer.leaving_ms is None:
            self.say(peer, *event)

    def _rise(self, boot):
        """A peer knows a later life of ours than this: our counter was lost. Begin anew above it."""
        self.boot = boot
        for peer in self.peers:
            peer.session.reboot(boot)
            peer.call()
        self.say(None, "boot", index=boot)

    def say(self, peer, word, body=None, stamp_ms=None, index=0):
        """Note an event. A role that does not ask loses the oldest: memory is bounded."""
        self._events = self._events[1 - _EVENTS_MOST :] + [(peer, word, body, stamp_ms, index)]

    def event(self):
        """The next (peer, word, body, stamp_ms, index), or None; docs/link.md lists them."""
        return self._events.pop(0) if self._events else None

    # Time and the way out

    def turn(self, now_ms):
        """Let time pass; call some times a second. What it brings is asked for with `event`."""
        alone = True
        for peer in self.peers:
            if peer.leaving_ms is not None and diff(now_ms, peer.leaving_ms) >= 0:
                self.remove(peer.mac)
                self.say(peer, "unpaired")
                continue
            was = peer.online
            lost = peer.turn(now_ms)
            if was and not peer.online:
                self.say(peer, "offline")
            if lost is not None:
                self.say(peer, "undelivered", index=lost)
            alone = alone and not peer.online
        if not self.gateway and not self.peers and self.pop:
            self.joining(now_ms)
        if self._joining:
            self._joining.turn(now_ms)
            if diff(now_ms, self._idle_ms) >= 0:
                self._let_go()
        if alone and self.hunt and self.hunt.turn(now_ms):
            self._move()

    def _move(self):
        self._tune = True
        for peer in self.peers:
            peer.call()
        if self._joining:
            self._joining.call()

    def tune(self):
        """The channel to put the radio on before anything is sent, once; else None."""
        if not self._tune:
            return None
        self._tune = False
        self.channel = self.hunt.channel
        for peer in self.peers:
            peer.session.channel = self.channel
        return self.channel

    def due(self, now_ms):
        """(route, mac, frame) to put on the air now, or None; ask until None. route None: not known yet."""
        out = self._joining and self._joining.due(now_ms)
        if out:
            return out
        for _ in range(len(self.peers)):  # in turns: one peer with much to say does not hush the others
            self._turn = (self._turn + 1) % len(self.peers)
            peer = self.peers[self._turn]
            frame = peer.due(now_ms)
            if frame:
                return peer.route, peer.mac, frame
        return None
