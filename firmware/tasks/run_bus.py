"""The endless round of one bus: set-points first, then the polls that are due, in turn.

What this file knows: drivers that have something to ask. It refuses to know what they
ask and why. A driver's `next` hands a request over for good: it is put on the wire, and
`answer` or `fault` comes back.
"""

from ..modbus.faults import Fault
from .bus import Bus  # noqa: F401 a role takes both from here

_LONGEST_IDLE_MS = 1000  # the supervisor wants to see a beat


async def run_bus(bus, drivers, journal, beat, clock):
    """Endless. `bus.wake()` makes it look at once; `beat()` is called each turn.

    Two drivers or more: each is asked for what it wants next, a set-point goes at once,
    polls take turns. A driver whose poll waits its turn is asked again after that poll.
    """
    held = [None] * len(drivers)  # what each driver wants next
    turn = 0
    while True:
        beat()
        index = _pick(drivers, held, turn, clock())
        if index is None:
            await bus.idle(_idle_ms(drivers, clock()))
            continue
        request, held[index] = held[index], None
        turn = index + 1
        await _carry(bus, drivers[index], request, journal, clock)


def _pick(drivers, held, turn, now_ms):
    """Whose request goes now: the first urgent one, else the next in turn, else None."""
    found = None
    for step in range(len(drivers)):
        index = (turn + step) % len(drivers)
        if held[index] is None:
            held[index] = drivers[index].next(now_ms)
        if held[index] is None:
            continue
        if held[index].urgent:
            return index
        if found is None:
            found = index
    return found


def _idle_ms(drivers, now_ms):
    wait_ms = _LONGEST_IDLE_MS
    for driver in drivers:
        wait_ms = min(wait_ms, driver.wait_ms(now_ms))
    return max(1, wait_ms)


async def _carry(bus, driver, request, journal, clock):
    """One request to its end, and what the driver has to tell about it to the journal."""
    try:
        pdu = await bus.ask(request)
    except Fault as fault:
        driver.fault(request, fault, clock())
    else:
        driver.answer(request, pdu, clock())
    while driver.events:
        code, args = driver.events.pop(0)
        journal.add(clock(), code, *args)
