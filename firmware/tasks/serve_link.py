"""The corridor's doorkeeper: frames from the transports to the hub, the hub's frames to the transports.

The only part of the link that waits. It looks every ten milliseconds, which allocates
nothing while nothing comes: a reading is under way for at most two such looks. A transport is

    take() -> (route, frame, rssi) or None    never waits; route: whatever it can answer to
    send(route, frame) -> False when it could not be taken; never waits
    route_of(mac) -> a route for a box that was not heard yet (the radio: broadcast), or None
    tune(channel)                             a radio changes its channel; others do nothing

Refuses to know what is said: `role.heard` is told.
"""

import asyncio

_TURN_MS = 10
_BURST = 16  # frames in a row of one transport: others want to run


async def serve_link(hub, transports, role, clock, beat):
    """Endless. role: has `heard(peer, word, body, stamp_ms, index)`, called for each Hub.event."""
    while True:
        beat()
        turn(hub, transports, role, clock)
        await asyncio.sleep_ms(_TURN_MS)


def turn(hub, transports, role, clock):
    """One look at everything."""
    for transport in transports:
        _take(hub, transport, clock)
    hub.turn(clock())
    event = hub.event()
    while event:
        role.heard(*event)
        event = hub.event()
    _send(hub, transports, clock())


def _take(hub, transport, clock):
    for _ in range(_BURST):
        got = transport.take()
        if got is None:
            return
        hub.feed(got[1], got[2], clock(), (transport, got[0]))


def _send(hub, transports, now_ms):
    channel = hub.tune()
    if channel is not None:
        for transport in transports:
            transport.tune(channel)
    out = hub.due(now_ms)
    while out:
        where, mac, frame = out
        if where:
            where[0].send(where[1], frame)
        else:
            for transport in transports:
                route = transport.route_of(mac)
                if route is not None:
                    transport.send(route, frame)
        out = hub.due(now_ms)
