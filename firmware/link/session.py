"""This life of ours together with that life of the peer: which frames belong to it, and how ours are closed.

A session is the pair of both boot numbers. It begins when a HELLO tells a boot that
was not known; its keys belong to that pair of boots alone, so what was recorded in
any other is of no use. Each frame is believed once. Refuses to know time, messages
and what a body means.
"""

import struct

from . import packet
from .keys import hello_pads, session_pads
from .packet import HELLO
from .seal import closed
from .window import Window

_HELLO_BODY = "<IBB"  # highest boot of the receiver that we know, 1: answer, our channel


class Session:
    """`mac` is our own; `gateway` True when we are the gateway of the two."""

    def __init__(self, mac, key, gateway, boot):
        self.key = key
        self.window = Window()
        self.peer_boot = 0     # highest known; 0: none yet
        self.peer_channel = 0
        self.behind = 0        # not 0: the peer knows this boot of ours, and it is above ours
        self._mac = mac
        self._gateway = gateway
        self._boot = boot
        self._seq = 0
        self._out = None
        self._in = None

    def begun(self):
        """True when both boots are known."""
        return self._out is not None

    def believe(self, frame):
        """None when `frame` (not a HELLO) is of this session and new; else the counter's word for it."""
        _, to, _, _, boot, seq, _ = packet.head(frame)
        if self._in is None or boot != self.peer_boot or to != self._boot & 0xFF:
            return "old"
        if not closed(frame, self._in):
            return "forged"
        return self.window.take(seq)

    def believe_hello(self, frame):
        """(word, begins, asks): None or the counter's word; a session begins; the peer wants an answer."""
        _, _, _, _, boot, seq, _ = packet.head(frame)
        if boot < self.peer_boot:
            return "old", False, False
        if len(frame) < packet.HEAD + 14 or not closed(frame, hello_pads(self.key, not self._gateway)):
            return "forged", False, False
        begins = boot > self.peer_boot
        if begins:
            self.peer_boot = boot
            self._begin()
        word = self.window.take(seq)
        if word:
            return word, False, False
        known, asks, self.peer_channel = struct.unpack_from(_HELLO_BODY, frame, packet.HEAD)
        if known > self._boot:
            self.behind = known
        return None, begins, asks == 1

    def reboot(self, boot):
        """Our own boot number has risen."""
        self._boot = boot
        self.behind = 0
        if self.peer_boot:
            self._begin()

    def _begin(self):
        self.window = Window()
        boots = (self._boot, self.peer_boot) if self._gateway else (self.peer_boot, self._boot)
        self._out = session_pads(self.key, self._gateway, *boots)
        self._in = session_pads(self.key, not self._gateway, *boots)

    def next_seq(self):
        """The seq that the next frame will have."""
        return self._seq + 1

    def build(self, kind, number, age, body):
        """A frame (bytearray) of this session; only when `begun`."""
        self._seq += 1
        return packet.build(kind, self.peer_boot & 0xFF, number, self._mac, self._boot, self._seq, age, body,
                            self._out)

    def build_hello(self, asks, channel):
        """A HELLO: our boot, the peer's boot as we know it, the channel we are on."""
        self._seq += 1
        body = struct.pack(_HELLO_BODY, self.peer_boot, 1 if asks else 0, channel)
        return packet.build(HELLO, 0, 0, self._mac, self._boot, self._seq, 0, body,
                            hello_pads(self.key, self._gateway))
