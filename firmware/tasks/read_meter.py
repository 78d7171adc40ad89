"""The street door: bytes from the P1 port become the meter reading in use.

Knows the order of things: take, frame, check, decode, ring. It refuses to know
any line of a telegram. One Meter is filled in place: a telegram with a bad
checksum leaves it alone, and nobody reads it in between. The port is looked at by
short sleeps, which allocate nothing: between telegrams every `_IDLE_MS`, inside one
every `_BUSY_MS`; 4 KiB of driver buffer hold a third of a second.
"""

import asyncio

from ..core.readings import Meter
from ..p1.telegram import parse

_IDLE_MS = 20
_BUSY_MS = 10


async def read_meter(door, latest, clock, beat):
    """Endless. `door`: see MeterDoor."""
    while True:
        count = door.take(clock())
        beat()
        event = door.framer.next() if count else None
        while event is not None:
            if event == "start":
                latest.began(clock())
                door.start_ms = clock()
            elif event == "telegram":
                door.judge(latest, clock())
            event = door.framer.next()
        await asyncio.sleep_ms(_BUSY_MS if count else _IDLE_MS)


class MeterDoor:
    """The port as it is open now, its framer, and the Meter that telegrams fill.

    open_port: function of a port profile that gives an open port; listener: the
    p1 room's, which says which profile to try.
    """

    def __init__(self, open_port, framer, listener, journal):
        self.framer = framer
        self.counters = framer.counters
        self.listener = listener
        self.start_ms = None
        self._journal = journal
        self._open_port = open_port
        self._port = None
        self._meter = Meter()

    def take(self, now_ms):
        """Bytes that came in, handed to the framer; the port is (re)opened as the listener says."""
        profile = self.listener.turn(self.counters, now_ms)
        if profile is not None:
            self._reopen(profile, now_ms)
        count = self._port.take(self.framer.buffer_for())
        if count:
            self.framer.wrote(count)
        return count

    def _reopen(self, profile, now_ms):
        if self._port:
            self._port.close()
            self._journal.add(now_ms, "p1_trying", profile[0])
        self.framer.clear()
        self.framer.seven_bit = profile[1] == 7
        self._port = self._open_port(profile)

    def judge(self, latest, now_ms):
        """A whole telegram lies in the framer: check it, and put it in use when it is good."""
        framer, meter = self.framer, self._meter
        crc = parse(framer.buffer, framer.start, framer.end, meter, now_ms)
        self.counters.judged(crc, meter, now_ms)
        if crc == "bad" or meter.grid_w() is None:
            return
        latest.heard(meter, self.start_ms)
