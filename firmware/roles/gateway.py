"""The gateway: the box that reads the meter, decides, and commands the inverter.

Knows which tasks make a gateway and how they are joined; refuses to know what
any of them does inside. Everything it opens was handed over by main.py.
"""

from ..control.decide import Control
from ..control.envelope import Envelope
from ..control.wishes import Wishes
from ..core.journal import Journal
from ..core.version import VERSION
from ..devices.driver import open_driver
from ..modbus.faults import Fault
from ..p1.diagnosis import diagnose
from ..p1.framer import Framer
from ..p1.profiles import Listener
from ..tasks.keep_time import keep_time
from ..tasks.latest import Latest
from ..tasks.read_meter import MeterDoor, read_meter
from ..tasks.report import heap, report
from ..tasks.bus import Bus
from ..tasks.run_bus import run_bus
from ..tasks.run_control import run_control
from ..tasks.supervise import Supervisor
from ..words.words import say

_WATCHDOG_MS = 30000


class Role:
    """One box's life: `await run()`; it returns only after a death of one of its tasks."""

    def __init__(self, board, settings, identity, notes):
        self.board = board
        self.settings = settings
        self.identity = identity
        self.clock = board.ticks
        self.journal = Journal()
        self.wishes = Wishes().take(settings.get)
        self.bus = None
        self.drivers = self._open_drivers(notes)
        self.latest = Latest(self.drivers)
        self.control = Control(self.wishes)
        self.door = MeterDoor(board.p1_port, Framer(), Listener(settings.get("p1.profile")), self.journal)
        self._note_start(notes)

    def _open_drivers(self, notes):
        """The device on the RS485 port, as the four choices of the settings say."""
        get = self.settings.get
        if self.board.guard.safe_mode():
            notes.append(("boot_safe",))
            return []
        if not get("modbus.enabled") or not get("modbus.model"):
            return []
        try:
            return [open_driver(get("modbus.type"), get("modbus.group"), get("modbus.subgroup"),
                                get("modbus.model"), get("modbus.station"), self.clock())]
        except ValueError as error:
            notes.append(("modbus_refused", str(error)))
            return []

    def _open_bus(self):
        get = self.settings.get
        parity = None if get("modbus.parity") == "none" else get("modbus.parity")
        port = self.board.rs485_port(get("modbus.baud"), get("modbus.parity"), get("modbus.stop_bits"))
        return Bus(port, self.clock, get("modbus.baud"), parity, get("modbus.stop_bits"))

    def _note_start(self, notes):
        now_ms = self.clock()
        guard = self.board.guard
        self.journal.add(now_ms, "started", VERSION, guard.record.boots, guard.reset_cause())
        if guard.last_words:
            self.journal.add(now_ms, "last_words", guard.last_words)
        for note in notes:
            self.journal.add(now_ms, *note)

    async def run(self):
        """Open the ports and run the tasks; returns after an essential one has died."""
        self.bus = self._open_bus()
        self.latest.wake_bus = self.bus.wake
        watch = Supervisor(self.board.guard.watchdog(_WATCHDOG_MS), self.journal, self.clock,
                           self.died, self.board.guard.reset, self.board.guard.alive)
        beat_of, journal, clock = watch.beat_of, self.journal, self.clock
        if self.settings.get("p1.enabled"):
            watch.start("read_meter", read_meter(self.door, self.latest, clock, beat_of("read_meter")))
        watch.start("run_bus", run_bus(self.bus, self.drivers, journal, beat_of("run_bus"), clock))
        watch.start("run_control", run_control(self.latest, self.control, Envelope(), self.bus, journal,
                                               clock, beat_of("run_control")))
        watch.start("keep_time", lambda: keep_time(self.board, self.latest, journal, beat_of("keep_time")),
                    essential=False)
        watch.start("report", lambda: report(self), essential=False)
        await watch.run()

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
        try:
            driver.answer(request, await self.bus.ask(request), self.clock())
        except Fault as fault:  # it lets go by itself when its heartbeat stops
            driver.fault(request, fault, self.clock())

    def status(self, now_ms):
        """What the console and the pages show: see the keys; powers in W, ages in ms."""
        snapshot = self.latest.freeze(now_ms)
        decision, command = self.latest.decision, self.latest.command
        why = command.why if command else ("why_starting",)
        told = {
            "up_s": self.journal.tick(now_ms), "grid_w": snapshot.grid_w, "battery_w": snapshot.battery_w,
            "solar_w": snapshot.solar_w, "soc_pct": snapshot.soc_pct, "load_w": _load_w(snapshot),
            "set_w": command.power_w if command else None, "rule": decision.rule if decision else None,
            "why": say(self.settings.get("language"), why[0], why[1:]),
            "commands": self.latest.commands, "bus": self.bus.counters, "inverter": snapshot.status,
            "heap": heap(),
        }
        told.update(self._status_p1(now_ms))
        return told

    def _status_p1(self, now_ms):
        counters = self.door.counters
        verdict = diagnose(counters, self.board.line_level(), now_ms)
        return {"telegrams": {"good": counters.good, "bad": counters.bad, "lost": counters.lost},
                "p1": verdict[0]}


def _load_w(snapshot):
    """What the house itself draws; None while a part of it is unknown."""
    if snapshot.grid_w is None or snapshot.battery_w is None:
        return None
    return snapshot.grid_w + snapshot.battery_w + (snapshot.solar_w or 0)
