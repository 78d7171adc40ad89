"""One driver and one device on paper, under a clock that the test owns.

`Desk.run` steps time in 10 ms, asks the driver as the bus task does, carries one request at
a time with a delay, and keeps what was said and when.
"""

from firmware.core.readings import Command
from firmware.core.ticks import add, diff, wrap
from firmware.devices import entry
from firmware.devices.driver import Driver
from firmware.modbus.faults import NoAnswer, Refused

from .paper import TABLES, Paper, Refusal

FAST = bytes.fromhex("03020D0009")  # the reads of the ME3000SP, as PDUs
SLOW = bytes.fromhex("030200003A")
MODE = bytes.fromhex("0312000001")


class Desk:
    """`mute` makes the device dead; `log` holds (ms since start, pdu) of every request."""

    def __init__(self, name="sofar_me3000sp", start_ms=0, delay_ms=60, beat_ms=1000, model=None, lines=None):
        self.now_ms = wrap(start_ms)
        self.ms = 0  # since the start; never wraps
        self.paper = Paper(lines if lines is not None else calm(TABLES[name]()))
        self.driver = Driver(entry.daily(model or opened(name)), 1, self.now_ms)
        self.reading = self.driver.reading
        self.delay_ms = delay_ms
        self.beat_ms = beat_ms  # None: no telegrams
        self.mute = False
        self.log = []
        self.events = []
        self.power_w = None  # commanded anew each second while not None
        self._flying = None
        self._due_ms = None

    def run(self, ms, until=None):
        """Let `ms` pass; stops early when `until()` is true."""
        for _ in range(ms // 10):
            if until and until():
                return
            if self.beat_ms and self.ms % self.beat_ms == 0:
                self.driver.sync(self.now_ms)
            if self.power_w is not None and self.ms % 1000 == 500:
                self.command(self.power_w)
            self._bus()
            self.now_ms = add(self.now_ms, 10)
            self.ms += 10

    def command(self, power_w, lease_ms=3000):
        self.driver.command(Command(power_w, add(self.now_ms, lease_ms), ("test",)), self.now_ms)

    def said(self, *codes):
        """[(ms, pdu)] of the requests of these function codes so far."""
        return [(ms, pdu) for ms, pdu in self.log if pdu[0] in codes]

    def names(self):
        """Codes of all events so far."""
        return [code for code, _ in self.events]

    def _bus(self):
        if self._flying is None:
            wait_ms = self.driver.wait_ms(self.now_ms)
            assert 0 <= wait_ms <= 1000
            request = self.driver.next(self.now_ms)
            if request is None:
                return
            self.log.append((self.ms, bytes(request.pdu)))
            self._flying = request
            self._due_ms = add(self.now_ms, 1300 if self.mute else self.delay_ms)
        elif diff(self.now_ms, self._due_ms) >= 0:
            request, self._flying = self._flying, None
            self._land(request)
            self.events += self.driver.events
            del self.driver.events[:]

    def _land(self, request):
        if self.mute:
            self.driver.fault(request, NoAnswer("timeout"), self.now_ms)
            return
        try:
            pdu = self.paper.answer(request.pdu)
        except Refusal as refusal:
            self.driver.fault(request, Refused(refusal.code), self.now_ms)
        else:
            self.driver.answer(request, pdu, self.now_ms)


def opened(name):
    """The Sheet of catalogue file `name`."""
    return entry.made(name, *entry.files(name))


def rows_of(name):
    """All rows of a catalogue file, its base and its details; no blocks."""
    file, base = entry.files(name)
    found = [row for group in entry.groups(file, base) for row in group[3] if row[2] != "block"]
    return found + [row for _, rows in entry.details(file, base) for row in rows]


def calm(lines):
    """A table's lines without its example faults and alerts."""
    return [(function, address, [0] * len(raw), key, ()) if key.startswith("sofar_")
            else (function, address, raw, key, value) for function, address, raw, key, value in lines]


def set_point(pdu):
    """+ discharge W of a 0x42 PDU, 0 for hold, None for rest."""
    action, value = pdu[1] << 8 | pdu[2], pdu[3] << 8 | pdu[4]
    assert pdu[0] == 0x42 and len(pdu) == 5
    return {0x0100: None, 0x0101: value, 0x0102: -value}[action]


def obeying(desk, power_w, ms=3000):
    """The desk after `ms` under this command, its power where it should be."""
    desk.paper.put(3, 0x020D, -power_w // 10 & 0xFFFF)
    desk.power_w = power_w
    desk.run(ms)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    return desk
