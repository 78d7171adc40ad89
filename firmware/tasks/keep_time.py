"""Sets the box's clock from the meter and dates the journal.

The meter's time is the grid operator's and quarters are billed by it, so it
is the first source; a network source can join later through the same judgement.
Knows how far two clocks may differ; refuses to know who decodes the telegram.
"""

import asyncio

from ..core.ticks import age

_TURN_MS = 1000
_FRESH_MS = 5000  # a telegram older than this says nothing of now
_APART_S = 3  # transport and rounding; less is left alone, so that the clock does not fidget
_FIRST = 1704067200  # 2024: a meter that says less has lost its clock
_LAST = 4102444800  # 2100


async def keep_time(clock, latest, journal, beat):
    """For ever: `clock` has ticks(), epoch() and set_epoch(s); `latest.meter` is the core Meter in use."""
    while True:
        keep(clock, latest.meter, journal, clock.ticks())
        beat()
        await asyncio.sleep_ms(_TURN_MS)


def keep(clock, meter, journal, now_ms):
    """One turn at `now_ms`. Returns the seconds by which the clock was put right, None when it was not."""
    uptime_s = journal.tick(now_ms)
    mine = clock.epoch()
    theirs = meter_epoch(meter, now_ms)
    moved = None
    if theirs is not None and (mine is None or abs(theirs - mine) > _APART_S):
        clock.set_epoch(theirs)
        moved = None if mine is None else theirs - mine
        mine = clock.epoch()
        if mine is not None and abs(theirs - mine) > _APART_S:
            moved = None  # a host that keeps its own time
        elif moved is None:
            journal.add(now_ms, "clock_set")
        else:
            journal.add(now_ms, "clock_moved", moved)
    journal.began_s = None if mine is None else mine - uptime_s
    return moved


def meter_epoch(meter, now_ms):
    """Unix seconds now by the meter, or None when it is silent, old or has lost its clock."""
    if meter is None:
        return None
    old = age(now_ms, meter.at_ms)
    if old is None or old < 0 or old > _FRESH_MS or meter.time is None:
        return None
    if not _FIRST <= meter.time < _LAST:
        return None
    return meter.time + old // 1000
