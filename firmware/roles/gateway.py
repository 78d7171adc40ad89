"""The gateway: the box that decides, and commands the inverters, its own and those of other boxes.

Knows which tasks make a gateway and how they are joined; refuses to know what any of
them does inside. Everything it opens was handed over by main.py. What other boxes
need is loaded only where there are such boxes: corridor.py and far.py.
"""

import asyncio

from ..control.decide import Control
from ..control.envelope import Envelope
from ..control.receipt import Account
from ..control.wishes import Wishes
from ..core.modules import forget_parts
from ..tasks.keep_time import keep_time
from ..tasks.latest import Latest
from ..tasks.run_control import run_control
from ..words.words import say
from .box import Box

_LAST_WORDS_MS = 50  # between the turns in which a last command leaves for other boxes
_LAST_TURNS = 8


class Role(Box):
    """One box's life: `await run()`; it returns only after a death of one of its tasks."""

    wire = 0, 0  # telegrams, good and damaged, when the last quarter ended

    planning = None  # tasks.make_plan.Planning, in a house that was told a contract

    def __init__(self, board, settings, identity, notes, folder="", drivers=(), framer=None):
        from .starting import note_start
        Box.__init__(self, board, settings, identity, folder, drivers, framer)
        self.wishes = Wishes().take(settings.get)
        chosen = settings.get("link.inverters").replace(" ", "").split(",")
        ours = self.drivers if chosen == [""] or "own" in chosen else []
        if settings.get("link.meter") not in ("", "own"):
            self.door = None
        self.latest = Latest(list(ours))  # those of other boxes join it
        if settings.get("loads.enabled"):
            from .flexible import control_of
            self.control = control_of(self.wishes, settings.get)
        else:
            self.control = Control(self.wishes)
        self.control.keep, self.control.keep_quarter = self._keep, self._keep_quarter
        self.control.account = Account()
        self.far = None
        note_start(self, notes)

    async def run(self):
        """Open the ports and run the tasks; returns after an essential one has died."""
        from . import starting
        watch = starting.watch(self, self.latest)
        starting.open_link(self, watch)
        latest, journal, beat_of = self.latest, self.journal, watch.beat_of
        watch.start("run_control", run_control(latest, self.control, Envelope(), self.bus, journal,
                                               self.clock, beat_of("run_control")))
        watch.start("keep_time", lambda: keep_time(self.board, latest, journal, beat_of("keep_time")),
                    essential=False)
        starting.open_planning(self, watch)
        starting.open_web(self, watch)
        del starting  # a name in this frame would hold it for ever
        self.started()
        await watch.run()

    def _keep(self, changes):
        from .keeping import keep
        keep(self, changes)
        forget_parts("roles", "keeping")
        forget_parts("control", "commission")

    def _keep_quarter(self, record):
        from .quarter_end import quarter_ended
        quarter_ended(self, record)

    async def rest(self, *why):
        """Send the neutral command now, to our own and to far inverters, past tasks that may be dead."""
        self.wishes.enabled = False  # the control task may still be alive
        for driver in self.latest.drivers:
            if driver not in self.drivers:
                driver.neutral(self.clock())
        if self.corridor:
            self.corridor.turn()
        await Box.rest(self, *why)
        if self.corridor:
            for _ in range(_LAST_TURNS):
                self.corridor.turn()
                await asyncio.sleep_ms(_LAST_WORDS_MS)

    def status(self, now_ms):
        """What the console and the pages show: see the keys; powers in W, ages in ms."""
        latest = self.latest
        snapshot = latest.freeze(now_ms)
        decision, command = latest.decision, latest.command
        why = command.why if command else ("why_starting",)
        told = self.status_of_ports(now_ms)
        for name in ("grid_w", "battery_w", "solar_w", "soc_pct"):
            told[name] = getattr(snapshot, name)
        told["load_w"] = _load_w(snapshot)
        told["set_w"] = command.power_w if command else None
        told["rule"] = decision.rule if decision else None
        told["why"] = say(self.settings.get("language"), why[0], why[1:])
        told["commands"] = latest.commands
        told["meter_age_ms"] = latest.decided_age_ms
        told["inverter"] = snapshot.status
        if self.corridor:
            told["link"] = self.corridor.status()
        return told


def _load_w(snapshot):
    """What the house itself draws; None while a part of it is unknown."""
    if snapshot.grid_w is None or snapshot.battery_w is None:
        return None
    return snapshot.grid_w + snapshot.battery_w + (snapshot.solar_w or 0)
