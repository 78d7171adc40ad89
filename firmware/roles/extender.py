"""The extender: a meter, an inverter or both, somewhere else in the house, at the service of a gateway.

The same rooms read the meter and speak to the inverter here as on a gateway; nothing is
decided. A command that comes in is a lease: the driver keeps the inverter at it only
while it lives, and lets go by itself when the gateway is not heard any more. Knows
which tasks make a member and how they are joined.
"""

from ..core.modules import forget_parts
from ..core.readings import Command
from ..core.ticks import add, diff
from ..link.packet import RESULT
from ..link.pieces import Pieces, answer
from ..link.tell import take_command
from ..tasks.tell_gateway import tell_gateway
from .box import Box
from .corridor import Corridor
from .outward import Outward

_RESTART_MS = 1500  # so long the answer to a change of settings has to arrive


class Role(Box):
    """One box's life: `await run()`; it returns only after a death of one of its tasks."""

    def __init__(self, board, settings, identity, notes, folder="", drivers=(), framer=None):
        from .starting import note_start
        Box.__init__(self, board, settings, identity, folder, drivers, framer)
        self._commands = {}  # index of a driver -> its lease
        self._pieces = Pieces()
        self._over_ms = None
        self.outward = Outward(self)
        note_start(self, notes)

    async def run(self):
        """Open the ports and the link, and run the tasks; returns after an essential one has died."""
        from . import starting
        watch = starting.watch(self, self.outward)
        self.corridor = Corridor(self, False, self.told)
        self.corridor.start(watch)
        watch.start("tell_gateway", tell_gateway(self, watch.beat_of("tell_gateway")))
        if self.door:
            from ..tasks.keep_time import keep_time
            watch.start("keep_time", lambda: keep_time(self.board, self.outward, self.journal,
                                                       watch.beat_of("keep_time")), essential=False)
        starting.open_web(self, watch)
        del starting  # a name in this frame would hold it for ever
        self.started()
        await watch.run()

    def gateway(self):
        """Our gateway's Peer, None before we are paired."""
        peers = self.corridor.hub.peers if self.corridor else None
        return peers[0] if peers else None

    def set_w(self, index, now_ms):
        """The set-point in force at a driver; None: it rests."""
        command = self._commands.get(index)
        if command is None or command.power_w is None or diff(now_ms, command.until_ms) > 0:
            return None
        return command.power_w

    # What the gateway says

    def told(self, peer, word, body, stamp_ms, index):
        """One event of the link."""
        now_ms = self.clock()
        if word == "command":
            self._command(index, take_command(body), stamp_ms, now_ms)
        elif word == "sync":
            for driver in self.drivers:
                driver.sync(now_ms)
            self._wake()
        elif word == "setting":
            self._setting(peer, body, now_ms)
        elif word == "online":
            self.outward.fresh()
        elif word == "paired":
            self._named(peer.name)
        elif word == "unpaired":
            self._commands = {}
            for driver in self.drivers:
                driver.neutral(now_ms)
            self._wake()

    def _command(self, index, power_w, until_ms, now_ms):
        if index >= len(self.drivers) or not self.drivers[index].commands:
            return
        command = Command(power_w, until_ms, ("why_gateway",))
        self._commands[index] = command
        self.drivers[index].command(command, now_ms)
        self._wake()

    def _wake(self):
        if self.bus:
            self.bus.wake()

    # Settings from afar

    def _setting(self, peer, body, now_ms):
        whole = self._pieces.feed(body)
        if whole is None:
            return
        taken, code, args, restart = self._take(whole[1])
        peer.send(RESULT, answer(whole[0], taken, code, args), None, now_ms)
        self.journal.add(now_ms, code, *args)
        if restart:
            self._over_ms = add(now_ms, _RESTART_MS)

    def _named(self, name):
        """Pairing gave us a name."""
        if name and name != self.settings.get("name"):
            self._take({"name": name})

    def _take(self, changes):
        from .own_settings import take
        result = take(self.settings, changes, self.folder)
        forget_parts("roles", "own_settings")
        return result

    def over(self, now_ms):
        """True when it is time to start anew with other settings."""
        return self._over_ms is not None and diff(now_ms, self._over_ms) >= 0

    async def restart(self):
        """The battery rests, then the ports are opened as the settings have them now."""
        self._over_ms = None
        await self.rest("why_settings")
        self.board.guard.reset("settings")

    def status(self, now_ms):
        """What the console and the pages show."""
        told = self.status_of_ports(now_ms)
        told["role"] = self.settings.get("role")
        told["link"] = self.corridor.status() if self.corridor else None
        told["inverter"] = self.drivers[0].status(now_ms) if self.drivers else None
        told["battery_w"] = self.drivers[0].reading.power_w if self.drivers else None
        told["set_w"] = self.set_w(0, now_ms) if self.drivers else None
        told["grid_w"] = self.outward.meter.grid_w() if self.outward.meter else None
        return told
