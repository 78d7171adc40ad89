"""What every box has, whatever it is for: its ports, its journal, its supervisor, the way to rest.

A role extends it. The rooms of a port that is off are never loaded: meter_port.py and
bus_port.py bring them in, and what is done once is in starting.py. Refuses to know who decides
and what is said to other boxes.
"""

import gc

from ..core.journal import Journal
from ..core.modules import forget_parts


class Box:
    """`drivers`: of our own bus; `framer`: for the P1 port; both as opening.py made them.

    `bus`, `door`: None where a port is off; `folder`: of our flash.
    """

    def __init__(self, board, settings, identity, folder="", drivers=(), framer=None):
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
        self.drivers = list(drivers)
        if settings.get("p1.enabled"):
            from .meter_port import open_door
            self.door = open_door(board, settings.get("p1.profile"), self.journal, framer)

    def uplink(self):
        """Ethernet as the settings have it, brought up once; None where it is off or the board has none."""
        if self._uplink is None and self.settings.get("network.enabled"):
            from .starting import bring_up
            self._uplink = bring_up(self)
        return self._uplink

    def uplink_address(self):
        """Our address on the house's network as text, None without one."""
        return self._uplink.address() if self._uplink else None

    def started(self):
        """The box runs: what only its start needed leaves memory."""
        if not self.settings.get("web.enabled") and not self.corridor:
            self.identity = None  # who would ask: a page, another box
            for driver in self.drivers:
                driver.brief()
        self.settings.settle()
        forget_parts("roles", "starting")
        forget_parts("settings", "paired")

    def report(self):
        """The coroutine of the console's task."""
        from ..tasks.report import report
        return report(self)

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
