"""What a member tells its gateway: its meter, its inverters, how it is, what it noted.

Takes the place that Latest has on a gateway: telegrams end here, and leave as packets
at once. Everything newer replaces what still waits; only journal lines queue, and as
long as the gateway is away they stay in the journal. Refuses to know keys and frames.
"""

from ..core.ticks import add, age, diff
from ..core.version import VERSION
from ..link.lines import put_line
from ..link.packet import HEALTH, HISTORY, INVERTER, JOURNAL, METER, SYNC
from ..link.tell import put_health, put_history, put_inverter, put_meter

_HEALTH_MS = 10000
_LINES_AT_ONCE = 4  # of the eight messages that may wait; the rest of the lane is for results
_BUS = (("bus_requests", "requests"), ("bus_timeouts", "timeouts"), ("bus_crc", "crc"),
        ("bus_exceptions", "exceptions"), ("bus_retries", "retries"))


class Outward:
    """box: a member, with `drivers`, `door`, `bus`, `journal` and `gateway()`, its Peer or None."""

    def __init__(self, box):
        self.meter = None         # core Meter of the last good telegram
        self.wake_bus = None      # set once the bus is open
        self._box = box
        self._line = 0            # number of the last journal record told
        self._lines_ms = None
        self._health_ms = None
        self._history = None
        self._told = [None] * len(box.drivers)  # (at_ms, status) of each inverter as told last

    def fresh(self):
        """The gateway is there (again): it knows nothing of us."""
        self._health_ms = self._history = None
        self._told = [None] * len(self._told)
        if self.meter:
            self._tell_history(self.meter)

    # As tasks/read_meter.py wants it

    def began(self, now_ms):
        """A telegram's first byte is here: measure what hangs here, and have the gateway tell the others."""
        for driver in self._box.drivers:
            driver.sync(now_ms)
        if self.wake_bus:
            self.wake_bus()
        self._send(SYNC, b"", now_ms)

    def heard(self, meter, start_ms):
        """A good telegram is whole."""
        self.meter = meter
        self._send(METER, put_meter(meter), meter.at_ms)
        self._tell_history(meter)

    def _tell_history(self, meter):
        if meter.history and meter.history != self._history:  # moves once a month
            self._history = meter.history
            self._send(HISTORY, put_history(meter.history), None)

    # Some times a second

    def tell(self, now_ms):
        """Whatever is new since the last call; nothing while there is no gateway to hear it."""
        peer = self._box.gateway()
        if peer is None or not peer.online:
            return
        for index in range(len(self._box.drivers)):
            self._tell_inverter(index, now_ms)
        if self._health_ms is None or diff(now_ms, self._health_ms) >= _HEALTH_MS:
            self._health_ms = now_ms
            self._send(HEALTH, put_health(self._health(peer, now_ms)), now_ms)
        self._tell_journal(peer, now_ms)

    def _tell_inverter(self, index, now_ms):
        driver = self._box.drivers[index]
        reading, status = driver.reading, driver.status(now_ms)
        told = self._told[index]
        if told and told[0] == reading.at_ms and told[1] == status:
            return
        self._told[index] = (reading.at_ms, status)
        body = put_inverter(reading, status, self._box.set_w(index, now_ms), age(now_ms, reading.heard_ms))
        self._send(INVERTER, body, reading.at_ms, index)

    def _tell_journal(self, peer, now_ms):
        """A few lines a second: the lane is short and a line is acknowledged before the next one goes."""
        if self._lines_ms is not None and diff(now_ms, self._lines_ms) < 1000:
            return
        self._lines_ms = now_ms
        journal = self._box.journal
        uptime_s = journal.tick(now_ms)
        for number, at_s, _, code, args in journal.after(self._line)[:_LINES_AT_ONCE]:
            old_ms = min(uptime_s - at_s, 86400) * 1000
            if not peer.send(JOURNAL, put_line(code, args), add(now_ms, -old_ms), now_ms):
                return
            self._line = number

    def _health(self, peer, now_ms):
        box = self._box
        told = box.status_of_ports(now_ms)
        counts, bus = told["telegrams"] or {}, told["bus"] or {}
        found = {
            "uptime_s": told["up_s"], "boots": box.board.guard.record.boots,
            "heap_free": told["heap"]["free"], "rssi_dbm": peer.rssi, "loss_pct": peer.session.loss_pct(),
            "version": VERSION, "reset": box.board.guard.reset_cause(), "p1": told["p1"],
            "p1_good": counts.get("good"), "p1_bad": counts.get("bad"), "p1_lost": counts.get("lost"),
        }
        for name, counter in _BUS:
            found[name] = bus.get(counter)
        if box.drivers:
            found["inverter"], found["model"] = box.drivers[0].status(now_ms), box.drivers[0].model.MODEL
        return found

    def _send(self, kind, body, stamp_ms, index=0):
        peer = self._box.gateway()
        if peer and peer.online:
            peer.send(kind, body, stamp_ms, self._box.clock(), index)
