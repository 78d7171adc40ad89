"""What every box has, whatever it is for: its ports, its journal, its supervisor, the way to rest.

A role extends it. The rooms of a port that is off are never loaded: meter_port.py and
bus_port.py bring them in. Refuses to know who decides and what is said to other boxes.
"""

import gc

from ..core.journal import Journal
from ..core.version import VERSION
from ..tasks.supervise import Supervisor

_WATCHDOG_MS = 30000
_PAGES_ROOM = 40960  # bytes free before the pages are loaded: 20 kB are theirs, 10 an answer's, 10 control's


class Box:
    """`drivers`: of our own bus; `bus`, `door`: None where a port is off; `folder`: of our flash."""

    def __init__(self, board, settings, identity, notes, folder=""):
        self.board = board
        self.settings = settings
        self.identity = identity
        self.folder = folder
        self.clock = board.ticks
        self.journal = Journal()
        self.bus = None
        self.door = None
        self.corridor = None
        self._uplink = None
        self.drivers = self._open_drivers(notes)
        if settings.get("p1.enabled"):
            from .meter_port import open_door
            self.door = open_door(board, settings.get("p1.profile"), self.journal)

    def _open_drivers(self, notes):
        """The device on the RS485 port, as the four choices of the settings say."""
        get = self.settings.get
        if self.board.guard.safe_mode():
            notes.append(("boot_safe",))
            return []
        if not get("modbus.enabled") or not get("modbus.model"):
            return []
        from .bus_port import open_device
        try:
            return [open_device(get, self.clock())]
        except ValueError as error:
            notes.append(("modbus_refused", str(error)))
            return []

    def uplink(self):
        """Ethernet as the settings have it, brought up once; None where it is off or the board has none."""
        get = self.settings.get
        if self._uplink is None and get("network.enabled"):
            static = None
            if get("network.mode") == "static":
                static = [get("network." + name) for name in ("address", "mask", "gateway", "dns")]
            self._uplink = self.board.uplink(get("network.hostname") or self.identity.ssid.lower(), static)
        return self._uplink

    def uplink_address(self):
        """Our address on the house's network as text, None without one."""
        return self._uplink.address() if self._uplink else None

    def open_web(self, watch):
        """The pages, where the settings want them; what they need is loaded here and not before."""
        if not self.settings.get("web.enabled"):
            return
        gc.collect()
        if gc.mem_free() < _PAGES_ROOM:  # control goes first: no page is worth a box that starts over
            self.journal.add(self.clock(), "web_no_room", gc.mem_free() // 1024, _PAGES_ROOM // 1024)
            return
        from .web_door import open_web
        open_web(self, watch)

    def note_start(self, notes):
        """Into the journal: who starts, why, and what was met on the way."""
        now_ms = self.clock()
        guard = self.board.guard
        self.journal.add(now_ms, "started", VERSION, guard.record.boots, guard.reset_cause())
        if guard.last_words:
            self.journal.add(now_ms, "last_words", guard.last_words)
        for note in notes:
            self.journal.add(now_ms, *note)

    def watch(self, latest):
        """A Supervisor of the ports that are on. `latest`: what tasks/read_meter.py tells of telegrams."""
        guard, journal, clock = self.board.guard, self.journal, self.clock
        watch = Supervisor(guard.watchdog(_WATCHDOG_MS), journal, clock, self.died, guard.reset, guard.alive)
        beat_of = watch.beat_of
        if self.drivers:
            from .bus_port import open_bus, run_bus
            self.bus = open_bus(self.board, self.settings.get, clock)
            latest.wake_bus = self.bus.wake
            watch.start("run_bus", run_bus(self.bus, self.drivers, journal, beat_of("run_bus"), clock))
        if self.door:
            from .meter_port import read_meter
            watch.start("read_meter", read_meter(self.door, latest, clock, beat_of("read_meter")))
        if self.settings.get("console") != "off":
            from ..tasks.report import report
            watch.start("report", lambda: report(self), essential=False)
        self.settings.settle()
        return watch

    async def died(self, name, reason):
        """An essential task is dead: the battery rests before the box restarts."""
        await self.rest("why_task_died", name)

    async def rest(self, *why):
        """Send the neutral command now, past the tasks, which may be dead."""
        now_ms = self.clock()
        self.journal.add(now_ms, *why)
        for driver in self.drivers:
            driver.neutral(now_ms)
            request = driver.next(now_ms)
            while request and not request.urgent:
                request = driver.next(now_ms)
            if request:
                await self._ask(driver, request)

    async def _ask(self, driver, request):
        from .bus_port import Fault
        try:
            driver.answer(request, await self.bus.ask(request), self.clock())
        except Fault as fault:  # it lets go by itself when its heartbeat stops
            driver.fault(request, fault, self.clock())

    def status_of_ports(self, now_ms):
        """What our own ports and our memory say: keys of every role's status."""
        told = {"up_s": self.journal.tick(now_ms), "heap": _heap()}
        told["telegrams"] = told["p1"] = told["bus"] = None
        if self.bus:
            told["bus"] = self.bus.counters
        if self.door:
            from .meter_port import diagnose
            counters = self.door.counters
            told["telegrams"] = {"good": counters.good, "bad": counters.bad, "lost": counters.lost}
            told["p1"] = diagnose(counters, self.board.line_level(), now_ms)[0]
        return told


def _heap():
    """Bytes of Python heap in use and free now."""
    return {"used": gc.mem_alloc(), "free": gc.mem_free()}
