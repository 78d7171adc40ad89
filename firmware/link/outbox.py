"""What waits to be sent to one peer, and sent again until it is acknowledged.

Two ways out. A slot holds the newest of its kind and index (readings, commands): a
newer one takes its place, so no old set-point is ever sent after a new one. The lane
holds messages that all matter, in order, one on its way at a time (settings,
results, journal). Refuses to know frames and keys: peer.py asks and sends.
"""

from ..core.ticks import add, diff
from .packet import COMMAND, JOURNAL, PING, SETTING

_FIRST_MS = 40          # two turns of both boxes' loops and the air
_SLOT_MOST_MS = 320     # a command while its lease lives
_LANE_MOST_MS = 1000
_READING_TRIES = 4      # 10 % loss both ways: 1 in 770 readings is not acknowledged
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


class Outbox:
    """`put` what is to go, `take` what is due, tell when it is `sent` and `acked`; `turn`: time passes."""

    def __init__(self):
        self._waiting = []

    def put(self, kind, body, stamp_ms, now_ms):
        """False when the lane is full: nothing was taken. A journal line drops the oldest one to get in."""
        waiting = self._waiting
        if kind & 31 < SETTING:
            old = [one for one in waiting if one.kind == kind]
        else:
            old = []
            lane = [one for one in waiting if one.kind & 31 >= SETTING]
            if len(lane) >= _LANE_MOST:
                old = [one for one in lane[1:] if one.kind == kind == JOURNAL]
                if not old:
                    return False
        if old:
            waiting.remove(old[0])
        waiting.append(Parcel(kind, body, stamp_ms, now_ms))
        return True

    def take(self, now_ms, away):
        """The parcel to send now, or None; a command first. `away`: only a PING, nobody may be there."""
        best, lane = None, True
        for parcel in self._waiting:
            bare = parcel.kind & 31
            if bare >= SETTING:
                if not lane:
                    continue
                lane = False  # those behind wait for this one
            if diff(now_ms, parcel.next_ms) < 0 or (away and bare != PING):
                continue
            if best is None or bare == COMMAND:
                best = parcel
        return best

    def sent(self, parcel, seq, now_ms):
        """`parcel` goes out as `seq`; until the next try it waits twice as long as the last time."""
        if not parcel.tries:
            parcel.number = seq & 0xFFFF
            parcel.since_ms = now_ms
        parcel.seqs = (parcel.seqs + (seq,))[-4:]
        most_ms = _LANE_MOST_MS if parcel.kind & 31 >= SETTING else _SLOT_MOST_MS
        parcel.next_ms = add(now_ms, min(_FIRST_MS << min(parcel.tries, 8), most_ms))
        parcel.tries += 1

    def acked(self, highest, seen):
        """Take away what an ACK names: `highest`, bit n of `seen` for highest - 1 - n. Returns the kinds."""
        gone = []
        for parcel in self._waiting[:]:
            for seq in parcel.seqs:
                back = highest - seq
                if back == 0 or (0 < back <= 32 and seen >> (back - 1) & 1):
                    self._waiting.remove(parcel)
                    gone.append(parcel.kind)
                    break
        return gone

    def turn(self, now_ms, away):
        """The kind of a command or message that is given up now, or None; readings go without a word.

        `away`: readings lose their worth, the lane waits without its time running.
        """
        for parcel in self._waiting:
            bare = parcel.kind & 31
            if bare == COMMAND:
                over = diff(now_ms, parcel.stamp_ms) >= 0
            elif bare >= SETTING:
                if away:
                    parcel.since_ms = now_ms
                over = parcel.tries and diff(now_ms, parcel.since_ms) >= _LANE_MS
            else:
                over = away and bare != PING or parcel.tries >= _READING_TRIES
            if over:
                self._waiting.remove(parcel)
                return parcel.kind if bare >= COMMAND else None
        return None
