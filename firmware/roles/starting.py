"""What a box does once with its ports, between power-on and running: journal, supervisor, network, pages.

Loaded for that and then forgotten (Box.started). Refuses to know which role it is for.
"""

import gc

from ..core.version import VERSION
from ..settings.paired import contracted, paired
from ..tasks.supervise import Supervisor

_WATCHDOG_MS = 30000
_PAGES_ROOM = 32768  # bytes free before the pages are loaded: 20 kB are theirs, an answer takes up to 10


def note_start(box, notes):
    """Into the journal: who starts, why, and what was met on the way."""
    now_ms, guard = box.clock(), box.board.guard
    box.journal.add(now_ms, "started", VERSION, guard.record.boots, guard.reset_cause())
    if guard.last_words:
        box.journal.add(now_ms, "last_words", guard.last_words)
    for note in notes:
        box.journal.add(now_ms, *note)


def watch(box, latest):
    """A Supervisor of the ports that are on. `latest`: what tasks/read_meter.py tells of telegrams."""
    guard, journal, clock = box.board.guard, box.journal, box.clock
    watch = Supervisor(guard.watchdog(_WATCHDOG_MS), journal, clock, box.died, guard.reset, guard.alive)
    beat_of = watch.beat_of
    if box.drivers:
        from .bus_port import open_bus, run_bus
        box.bus = open_bus(box.board, box.settings.get, clock)
        latest.wake_bus = box.bus.wake
        watch.start("run_bus", run_bus(box.bus, box.drivers, journal, beat_of("run_bus"), clock))
    if box.door:
        from .meter_port import read_meter
        watch.start("read_meter", read_meter(box.door, latest, clock, beat_of("read_meter")))
    if box.settings.get("console") != "off":
        watch.start("report", box.report, essential=False)  # not a lambda: it would hold this file
    return watch


def bring_up(box):
    """The Uplink of the board's Ethernet, with the address that the settings give; None where it has none."""
    get = box.settings.get
    static = None
    if get("network.mode") == "static":
        static = [get("network." + name) for name in ("address", "mask", "gateway", "dns")]
    return box.board.uplink(get("network.hostname") or box.identity.ssid.lower(), static)


def open_web(box, watch):
    """The pages, where the settings want them; what they need is loaded here and not before."""
    if not box.settings.get("web.enabled"):
        return
    gc.collect()
    if gc.mem_free() < _PAGES_ROOM:  # control goes first: no page is worth a box that starts over
        box.journal.add(box.clock(), "web_no_room", gc.mem_free() // 1024, _PAGES_ROOM // 1024)
        return
    from . import web_door
    web_door.open_web(box, watch)


def open_planning(box, watch):
    """The plan, in a house that was told a contract."""
    if contracted(box.folder):
        from . import planning
        box.planning = planning.open_planning(box, watch)


def open_link(box, watch):
    """A gateway speaks with other boxes from now on, if there are any or some are looked for.

    OSError of the flash: noted, and it goes on alone.
    """
    if box.board.guard.safe_mode() or not (box.settings.get("link.enabled") or paired(box.folder)):
        return
    from .corridor import Corridor
    from .far import Far
    box.far = Far(box)
    try:
        box.corridor = Corridor(box, True, box.far.told)
        box.corridor.start(watch)
    except OSError as error:
        box.journal.add(box.clock(), "link_not_opened", str(error))
