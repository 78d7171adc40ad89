"""One box we are paired with: what it says, whether it is there, what it must still get.

Feed and ask, never wait. Knows which messages are new, ACKs, when to call and how
well the peer is heard; refuses to know what a body means and by which way frames
travel. What a frame claims is used only after its tag was checked (session.py).
"""

import struct

from ..core.ticks import add, diff
from .outbox import Outbox
from .packet import ACK, BODY_MOST, COMMAND, HELLO, METER, NEVER, PING, UNPAIR, WORDS, body_of, head

_OFFLINE_MS = 5000     # this long without a frame: offline
_QUIET_MS = 1500       # this long without one: ask with a PING
_CALL_MS = 1000
_CALL_SLOW_MS = 2000   # after a minute of calling
_CALLS = 60
_ANSWER_MS = 200       # a HELLO that was provoked: one in this time, whoever provokes
_LEAVE_MS = 1000
_AGE_MOST = 0x1FFFFFFF
_LEASE_MOST_MS = 120000


class Peer:
    """`mac` 6 bytes; `session` ours with it; `counters` the box's: word -> count.

    `route` is where its last believed frame came from, `rssi` in dBm or None; `online`: heard within the
    last seconds, in this session. `name` and `replaces` (MAC or None) are what pairing was told.
    """

    def __init__(self, mac, session, counters, now_ms):
        self.mac = mac
        self.session = session
        self.name = ""
        self.replaces = None
        self.route = None
        self.rssi = None
        self.online = False
        self.leaving_ms = None   # an UNPAIR came or arrived: to be removed at this instant
        self._counters = counters
        self._newest = {}        # kind -> (seq, number) of the last message believed
        self._outbox = Outbox()
        self._heard_ms = now_ms
        self._call_ms = now_ms   # next HELLO or PING of our own accord
        self._calls = 0
        self._answered_ms = None
        self._owe = None         # a HELLO to send at once; True: one that wants an answer
        self._ack = False

    # What comes in

    def feed(self, frame, rssi, now_ms):
        """(word, body, stamp_ms, index) when the frame is believed and says something to a role, else None.

        word: packet.WORDS. stamp_ms: when it was measured (None: never), a command's: until when it holds.
        `frame` is without packet.fault and from this MAC.
        """
        kind, _, number, _, _, seq, age = head(frame)
        if kind == HELLO:
            self._hello(frame, now_ms)
            return None
        word = self.session.believe(frame)
        self._counters[word or "good"] += 1
        if word:
            if word == "old":
                self._answer(True, now_ms)  # which life this is
            return None
        self.online = True
        self._heard_ms = now_ms
        self._calls = 0
        if rssi is not None:
            self.rssi = rssi if self.rssi is None else (self.rssi * 3 + rssi) // 4
        bare = kind & 31
        if bare == ACK:
            self._acked(body_of(frame), now_ms)
            return None
        self._ack = True
        if not METER <= bare <= UNPAIR or not self._is_new(kind, number, seq):
            return None
        if bare == UNPAIR:
            self.leaving_ms = add(now_ms, _LEAVE_MS)  # until then its repeats are acknowledged
        if bare == COMMAND:
            stamp_ms = add(now_ms, min(age, _LEASE_MOST_MS))
        else:
            stamp_ms = None if age == NEVER else add(now_ms, -min(age, _AGE_MOST))
        return WORDS[bare], body_of(frame), stamp_ms, kind >> 5

    def _is_new(self, kind, number, seq):
        """The frame is new; is its message? The newest of a kind wins, one sent again is heard once."""
        last = self._newest.get(kind)
        if last and seq < last[0]:
            self._counters["late"] += 1
            return False
        self._newest[kind] = (seq, number)
        # A number is the low half of the first seq of its message: it means the same one only nearby.
        return not last or number != last[1] or seq - last[0] > 0x7FFF

    def _acked(self, body, now_ms):
        if len(body) == 8 and UNPAIR in self._outbox.acked(*struct.unpack("<II", body)):
            self.leaving_ms = now_ms

    def _hello(self, frame, now_ms):
        word, begins, asks = self.session.believe_hello(frame)
        self._counters[word or "good"] += 1
        if begins:
            self._newest = {}
            self._ack = False
        if word is None:
            # It may be an old one of this life: only a frame of the session is a sign of life.
            self._outbox.put(PING, b"", None, now_ms)
        if asks or word == "old":  # an "old" box must learn above which number to rise
            self._answer(False, now_ms)

    def _answer(self, ask, now_ms):
        if self._answered_ms is None or diff(now_ms, self._answered_ms) >= _ANSWER_MS:
            self._answered_ms = now_ms
            self._owe = ask

    # What goes out

    def send(self, kind, body, stamp_ms, now_ms, index=0):
        """Have a message sent (and again, see outbox.py). False: too many wait already.

        stamp_ms: when it was measured or happened, None: never; a command's: until when it holds.
        """
        if len(body) > BODY_MOST:
            raise ValueError("a body of %d bytes, %d is the most" % (len(body), BODY_MOST))
        return self._outbox.put(kind | index << 5, body, stamp_ms, now_ms)

    def call(self):
        """Send a HELLO at once, wanting an answer."""
        self._owe = True

    def due(self, now_ms):
        """A frame (bytearray) to put on the air now, or None. Ask until None."""
        session = self.session
        if self._owe is not None:
            asks, self._owe = self._owe, None
            return session.build_hello(asks)
        if session.out is None:
            return None
        if self._ack:
            self._ack = False
            return session.build(ACK, 0, 0, struct.pack("<II", session.highest, session.seen))
        parcel = self._outbox.take(now_ms, not self.online)
        if parcel is None:
            return None
        self._outbox.sent(parcel, session.seq + 1, now_ms)
        if parcel.kind & 31 == COMMAND:
            age = max(0, diff(parcel.stamp_ms, now_ms))
        else:
            age = NEVER if parcel.stamp_ms is None else max(0, diff(now_ms, parcel.stamp_ms))
        return session.build(parcel.kind, parcel.number, age, parcel.body)

    def turn(self, now_ms):
        """Let time pass. The kind (int) of a command or message given up now, else None."""
        # No instant is kept for days: ticks wrap.
        if self._answered_ms is not None and diff(now_ms, self._answered_ms) >= _ANSWER_MS:
            self._answered_ms = None
        silent_ms = diff(now_ms, self._heard_ms)
        if self.online and silent_ms >= _OFFLINE_MS:
            self.online = False
            self._call_ms = now_ms
        if self.online and silent_ms < _QUIET_MS:
            self._call_ms = now_ms
        elif diff(now_ms, self._call_ms) >= 0:
            self._call_again(now_ms)
        return self._outbox.turn(now_ms, not self.online)

    def _call_again(self, now_ms):
        """It is quiet: a PING asks for a sign of life, a HELLO for the peer itself."""
        self._call_ms = add(now_ms, _CALL_MS if self._calls < _CALLS else _CALL_SLOW_MS)
        if self.online:
            self._outbox.put(PING, b"", None, now_ms)
        else:
            self._calls = min(self._calls + 1, _CALLS)
            self._owe = True
