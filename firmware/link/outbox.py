"""What waits to be sent to one peer, and sent again until it is acknowledged.

Two ways out. A slot holds the newest of its kind and index (readings, commands): a
newer one takes its place, so no old set-point is ever sent after a new one. The lane
holds messages that all matter, in order, one on its way at a time (settings,
results, journal). Refuses to know frames and keys: peer.py asks and sends.
"""

from ..core.ticks import add, diff
from .packet import COMMAND, JOURNAL, PING, SETTING

_FIRST_MS = 40          # two turns of both boxes' loops and the air
_COMMAND_MOST_MS = 320  # while its lease lives
_LANE_MOST_MS = 1000
_READING_TRIES = 4      # 10 % loss both ways: 1 in 770 readings does not arrive
_LANE_MS = 20000
_LANE_MOST = 8


class Parcel:
    """One message: `kind` with its index, body, and the instant its age is counted from (None: never)."""

    def __init__(self, kind, body, stamp_ms, now_ms):
        self.kind = kind
        self.body = body
        self.stamp_ms = stamp_ms
        self.since_ms = now_ms
        self.next_ms = now_ms
        self.tries = 0
        self.number = None
        self.seqs = ()

    def sent(self, seq, most_ms, now_ms):
        """Note that it went out as `seq`; the next try waits twice as long as the last."""
        if self.number is None:
            self.number = seq & 0xFFFF
        self.seqs = (self.seqs + (seq,))[-4:]
        self.next_ms = add(now_ms, min(_FIRST_MS << min(self.tries, 8), most_ms))
        self.tries += 1


class Outbox:
    """`put` what is to go, `take` what is due, `acked` what arrived."""

    def __init__(self):
        self._slots = {}
        self._lane = []

    def put(self, kind, body, stamp_ms, now_ms):
        """False when the lane is full: nothing was taken. A journal line drops the oldest one to get in."""
        parcel = Parcel(kind, body, stamp_ms, now_ms)
        if kind & 31 < SETTING:
            self._slots[kind] = parcel
            return True
        if len(self._lane) >= _LANE_MOST and not (kind == JOURNAL and self._drop_line()):
            return False
        self._lane.append(parcel)
        return True

    def _drop_line(self):
        for i in range(1, len(self._lane)):
            if self._lane[i].kind == JOURNAL:
                self._lane.pop(i)
                return True
        return False

    def take(self, now_ms, away):
        """The parcel to send now, or None; a command first. `away`: only a PING, nobody may be there."""
        best = None
        for parcel in self._waiting():
            if diff(now_ms, parcel.next_ms) < 0 or (away and parcel.kind != PING):
                continue
            if best is None or parcel.kind & 31 == COMMAND:
                best = parcel
        return best

    def sent(self, parcel, seq, now_ms):
        """`parcel` goes out as `seq`; a reading is tried a few times only, the next one is better."""
        kind = parcel.kind & 31
        most = _LANE_MOST_MS if kind >= SETTING else _COMMAND_MOST_MS
        parcel.sent(seq, most, now_ms)
        if kind < COMMAND and parcel.tries >= _READING_TRIES:
            self._slots.pop(parcel.kind, None)

    def expired(self, now_ms):
        """The kind of a parcel given up now, or None: a command past its lease, a message past its time."""
        for parcel in self._waiting():
            if parcel.kind & 31 == COMMAND:
                if diff(now_ms, parcel.stamp_ms) >= 0:
                    self._slots.pop(parcel.kind)
                    return parcel.kind
            elif diff(now_ms, parcel.since_ms) >= _LANE_MS and parcel.tries:
                self._drop(parcel)
                return parcel.kind
        return None

    def acked(self, highest, seen):
        """Take away what an ACK names: `highest`, bit n of `seen` for highest - 1 - n. Returns the kinds."""
        gone = []
        for parcel in self._waiting():
            for seq in parcel.seqs:
                back = highest - seq
                if back == 0 or (0 < back <= 32 and seen >> (back - 1) & 1):
                    self._drop(parcel)
                    gone.append(parcel.kind)
                    break
        return gone

    def still(self, now_ms):
        """The peer is away: readings lose their worth; the lane waits without its time running."""
        for kind in [kind for kind in self._slots if kind & 31 != COMMAND and kind != PING]:
            self._slots.pop(kind)
        for parcel in self._lane:
            parcel.since_ms = now_ms

    def wait_ms(self, now_ms, most_ms):
        """Milliseconds until `take` may have something, at most `most_ms`."""
        for parcel in self._waiting():
            most_ms = min(most_ms, max(0, diff(parcel.next_ms, now_ms)))
        return most_ms

    def _waiting(self):
        found = list(self._slots.values())
        return found + self._lane[:1]

    def _drop(self, parcel):
        if self._lane and self._lane[0] is parcel:
            self._lane.pop(0)
        elif self._slots.get(parcel.kind) is parcel:
            self._slots.pop(parcel.kind)
