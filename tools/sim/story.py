"""One story from power-on to summary: who is played, who is real, and the second hand.

Joins house, meter, inverter, lines and board; each of them lives in its own
file and none knows another. Whatever ends the story, ptys and processes go with it.
"""

import asyncio
import contextlib
import os
import pathlib
import shutil
import tempfile

from tools.build.tree import ROOT
from tools.vm import heap_bytes

from . import faults, installer
from .battery import Battery
from .belgium import from_local, to_local
from .clock import Clock
from .corridor import Corridor
from .crew import Crew
from .flexible import Flexible
from .house import STEP_S, House
from .household import Household, Recorded
from .inverter import Inverter
from .line import Bus, Pty, Wire
from .meter import Meter, Registers
from .sofar import Registers as InverterBook
from .station import Station
from .witness import Witness

P1_BAUD = 115200
_START_S = 3  # until the VM runs, the harness is busy starting it


class Story:
    """Built from the options of options.py; `tell()` plays it, `summary()` reports it."""

    def __init__(self, options):
        self.options = options
        self.clock = None
        self.witness = Witness(heap_bytes(options.heap))
        self.meter = self.inverter = self.inverter_book = self.station = self.bus = None
        self.p1_wire = self.corridor = None
        self.p1_ptys = {}
        self.starved_s = 0.0
        start_utc = from_local(options.start)
        load = Recorded(options.profile) if options.profile else Household(options.seed)
        self.flexible = Flexible(load, options.flexible) if any(options.flexible.values()) else None
        if not options.rs485:
            self.inverter = Inverter(Battery(options.capacity_wh, options.soc))
            self.inverter_book = InverterBook(self.inverter)
        self.house = House(
            self.flexible or load, Registers(start_utc, options.seed), start_utc,
            self.inverter, self.inverter_book,
        )
        if not options.p1:
            self.meter = Meter(self.house.book, seed=options.seed)
        self.folder = _folder()
        self.crew = Crew(self.folder, options)

    async def tell(self, each_second=None):
        """Play the story; `each_second(story)` is called once a second."""
        tasks = []
        try:
            tasks = [asyncio.ensure_future(one) for one in await self._cast()]
            clockwork = asyncio.ensure_future(self._seconds(each_second))
            done, _ = await asyncio.wait([clockwork, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
        finally:
            for one in tasks:
                one.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._strike()

    def summary(self):
        """The JSON report: see witness.py."""
        own = self.meter and self.inverter
        report = self.witness.summary(self.house if own else None, self.meter, self.inverter)
        report["starved_s"] = round(self.starved_s, 2)
        report["worked_s"] = self.crew.worked_s
        report["heap"]["stand_ins"] = self.crew.stand_ins.get(self.crew.plans[0]["name"])
        if self.flexible:
            report["flexible"] = self.flexible.summary()
        if self.corridor:
            report["boards"] = self.crew.summary()
            report["link"] = self.corridor.report()
        return report

    def local_time(self):
        """The house's wall clock."""
        return to_local(self.house.book.utc)

    def plug_meter(self, plugged):
        """The P1 plug in or out; an open input floats up to its pull-up."""
        self.p1_wire.cut = not plugged
        self._level(0 if plugged else 1)

    async def _cast(self):
        """Make everything that runs; returns their coroutines."""
        options = self.options
        self.crew.prepare(self.flexible.settings() if self.flexible else ())
        self.clock = Clock(options.speed)
        with contextlib.suppress(OSError):  # root only; a busy machine shall not look like a slow inverter
            os.setpriority(os.PRIO_PROCESS, 0, -10)
        running = []
        if self.meter:
            self.p1_ptys = {name: Pty() for name in self.crew.boards_with("p1")}
            fds = [pty.fd for pty in self.p1_ptys.values()]
            self.p1_wire = Wire(self.clock, fds, P1_BAUD, seed=options.seed)
            self._level(0)
            running.append(self.p1_wire.run())
        if self.inverter:
            self.bus = Bus(self.clock, echo=not options.no_echo, seed=options.seed)
            self.station = Station(self.clock, self.inverter, self.inverter_book, seed=options.seed)
            await self.station.start(self.bus.device.path)
            running.append(self.bus.run())
        running += self.crew.start(
            self.clock, self.witness, self._line, self._level_path() if self.meter else None,
            await self._open_corridor(), self._ended,
        )
        if self.flexible:
            token = self.crew.token("flexible")
            running.append(self.flexible.drive(self.clock, options.web, token))
        if options.work:
            work = installer.work(options.work, self.crew.stickers, self.crew.hand, self.clock)
            running.append(work)
        if options.timeline:
            running.append(faults.play(options.timeline, self, self.clock))
        return running

    def _line(self, name, line):
        """The tty of that board's line. Several meter ports are one meter and a splitter."""
        if line == "p1":
            return self.options.p1 or self.p1_ptys[name].path
        return self.options.rs485 or self.bus.master.path

    async def _open_corridor(self):
        """What is between the boards, where there are several; returns the environment that finds it."""
        if len(self.crew.plans) == 1:
            return {}
        self.corridor = Corridor(self.clock, self.options, self.crew)
        return await self.corridor.open()

    def _ended(self, name):
        if self.corridor:
            self.corridor.air.silence(name)

    def _level_path(self):
        return self.folder / "p1.level"

    def _level(self, level):
        self._level_path().write_text(str(level))

    async def _seconds(self, each_second):
        """The second hand: a step each tenth, a telegram and a look around each second."""
        second, seconds = 0, self.options.seconds
        while seconds is None or second < seconds:
            second += 1
            while self.house.t_s < second:
                due = self.house.t_s + STEP_S
                await self.clock.until(due)
                if second > _START_S:
                    self.witness.late_s = max(self.witness.late_s, self.clock.now() - due)
                self._outside_word()
                self.house.run_until(min(second, self.clock.now()))
            self._tick(second)
            self.starved_s = max(self.starved_s, self.crew.weigh())
            if each_second:
                each_second(self)

    def _outside_word(self):
        if not self.inverter:
            self.house.outside_battery_w = self.witness.status.get("battery_w") or 0

    def _tick(self, second):
        phases_w = self.house.mean_phases_w()
        status = self.witness.status
        if self.meter:
            self.p1_wire.put(self.meter.message(phases_w))
        grid_w = sum(phases_w) if self.meter else status.get("grid_w")
        if self.inverter:
            battery_w, soc = round(self.inverter.power_w), round(self.inverter.battery.soc_pct, 2)
        else:
            battery_w, soc = status.get("battery_w"), status.get("soc_pct")
        self.witness.second(second, grid_w, battery_w, soc)

    async def _strike(self):
        """Everybody home: the boards first, so that nobody writes to a pty that is gone."""
        self.crew.kill()
        if self.corridor:
            self.corridor.close()
        if self.station:
            with contextlib.suppress(Exception):
                await self.station.stop()
        for line in (*self.p1_ptys.values(), self.bus):
            if line:
                line.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _folder():
    """A fresh folder under .sim/; those of harnesses that were killed go."""
    home = ROOT / ".sim"
    home.mkdir(exist_ok=True)
    for left in home.glob("story-*"):
        owner = left.name.split("-")[1]
        if not (owner.isdigit() and pathlib.Path("/proc", owner).exists()):
            shutil.rmtree(left, ignore_errors=True)
    return pathlib.Path(tempfile.mkdtemp(prefix=f"story-{os.getpid()}-", dir=home))
