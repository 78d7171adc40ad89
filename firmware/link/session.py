"""This life of ours together with that life of the peer: which frames belong to it, and how ours are closed.

    pair key   made by pairing, kept on flash, never sent
    hello      pair key + direction: closes HELLO alone
    session    pair key + direction + both boots: closes all else

A session begins when a HELLO tells a boot that was not known. A boot number is never
used twice (settings/peers.py), so what was recorded in an earlier life of either box
is closed with a key that nobody will use again. Each direction has its own key: a
frame sent back to its sender fits nothing. Each frame is believed once: `highest` is
the newest seq seen, bit n of `seen` stands for highest - 1 - n, older than 32 is too
old. Refuses to know time, messages and what a body means.
"""

import struct

from .packet import HEAD, HELLO, build, head
from .seal import closed, derive, pads_of

_HELLO_BODY = "<IBB"  # highest boot of the receiver that we know, 1: answer, 2: locked, our channel
_WIDTH = 32
_SAMPLE = 128


class Session:
    """`mac` is our own, `key` the pair's, `gateway` True when we are the gateway of the two."""

    def __init__(self, mac, key, gateway, boot):
        self.key = key
        self.peer_boot = 0     # highest known; 0: none yet
        self.behind = 0        # not 0: the peer knows this boot of ours, and it is above ours
        self.seq = 0           # of our last frame
        self.channel = 0       # ours, told in each HELLO
        self.lock = False      # likewise: our radio encrypts frames to this peer as well
        self.peer_lock = False  # and what the peer said of its own
        self.out = None        # pads; None: not begun
        self._in = None
        self._mac = mac
        self._gateway = gateway
        self._boot = boot
        self._clear()

    def _clear(self):
        self.highest = None
        self.seen = 0
        self._sent = 0
        self._came = 0

    def _pads(self, ours, boots):
        """Pads of one direction; boots: b"" for its HELLO."""
        way = b"down " if ours == self._gateway else b"up "
        return pads_of(derive(self.key, b"jullix link 1 " + way + boots))

    def _begin(self):
        self._clear()
        boots = (self._boot, self.peer_boot) if self._gateway else (self.peer_boot, self._boot)
        boots = struct.pack("<II", *boots)
        self.out, self._in = self._pads(True, boots), self._pads(False, boots)

    def reboot(self, boot):
        """Our own boot number has risen."""
        self._boot = boot
        self.behind = 0
        if self.peer_boot:
            self._begin()

    def radio_key(self):
        """16 bytes for ESP-NOW's own encryption of this pair (LMK), a second layer."""
        return derive(self.key, b"jullix link 1 radio")[:16]

    # What comes in

    def believe(self, frame):
        """None when `frame` (not a HELLO) is of this session and new; else the counter's word for it."""
        _, to, _, _, boot, seq, _ = head(frame)
        if self._in is None or boot != self.peer_boot or to != self._boot & 0xFF:
            return "old"
        if not closed(frame, self._in):
            return "forged"
        return self._take(seq)

    def believe_hello(self, frame):
        """(word, begins, asks): None or the counter's word; a session begins; the peer wants an answer."""
        _, _, _, _, boot, seq, _ = head(frame)
        if boot < self.peer_boot:
            return "old", False, False
        if len(frame) < HEAD + 14 or not closed(frame, self._pads(False, b"")):
            return "forged", False, False
        begins = boot > self.peer_boot
        if begins:
            self.peer_boot = boot
            self._begin()
        word = self._take(seq)
        if word:
            return word, False, False
        known, asks, _ = struct.unpack_from(_HELLO_BODY, frame, HEAD)
        if known > self._boot:
            self.behind = known
        self.peer_lock = asks & 2 != 0
        return None, begins, asks & 1 == 1

    def _take(self, seq):
        """None: new, and now noted; else "repeated" or "old"."""
        ahead = 1 if self.highest is None else seq - self.highest
        if ahead > 0:
            self.seen = (self.seen << 1 | (self.highest is not None)) << (ahead - 1) & 0xFFFFFFFF \
                if ahead <= _WIDTH else 0
            self.highest = seq
            self._sent += min(ahead, _SAMPLE)
        elif ahead < -_WIDTH:
            return "old"
        else:
            bit = 1 << -ahead >> 1
            if not bit or self.seen & bit:
                return "repeated"
            self.seen |= bit
        self._came += 1
        if self._sent > _SAMPLE:  # the past fades by halves
            self._sent >>= 1
            self._came >>= 1
        return None

    def loss_pct(self):
        """Of the peer's last hundred frames, how many in a hundred did not come; None: not known."""
        return max(0, 100 - self._came * 100 // self._sent) if self._sent else None

    # What goes out

    def build(self, kind, number, age, body):
        """A frame (bytearray) of this session; only when `out` is there."""
        self.seq += 1
        to = self.peer_boot & 0xFF
        return build(kind, to, number, self._mac, self._boot, self.seq, age, body, self.out)

    def build_hello(self, asks):
        """A HELLO: our boot, the peer's boot as we know it, our channel."""
        self.seq += 1
        body = struct.pack(_HELLO_BODY, self.peer_boot, (1 if asks else 0) + 2 * self.lock, self.channel)
        return build(HELLO, 0, 0, self._mac, self._boot, self.seq, 0, body, self._pads(True, b""))
