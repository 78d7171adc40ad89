"""The master of one RS485 bus: one question on the wire at a time, set-points first.

What this file knows: turns, gaps, deadlines, retries and the counters of a bus. It
refuses to know what is asked (drivers do) and how bytes get on the copper: `port` has

    async send(frame, wire_ms)  returns when the last bit is out and the direction
                                pin is back; holds the loop no longer than wire_ms
    take(view)                  bytes that are there now into view: how many, never waits

The answer is fetched by short sleeps instead of a StreamReader: that loses no
byte when the time is up, and asyncio.wait_for would cost 500 bytes a request. A sleep
is as long as the bytes that are still missing take on the wire, so it is seldom in
vain. On the unix VM a sleep is good to 1 ms. On an ESP32 every wake-up falls on a
10 ms tick: an answer is seen up to 10 ms after its last byte, and the 4 ms gap (3.5
characters at 9600 baud) before the next request becomes up to 10 ms. A 58-register
read and a command, 150 ms on the wire, take about 20 ms more there on average.
"""

import asyncio

from ..core.ticks import add, diff
from ..modbus.faults import Fault, NoAnswer
from ..modbus.request import SILENT, Request
from ..modbus.rtu import Reply, encode

_QUIET_MS = 200  # a frame with such a hole is over; slaves, USB adapters and busy desks stutter
_LONGEST_SLEEP_MS = 50
_AFTER_BROADCAST_MS = 200  # turnaround, MODBUS over Serial Line V1.02, 2.4.1: 100 to 200 ms
_CHATTER_MS = 300  # how long a request waits for a line on which others speak
_COUNTER = {"timeout": "timeouts", "exception": "exceptions"}


class Bus:
    """`ask` may be called by any number of tasks; they queue, urgent requests first.

    counters: dict, counted since the start. requests asked, retries sent; per attempt:
    timeouts, crc, station, function, length, address, exceptions; frames dropped while
    listening: foreign, late, echo; noise in bytes.
    echo: True, False or None as rtu.Reply has it.
    """

    def __init__(self, port, clock, baud=9600, parity=None, stop=1, timeout_ms=1300, retries=1, echo=None):
        self.counters = dict.fromkeys((
            "requests", "retries", "timeouts", "crc", "station", "function", "length", "address",
            "exceptions", "foreign", "late", "echo", "noise"), 0)
        self.timeout_ms = timeout_ms
        self.retries = retries
        self._port = port
        self._clock = clock
        self._reply = Reply(None, self.counters, echo)
        self._char_us = (9 + (parity is not None) + stop) * 1000000 // baud
        # 3.5 characters; above 19200 baud the standard fixes 1.75 ms.
        self._gap_ms = 2 if baud > 19200 else -(-7 * self._char_us // 2000)
        self._silent_from = clock()  # when the last byte was seen or sent
        self._owed = None  # (request, until ms): an answer to it may still come
        self._busy = False
        self._queues = ([], [])  # events of those who wait: urgent ones, the others
        self._bell = asyncio.Event()

    def wire_ms(self, count):
        """Time that `count` characters take on the wire, rounded up."""
        return -(-count * self._char_us // 1000)

    def wake(self):
        """Something may be due: end idle() at once; a poll gives up its retry for it."""
        self._bell.set()

    async def idle(self, ms):
        """Wait for wake(), `ms` at most. A wake() since the last idle() counts."""
        if not self._bell.is_set() and ms > 0:
            alarm = asyncio.create_task(self._ring_in(ms))  # a third of what wait_for costs
            await self._bell.wait()
            alarm.cancel()
        self._bell.clear()

    async def _ring_in(self, ms):
        await asyncio.sleep_ms(ms)
        self._bell.set()

    async def ask(self, request, retries=None):
        """The PDU (bytes) that answers `request`; b"" after a broadcast. Raises a Fault.

        `retries`: 0 for whoever searches a bus for stations; None: as the bus is set.
        """
        if self._busy:
            await self._wait_turn(self._queues[0 if request.urgent else 1])
        self._busy = True
        try:
            return await self._exchange(request, self.retries if retries is None else retries)
        finally:
            self._pass_on()

    async def _wait_turn(self, queue):
        bell = asyncio.Event()
        queue.append(bell)
        try:
            await bell.wait()
        except asyncio.CancelledError:
            if bell in queue:
                queue.remove(bell)
            else:  # the turn had just become ours
                self._pass_on()
            raise

    def _pass_on(self):
        queue = self._queues[0] or self._queues[1]
        if queue:
            queue.pop(0).set()  # the bus stays busy, it changes hands
        else:
            self._busy = False

    async def _exchange(self, request, left):
        counters = self.counters
        counters["requests"] += 1
        if request.mirrored() and self._reply.echo is None:
            await self._learn_echo(request.station)
        frame = encode(request)
        again = False
        while True:
            try:
                return await self._attempt(request, frame, again)
            except Fault as fault:
                key = _COUNTER.get(fault.kind, fault.kind)
                counters[key] += 1
                if fault.kind == "exception" or not left or self._pressed(request):
                    raise
            left -= 1
            again = True
            counters["retries"] += 1

    def _pressed(self, request):
        """A poll's second try would keep a set-point waiting."""
        return not request.urgent and (self._bell.is_set() or self._queues[0])

    async def _learn_echo(self, station):
        """Read one register, whatever it is: only to hear whether we hear ourselves.

        A write of one register is answered by its own copy; before that can be
        trusted, the line must be known not to give it back by itself.
        """
        probe = Request(station, b"\x03\x00\x00\x00\x01")
        try:
            await self._attempt(probe, encode(probe), False)
        except Fault:
            pass  # no answer tells as much as an answer

    async def _attempt(self, request, frame, again):
        await self._find_silence(request)
        self._reply.expect(request, frame)
        sent_at = self._clock()
        try:
            await self._port.send(frame, self.wire_ms(len(frame)))
        except OSError:  # the adapter was pulled out: to a driver that is a device that is silent
            raise NoAnswer("timeout")
        self._silent_from = self._clock()
        if request.shape == SILENT:
            self._silent_from = add(self._silent_from, _AFTER_BROADCAST_MS - self._gap_ms)
            return b""
        limit_ms = request.timeout_ms or self.timeout_ms
        pdu = await self._listen(limit_ms)
        if again:  # the first try's answer may have been this one, and the second's still come
            self._owed = (request, add(sent_at, limit_ms))
        return pdu

    async def _listen(self, limit_ms):
        reply, clock = self._reply, self._clock
        start = heard = clock()
        while True:
            count = self._port.take(reply.room())
            now = clock()
            if count:
                heard = self._silent_from = now
                pdu = reply.took(count)
            else:
                pdu = reply.quiet() if diff(now, heard) >= _QUIET_MS else None
            if pdu is not None:
                return pdu
            spent = diff(now, start)
            # The limit is for the answer to begin: one that is coming in is heard out.
            if spent >= limit_ms and (diff(now, heard) >= _QUIET_MS or spent >= limit_ms + self.wire_ms(256)):
                return reply.give_up()
            await asyncio.sleep_ms(self._nap_ms())

    def _nap_ms(self):
        """As long as the bytes that are missing take at least: never past the answer's end."""
        return max(1, min(_LONGEST_SLEEP_MS, self._reply.missing * self._char_us // 1000))

    async def _find_silence(self, request):
        """Return when the line has been silent for the gap; what still comes is dropped."""
        if self._owed and not request.urgent:
            await self._outwait(request)
        gap_ms = max(self._gap_ms, request.gap_ms or 0)
        start = self._clock()
        while True:
            count = self._port.take(self._reply.room())
            now = self._clock()
            if count:
                self.counters["noise"] += count
                self._silent_from = now
            wait_ms = gap_ms - diff(now, self._silent_from)
            if wait_ms <= 0 or diff(now, start) >= gap_ms + _CHATTER_MS:
                return
            await asyncio.sleep_ms(wait_ms)

    async def _outwait(self, request):
        """Let an owed answer pass that could be taken for the answer to this poll.

        Same station, code and length: nothing in the frame tells them apart. Set-points
        are not kept waiting: their effect is read back anyway.
        """
        old, until = self._owed
        if old.station == request.station and old.shape == request.shape and old.pdu[0] == request.pdu[0]:
            if old.pdu != request.pdu:
                await asyncio.sleep_ms(max(0, diff(until, self._clock())))
        self._owed = None
