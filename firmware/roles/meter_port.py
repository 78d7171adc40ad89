"""The P1 port of a box that has it on: all of the p1 room that a role touches, loaded with this file."""

from ..p1.diagnosis import diagnose  # noqa: F401 a role takes it from here
from ..p1.framer import Framer
from ..p1.profiles import Listener
from ..tasks.read_meter import MeterDoor, read_meter  # noqa: F401 likewise


def open_door(board, profile, journal):
    """The MeterDoor; the port itself is opened when it is first looked at."""
    return MeterDoor(board.p1_port, Framer(), Listener(profile), journal)
