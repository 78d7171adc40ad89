"""One device on a bus, for whoever owns the bus: what to ask next, what an answer means.

Feed and ask, never wait: `next` gives a Request or None, `answer` and `fault` take what came
of it, `wait_ms` says when to look again. The driver hides rhythm, leases, heartbeats and the
device's moods; it refuses to know the port, the time of day and why a power is wanted.

A device without WRITES (a meter) takes no commands and is otherwise the same.
"""

from ..core.ticks import diff
from ..modbus.faults import Refused
from ..modbus.request import Request
from ..modbus.values import ratio
from .gauges import Gauges
from .orders import Orders
from .polls import Poll, Polls

_SILENT_MS = 5000
_MOST_EVENTS = 20


def open_driver(kind, group, subgroup, model, station, now_ms):
    """The Driver of a choice of index.CHOICES; ValueError names the word or station that is wrong."""
    from . import entry

    try:
        return Driver(entry.open_model(kind, group, subgroup, model, station), station, now_ms)
    finally:
        entry.let_go()


class Driver:
    """`reading`: core Inverter, filled in place. `events`: list of (code, args), to be emptied."""

    def __init__(self, model, station, now_ms):
        self.model = model
        self.station = station
        self.events = []
        self.commands = bool(model.writes)  # False: a meter
        self._gauges = Gauges(model)
        self.reading = self._gauges.reading
        self._polls = Polls(model, now_ms)
        self._orders = Orders(model, self._gauges, self._polls, self._note) if self.commands else None
        self._started_ms = now_ms
        self._silent = False

    # What the control room says

    def command(self, command, now_ms):
        """Take a core Command: a lease. A meter rests anyway and takes nothing else: ValueError."""
        if self._orders:
            self._orders.command(command.power_w, command.until_ms, now_ms)
        elif command.power_w is not None:
            raise ValueError("%s takes no commands" % self.model.MODEL)

    def neutral(self, now_ms):
        """The battery to rest, at the next opportunity."""
        if self._orders:
            self._orders.setpoint.rest()

    def brief(self):
        """Nobody will ask for `details`: answers need not be kept (300 bytes)."""
        self._polls.keep = False

    def sync(self, now_ms):
        """A telegram starts now: measure at once."""
        self._polls.sync(now_ms)

    def set_mode(self, now_ms):
        """Ask the device, once, to enter the mode in which it obeys. False: it cannot.

        For an installer's button only: the register wears out (EEPROM).
        """
        return bool(self._orders and self._orders.set_mode())

    # What the bus says

    def next(self, now_ms):
        """The Request to send now, or None."""
        self._watch(now_ms)
        step = self._orders and self._orders.take(now_ms)
        if step:
            name, power_w, number = step
            return self._request(_filled(self.model.writes[name][number], power_w), step, name != "alive")
        poll = self._polls.take(now_ms, self._silent)
        if poll is None:
            return None
        return self._request(poll.pdu, poll, False)

    def wait_ms(self, now_ms):
        """Milliseconds until `next` may have something: 0 to 1000."""
        wait = self._polls.wait_ms(now_ms, self._silent)
        return min(wait, self._orders.wait_ms(now_ms)) if self._orders else wait

    def answer(self, request, pdu, now_ms):
        """Take the PDU (bytes) that answers `request`."""
        self._heard(now_ms)
        if isinstance(request.tag, Poll):
            self._read(request.tag, pdu, now_ms)
        else:
            self._orders.answered(request.tag, pdu, now_ms)

    def fault(self, request, fault, now_ms):
        """`request` came to nothing; `fault` is one of modbus.faults."""
        refused = isinstance(fault, Refused)
        if refused:
            self._heard(now_ms)  # a device that says no is there
        if isinstance(request.tag, Poll):
            if self._polls.failed(request.tag, fault):
                self._note("inverter_lacks", "0x%04X" % request.tag.start())
        elif refused:
            self._orders.refused(request.tag, fault.code, now_ms)
        else:
            self._orders.lost(request.tag)

    # What anybody may ask

    def status(self, now_ms):
        """One word on how the device is; firmware/words has the text and the next action."""
        reading = self.reading
        silent = self._silent or self._silence(now_ms) > _SILENT_MS
        if self._orders is None:
            return "busmeter_silent" if silent else "busmeter_ok"
        if silent:
            return "inverter_silent"
        if reading.heard_ms is None:
            return "inverter_starting"
        if self._orders.faulty:
            return "inverter_fault"
        if reading.ready is False:
            return "inverter_not_passive"
        return "inverter_not_following" if self._orders.follow.lost else "inverter_ok"

    def details(self):
        """Iterate (key, value) over everything read last, for the installer's page."""
        from . import details, entry

        entry.let_go()
        return details.each(self.model, self._polls.list)

    def hints(self):
        """Words worth showing that are no faults (derating, clock chip, battery notes)."""
        return self._gauges.hints

    # How it thinks

    def _request(self, pdu, tag, urgent):
        return Request(self.station, pdu, urgent=urgent, tag=tag, gap_ms=self.model.GAP_MS)

    def _note(self, code, *args):
        self.events.append((code, args))
        if len(self.events) > _MOST_EVENTS:
            self.events.pop(0)

    def _silence(self, now_ms):
        heard_ms = self.reading.heard_ms
        return diff(now_ms, self._started_ms if heard_ms is None else heard_ms)

    def _watch(self, now_ms):
        """Leases and silence pass by themselves."""
        if self._orders:
            self._orders.setpoint.lapse(now_ms)
        if not self._silent and self._silence(now_ms) > _SILENT_MS:
            self._silent = True
            self._note("inverter_silent" if self._orders else "busmeter_silent")
            if self._orders:
                self._orders.silent()

    def _heard(self, now_ms):
        self.reading.heard_ms = now_ms
        if self._silent:
            self._silent = False
            self._polls.ask(None, now_ms)
            self._note("inverter_back" if self._orders else "busmeter_ok")
            if self._orders:
                self._orders.back()

    def _read(self, poll, pdu, now_ms):
        before = self.reading.faults
        data = pdu[2:]
        if not self._gauges.fill(poll, data, now_ms):
            self._note("inverter_implausible", "0x%04X" % poll.start())
            return
        self._polls.answered(poll, data)
        for word in self.reading.faults:
            if word not in before:
                self._note(word)
        if poll.rhythm == "once":
            self._identified()
        elif self._orders and poll.rhythm == "slow":
            self._orders.state_read()
        elif self._orders and poll.rhythm == "mode":
            self._orders.mode_read(now_ms)
        elif self._orders and poll.rhythm == "fast":
            self._orders.judge(now_ms)

    def _identified(self):
        """The serial number tells the family; another than chosen is worth a word."""
        family = _family_of(self.model.SERIALS, self.reading.serial or "")
        self.reading.model = family or self.model.FAMILY
        if family and family != self.model.FAMILY:
            self._note("inverter_other_model", family, self.model.FAMILY)


def _family_of(serials, serial):
    """The family that a serial number speaks of, None when it says nothing known."""
    for position, letters, family in serials:
        if serial[position:position + len(letters)] == letters:
            return family
    return None


def _filled(prepared, power_w):
    """The PDU of a write: its head and the words of `power_w`, if it has any. See writes.prepared.

    Raises ValueError naming a value that does not fit.
    """
    if isinstance(prepared, bytes):
        return prepared
    pdu, kind, numbers = prepared
    for number in numbers:
        value = ratio(power_w * number[0], number[1]) if isinstance(number, tuple) else number
        if kind[1:] != "16":
            from ..modbus.encoding import encode
            pdu += encode(kind, value)
            continue
        low = -32768 if kind == "s16" else 0
        if not low <= value <= low + 65535:
            raise ValueError("value %d: does not fit in %s" % (value, kind))
        pdu += bytes((value >> 8 & 255, value & 255))
    return pdu
