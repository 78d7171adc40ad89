"""Opens the plan: the contract and the roof as they are kept, the task that fetches, the task that plans.

Loaded only on a box that was told a contract and has the room; control goes first. What cannot be used is
said in the journal, and the rules go on.
"""

import gc

from ..core.modules import forget_parts
from ..settings.sealed import Damaged
from ..tariff.faults import TariffFault

_ROOM = 81920  # bytes free before any of it is loaded: code, tables of a plan, a question's reader
_MODEST_W = 3000  # where no inverter says its limits: the guide's ME3000SP


def open_planning(role, watch):
    """Start both tasks -> the Planning, None where there is no room or nothing to plan with."""
    gc.collect()
    now_ms = role.clock()
    if gc.mem_free() < _ROOM:
        role.journal.add(now_ms, "plan_no_room", gc.mem_free() // 1024, _ROOM // 1024)
        return None
    try:
        thought, roof = _thought(role)
    except Damaged as damage:
        role.journal.add(now_ms, "kept_damaged", "contract", damage.code)
        return None
    except TariffFault as fault:
        role.journal.add(now_ms, fault.word, *fault.details)
        return None
    return _start(role, watch, thought, roof)


def _thought(role):
    """(Thought, (key, place, groups)) from what is kept; TariffFault naming a field that is wrong."""
    from ..settings import kept
    from ..settings.panels import groups
    from ..tariff.contract import Contract
    from ..tasks.plan_quarter import Thought
    get = role.settings.get
    services = kept.load("services", role.folder)
    north, east = get("installation.latitude"), get("installation.longitude")
    place = None if north is None or east is None else (north / 1000000, east / 1000000)
    roof = tuple(groups(get("panels.groups"))) if place else ()
    thought = Thought(Contract(kept.load("contract", role.folder)), place or (51.0, 4.4), roof,
                      services.get("yearly_kwh", 3500))
    forget_parts("settings", "kept panels")
    return thought, (services.get("entsoe_key", ""), place, roof)


def _start(role, watch, thought, roof):
    from ..tasks.fetch_prices import Fetching, fetch_prices
    from ..tasks.make_plan import Planning, make_plan
    get, board, journal = role.settings.get, role.board, role.journal
    key, place, groups = roof
    limits = get("inverter.capacity_wh"), _MODEST_W, _MODEST_W, get("inverter.cost_eur_kwh")
    planning = Planning(thought, role.control, role.latest, limits, role.folder, journal, board)
    planning.fetching = fetching = Fetching(thought, role.folder, journal, board, key, place, groups)
    fetching.uplink_address = role.uplink_address
    try:
        role.uplink()
    except OSError as error:
        journal.add(role.clock(), "service_unreachable", str(error))
    keep = role.control.keep_quarter

    def closed(record):
        planning.closed(record)
        keep(record)
    role.control.keep_quarter = closed
    beat_of = watch.beat_of
    watch.start("fetch_prices", lambda: fetch_prices(fetching, board, beat_of("fetch_prices")),
                essential=False)
    watch.start("make_plan", lambda: make_plan(planning, board, beat_of("make_plan")), essential=False)
    journal.add(role.clock(), "plan_opened")
    return planning
