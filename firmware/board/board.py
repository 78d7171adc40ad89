"""One board, opened: what a role asks for by name (ports, panel, watchdog, clock).

Which profile is whose and whether its map is possible is settled before a pin is
touched (choose.py); everything else is in the files beside it. Of the profile only
the P1 pins stay in memory; what is wired once is looked up when it is.
"""

import os

import machine

from ..core.modules import forget_parts
from . import clock
from .guard import Guard


def open_board(name):
    """Open board `name`: its direction pin is let go of first, its boot is counted. BoardError, PinError."""
    from .choose import profile
    chosen = profile(name)
    forget_parts("board", "choose")  # asked once a life
    return Board(name, chosen)


class Board:
    """The hardware by what it is for. `guard`: see guard.py."""

    def __init__(self, name, chosen):
        self.name = name
        bus = chosen["rs485"]
        if bus and bus["direction"] is not None:
            machine.Pin(bus["direction"], machine.Pin.OUT, value=0)
        self.guard = Guard()
        self.ticks = clock.ticks
        self.epoch = clock.epoch
        self.set_epoch = clock.set_epoch
        self._p1 = chosen["p1"]

    def p1_port(self, listen=(115200, 8, None, 1, True)):
        """A P1Port for a profile of the p1 room: (baud, bits, parity, stop, inverted)."""
        from .ports import P1Port
        return P1Port(self._p1, *listen)

    def rs485_port(self, baud=9600, parity="none", stop=1):
        """An Rs485Port; parity is "none", "even" or "odd"."""
        from .ports import Rs485Port
        return Rs485Port(self.wires("rs485"), baud, {"none": None, "even": 0, "odd": 1}[parity], stop)

    def panel(self):
        """The Panel: lamp and button."""
        from .panel import Panel
        return Panel(self.wires("lamp"), self.wires("button"))

    def line_level(self):
        """Level of the P1 data pin, 0 or 1, without disturbing the UART; None where it cannot be read."""
        try:
            return machine.Pin(self._p1["rx"]).value()
        except (ValueError, OSError, TypeError, AttributeError):
            return None

    def uplink(self, hostname, static=None):
        """Ethernet up: see uplink.bring_up. None where the board has none."""
        net = self.wires("ethernet")
        if not net:
            return None
        from .uplink import bring_up
        return bring_up(net, hostname, static)

    def wires(self, part):
        """One part of the board's profile, read from flash: "rs485", "ethernet", "lamp", "button"."""
        from .choose import literal
        found = literal(self.name)[part]
        forget_parts("board", "choose")
        return found

    def radio(self, channel, ssid="", password=""):
        """The Radio; `ssid` on a gateway, whose access point it is. See radio.py."""
        from .radio import Radio
        return Radio(channel, ssid, password)

    @staticmethod
    def random(count):
        """`count` bytes nobody can foretell, from the chip's own source."""
        return os.urandom(count)

    def mac(self):
        """The chip's MAC as printed on the sticker: "F4:12:FA:40:06:E4"."""
        return ":".join("%02X" % byte for byte in machine.unique_id())
