"""The P1 port of a box that has it on: all of the p1 room that a role touches, loaded with this file."""

from ..core.modules import forget_parts
from ..p1.framer import Framer
from ..p1.profiles import Listener
from ..p1.telegram import prepare
from ..tasks.read_meter import MeterDoor, read_meter  # noqa: F401 a role takes it from here


def open_framer():
    """The Framer, and the dictionary of codes: what wants much memory at once, so first of all."""
    framer = Framer()
    prepare()
    return framer


def open_door(board, profile, journal, framer=None):
    """The MeterDoor; the port itself is opened when it is first looked at. framer: one that is there."""
    return MeterDoor(board.p1_port, framer or Framer(), Listener(profile), journal)


def diagnose(counters, line_level, now_ms):
    """As p1.diagnosis has it, which is in memory only while the port is not fine."""
    if counters.fine(now_ms):
        counters.watch = None
        return "p1_good", counters.bad_pct()
    from ..p1 import diagnosis
    found = diagnosis.diagnose(counters, line_level, now_ms)
    forget_parts("p1", "diagnosis")
    return found
