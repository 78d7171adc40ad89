"""The RS485 port on trial before anything is kept: what can be chosen, who is there, does it answer.

Asks over the box's own bus, between its polls, so that a trial never disturbs control. Where no
device is chosen yet the port is opened for the trial and let go. Loaded with a request.
"""

import asyncio
import json

from ..devices import entry, index
from ..devices.driver import open_driver
from ..modbus.faults import Fault
from ..words.words import say
from .bus_port import open_bus
from .reception import refused, told

_STATIONS_MOST = 16   # a scan of these takes about five seconds, half of a request's time
_SCAN_MS = 250
_TRIES = 16
_PAUSE_MS = 250
_READS = (3, 4)


async def answer(desk, visit, detail):
    """detail: "models", "scan" ({"first": 1, "last": 16}) or "test" (body: the four choices, station)."""
    if detail == "models":
        return told([[kind, group, sub or "", model] for kind, group, sub, model, _ in index.CHOICES])
    try:
        body = json.loads(visit.request.body)
        if detail == "scan":
            return await _scan(desk.box, int(body["first"]), int(body["last"]))
        choice = [str(body[name]) for name in ("type", "group", "subgroup", "model")]
        return await _test(desk.box, visit, choice, int(body["station"]))
    except (ValueError, KeyError, TypeError) as error:
        said = str(error) if isinstance(error, ValueError) else ""
        return refused(visit, "modbus_refused", (said,)) if said else refused(visit, "web_garbled")
    finally:
        entry.let_go()


def _bus(box):
    """The bus in use, or one made for this trial and kept for the next."""
    if box.bus is None:
        box.bus = open_bus(box.board, box.settings.get, box.clock)
    return box.bus


async def _scan(box, first, last):
    """Stations that answer anything at all, be it a refusal: {"found": [1], "asked": [1, 16]}."""
    from ..modbus.request import Request
    first = max(first, 1)
    last = min(last, 247, first + _STATIONS_MOST - 1)
    bus, found = _bus(box), []
    for station in range(first, last + 1):
        try:
            await bus.ask(Request(station, b"\x03\x02\x00\x00\x01", timeout_ms=_SCAN_MS), 0)
            found.append(station)
        except Fault as fault:
            if fault.kind == "exception":
                found.append(station)
    return told({"found": found, "asked": [first, last]})


async def _test(box, visit, choice, station):
    """Ask a device all that it is asked at a start; says serial number, model, mode word and SoC."""
    driver = open_driver(*(choice + [station, box.clock()]))
    bus = _bus(box)
    for _ in range(_TRIES):
        request = driver.next(box.clock())
        if request is None:
            await asyncio.sleep_ms(min(driver.wait_ms(box.clock()), _PAUSE_MS) + 1)
        elif request.pdu[0] in _READS:  # a trial never commands: what the driver would write is left out
            try:
                driver.answer(request, await bus.ask(request, 0), box.clock())
            except Fault as fault:
                driver.fault(request, fault, box.clock())
                if fault.kind != "exception":
                    return told({"ok": False, "text": say(visit.language, "web_test_" + fault.kind)})
        if driver.reading.serial and driver.reading.soc_pct is not None:
            break
    reading = driver.reading
    word = driver.status(box.clock())
    return told({"ok": True, "serial": reading.serial, "model": reading.model, "soc_pct": reading.soc_pct,
                 "battery_w": reading.power_w, "status": word, "text": say(visit.language, word)})
