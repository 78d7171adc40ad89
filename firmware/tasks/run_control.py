"""Freeze, decide, write: the beat of the house.

Woken by each telegram and at least once a second; one snapshot, one decision,
one command a beat. It does not speak to a bus: the driver holds the command and
the bus task is only told that there is something to fetch.
"""

import asyncio

_TICK_MS = 100


async def run_control(latest, control, envelope, bus, journal, clock, beat):
    """Endless; `beat()` tells the supervisor that the loop turns. bus: None where no inverter is ours."""
    last_ms = None
    asyncio.create_task(_tick(latest.bell))
    while True:
        await latest.bell.wait()
        latest.bell.clear()
        beat()
        now_ms = clock()
        if latest.due(now_ms, last_ms):
            last_ms = now_ms
            _turn(latest, control, envelope, bus, journal, now_ms)


async def _tick(bell):
    # A bell of its own: asyncio.wait_for would cost 500 bytes a wait.
    while True:
        await asyncio.sleep_ms(_TICK_MS)
        bell.set()


def _turn(latest, control, envelope, bus, journal, now_ms):
    """One beat: everything between the frozen snapshot and the driver's hands."""
    snapshot = latest.freeze(now_ms)
    decision = control.decide(snapshot)
    command = (latest.team or envelope).admit(decision, snapshot, control.wishes.min_soc_pct)
    if command.power_w is not None:
        control.follow.clamp(command.power_w)
    _note(latest, decision, command, journal, now_ms)
    if control.news:
        journal.add(now_ms, *control.news)
        control.news = None
    latest.decision, latest.command = decision, command
    latest.decided_age_ms = snapshot.meter_age_ms
    driver = latest.battery()
    if driver:
        driver.command(command, now_ms)
        if bus:
            bus.wake()


def _note(latest, decision, command, journal, now_ms):
    """Count changed set-points; journal a change of rule or a new reason to rest."""
    old, was = latest.decision, latest.command
    if was is None or was.power_w != command.power_w:
        latest.commands += 1
    if old is None or old.rule != decision.rule or _rest_changed(decision, old):
        journal.add(now_ms, "rule_" + decision.rule)
        journal.add(now_ms, *command.why)


def _rest_changed(decision, old):
    return decision.power_w is None and decision.why[0] != old.why[0]
