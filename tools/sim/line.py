"""Serial lines made of ptys, as slow and as dirty as copper.

A pty hands a thousand "9600 baud" bytes over in a fraction of a millisecond, so
every byte here waits for its own place on an absolute schedule. Knows baud
rates, echo, flipped bits and cut wires; knows nothing of what the bytes mean.
"""

import asyncio
import os
import random
import termios
import tty
from collections import deque


class Pty:
    """One pty: `path` is for the device under test, `fd` is our end of it."""

    def __init__(self):
        self.fd, self._far = os.openpty()
        for end in (self.fd, self._far):
            tty.setraw(end)
            os.set_blocking(end, False)
        self.path = os.ttyname(self._far)

    def drain(self):
        """Forget bytes that nobody read: a UART without power keeps none."""
        termios.tcflush(self._far, termios.TCIFLUSH)
        termios.tcflush(self.fd, termios.TCIFLUSH)

    def close(self):
        """Remove the pty; closing twice is harmless."""
        for end in (self.fd, self._far):
            if end >= 0:
                os.close(end)
        self.fd = self._far = -1


class Wire:
    """One direction of a line: bytes put in leave on `fds` at the pace of `baud`.

    `bits` is the length of a character on the wire (8N1: 10). `corrupt` and
    `drop` are chances per byte, `cut` swallows everything. A full pty drops, as
    a UART overruns.
    """

    def __init__(self, clock, fds, baud, bits=10, seed=0):
        self._clock = clock
        self._fds = fds
        self.char_s = bits / baud
        self._queue = deque()
        self._wake = asyncio.Event()
        self._chance = random.Random(seed)
        self._due = 0.0
        self.corrupt = 0.0
        self.drop = 0.0
        self.cut = False
        self.carried = 0
        self.spoiled = 0

    def put(self, data):
        """Queue bytes; their first leaves now or behind what is still queued."""
        if not data:
            return
        if not self._queue:
            self._due = max(self._due, self._clock.now())
        self._queue.extend(data)
        self._wake.set()

    async def run(self):
        """Endless: let each byte go when its last bit would have passed."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._queue:
                await self._clock.until(self._due + self.char_s)
                self._release(self._clock.now())

    def _release(self, now):
        batch = bytearray()
        while self._queue and self._due + self.char_s <= now + 1e-9:
            self._due += self.char_s
            self._pass(self._queue.popleft(), batch)
        if not batch:
            return
        for fd in self._fds:
            try:
                os.write(fd, batch)
            except (BlockingIOError, OSError):
                continue  # nobody reads: the far UART overruns
        self.carried += len(batch)

    def _pass(self, byte, batch):
        if self.cut or (self.drop and self._chance.random() < self.drop):
            return
        if self.corrupt and self._chance.random() < self.corrupt:
            byte ^= 1 << self._chance.randrange(8)
            self.spoiled += 1
        batch.append(byte)


class Bus:
    """A half-duplex RS485 pair between a master pty and a device pty.

    `echo` sends the master its own bytes back, as a transceiver without
    receiver mute does (facts: inverters 1.10).
    """

    def __init__(self, clock, baud=9600, echo=True, seed=0):
        self.master, self.device = Pty(), Pty()
        heard = [self.device.fd] + ([self.master.fd] if echo else [])
        self.outward = Wire(clock, heard, baud, seed=seed)
        self.homeward = Wire(clock, [self.master.fd], baud, seed=seed + 1)

    @property
    def wires(self):
        """Both directions, for faults that spoil the copper itself."""
        return (self.outward, self.homeward)

    async def run(self):
        """Endless: listen at both ends and carry."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self.master.fd, _pump, self.master.fd, self.outward)
        loop.add_reader(self.device.fd, _pump, self.device.fd, self.homeward)
        try:
            await asyncio.gather(self.outward.run(), self.homeward.run())
        finally:
            loop.remove_reader(self.master.fd)
            loop.remove_reader(self.device.fd)

    def close(self):
        """Remove both ptys."""
        self.master.close()
        self.device.close()


def _pump(fd, wire):
    try:
        wire.put(os.read(fd, 4096))
    except (BlockingIOError, OSError):
        return
