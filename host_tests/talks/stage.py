"""Plays a written conversation (.talk) to the real Bus, in virtual time.

Runs in MicroPython and in CPython alike. The port here is an actor with a script: it
expects bytes, and lets bytes arrive at their time, whole or cut up. Time passes only
when the bus sleeps, so a time-out of 1.3 s costs nothing. How a .talk is written: see
README.md beside this file.
"""

import asyncio

from firmware.modbus.faults import Fault
from firmware.modbus.request import Request
from firmware.tasks.bus import Bus


class Time:
    """The clock of the stage. `start` may lie just before the ticks wrap."""

    def __init__(self, start=0x3FFFFF00):
        self.start = start
        self.ms = 0

    def clock(self):
        return (self.start + self.ms) & 0x3FFFFFFF

    async def sleep_ms(self, ms):
        assert ms >= 0
        self.ms += ms


class Actor:
    """A port whose far end follows the script; `chop` cuts what arrives: data -> [(ms, piece)]."""

    def __init__(self, time, chop=None):
        self.time = time
        self.chop = chop or (lambda data: [(0, data)])
        self.cues = []  # [expected frame, [(delay_ms, bytes), ...]] a send
        self.coming = []  # [(ms, bytes)]
        self.sent = []

    def lay(self, delay_ms, data):
        """Bytes that arrive `delay_ms` after whatever is laid already, or from now."""
        due = max([self.time.ms] + [ms for ms, _ in self.coming]) + delay_ms
        for later_ms, piece in self.chop(data):
            due += later_ms
            self.coming.append((due, piece))

    async def send(self, frame, wire_ms):
        await self.time.sleep_ms(wire_ms)
        self.sent.append((self.time.ms, bytes(frame)))
        assert self.cues, "sent more often than written: " + show(frame)
        expected, answers = self.cues.pop(0)
        assert bytes(frame) == expected, "sent %s, written %s" % (show(frame), show(expected))
        for delay_ms, data in answers:
            self.lay(delay_ms, data)

    def take(self, view):
        count = 0
        while self.coming and self.coming[0][0] <= self.time.ms and count < len(view):
            due, data = self.coming.pop(0)
            piece = data[: len(view) - count]
            view[count : count + len(piece)] = piece
            count += len(piece)
            if piece != data:
                self.coming.insert(0, (due, data[len(piece) :]))
        return count


def show(data):
    """Bytes as people write them."""
    return " ".join("%02X" % byte for byte in data)


def unhex(text):
    """And back."""
    return bytes(int(pair, 16) for pair in text.split())


def read(path):
    """The talks of one file: [(title, [(verb, rest), ...])]."""
    talks = []
    with open(path) as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                verb, _, rest = line.partition(":") if hasattr(line, "partition") else line.split(":", 1)
                if verb == "talk":
                    talks.append((rest.strip(), []))
                else:
                    talks[-1][1].append((verb.strip(), rest.strip()))
    return talks


class Scene:
    """One talk being played."""

    def __init__(self, chop=None):
        self.time = Time()
        self.actor = Actor(self.time, chop)
        self.bus = None
        self.outcome = None
        self._asked = None
        self._options = {}

    async def play(self, lines):
        for verb, rest in lines:
            if verb[0] == "+":
                delay_ms, data = int(verb[1:]), unhex(rest)
                if self.actor.cues:
                    self.actor.cues[-1][1].append((delay_ms, data))
                else:
                    self.actor.lay(delay_ms, data)
            else:
                await getattr(self, "do_" + verb)(rest)

    async def do_echo(self, rest):
        self._options["echo"] = {"yes": True, "no": False}.get(rest)

    async def do_retries(self, rest):
        self._options["retries"] = int(rest)

    async def do_ask(self, rest):
        words = rest.split()
        pairs = [word for word in words if "=" not in word and word != "urgent"]
        more = {word.split("=")[0]: int(word.split("=")[1]) for word in words if "=" in word}
        data = unhex(" ".join(pairs))
        self._asked = Request(data[0], data[1:], urgent="urgent" in words, **more)
        if self.bus is None:
            self.bus = Bus(self.actor, self.time.clock, **self._options)

    async def do_sent(self, rest):
        self.actor.cues.append([unhex(rest), []])

    async def _act(self):
        """The question is put only when its outcome is asked for: all is laid ready by then."""
        try:
            self.outcome = await self.bus.ask(self._asked)
        except Fault as fault:
            self.outcome = fault
        assert not self.actor.cues, "never sent: " + show(self.actor.cues[0][0])

    async def do_pdu(self, rest):
        await self._act()
        assert self.outcome == unhex(rest), "%r" % (self.outcome,)

    async def do_fault(self, rest):
        await self._act()
        words = rest.split()
        assert isinstance(self.outcome, Fault), "%r" % (self.outcome,)
        assert self.outcome.kind == words[0], "%s: %s" % (self.outcome.kind, self.outcome)
        assert len(words) == 1 or self.outcome.code == int(words[1])

    async def do_by(self, rest):
        assert self.time.ms <= int(rest), "took %d ms" % self.time.ms

    async def do_after(self, rest):
        assert self.time.ms >= int(rest), "took only %d ms" % self.time.ms

    async def do_count(self, rest):
        words = rest.split()
        for i in range(0, len(words), 2):
            found = self.bus.counters[words[i]]
            assert found == int(words[i + 1]), "%s is %d, written %s" % (words[i], found, words[i + 1])


def perform(title, lines, chop=None):
    """Play one talk; AssertionError names it."""
    scene = Scene(chop)
    real = getattr(asyncio, "sleep_ms", None)
    asyncio.sleep_ms = scene.time.sleep_ms
    try:
        asyncio.run(scene.play(lines))
    except AssertionError as error:
        raise AssertionError("%s: %s" % (title, error))
    finally:
        asyncio.sleep_ms = real
    return scene
