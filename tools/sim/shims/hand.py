"""An installer's hand on a desk's gateway: what is asked for on its pages, from a file that grows.

Each line of SIM_INSTALLER is a JSON list: ["claim", mac, pop, name, replaces or null],
["unpair", mac] or ["set", mac, {setting: value}]. The firmware runs unchanged, from
its sources: a build has no names that one could call from outside.
"""

import asyncio
import json
import os

_LOOK_MS = 200


def lay_on():
    """Have the gateway's role look at the file as long as it runs."""
    found = __import__("firmware.roles.gateway", None, None, ("Role",)).Role
    run = found.run

    async def watched(self):
        asyncio.create_task(_work(self))
        await run(self)

    setattr(found, "run", watched)


async def _work(role):
    done = 0
    while True:
        await asyncio.sleep_ms(_LOOK_MS)
        try:
            with open(os.getenv("SIM_INSTALLER")) as file:
                lines = file.read().split("\n")[:-1]
        except OSError:
            continue
        for line in lines[done:]:
            done += 1
            try:
                _do(role, *json.loads(line))
            except ValueError as error:
                print(json.dumps({"journal": {"code": "hand_refused", "text": str(error)}}))


def _do(role, what, mac, *more):
    if what == "claim":
        role.corridor.claim(mac, *more)
        return
    peer = [one for one in role.corridor.hub.peers if role.corridor.name(one) == mac][0]
    if what == "unpair":
        role.corridor.hub.unpair(peer.mac, role.clock())
    else:
        role.far.set(peer, *more)
