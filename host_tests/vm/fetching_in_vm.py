"""In MicroPython: the device's own fetching asks a service on the desk, one try after the other.

Argument: a JSON file with {"port", "root" (hex DER), "folder", "key", "now": [UTC seconds]}. Prints what
each try left: prices in force, trouble, journal.
"""

import asyncio
import json
import sys

from firmware.tariff.contract import Contract
from firmware.tasks.ask_service import verified
from firmware.tasks.fetch_prices import Fetching
from firmware.tasks.plan_quarter import Thought


class Clock:
    """Ticks that stand still: the journal dates nothing here."""

    def ticks(self):
        return 0


class Journal:
    """What was said, in order."""

    def __init__(self):
        self.said = []

    def add(self, now_ms, code, *args):
        self.said.append([code] + [str(one) for one in args])


def told(fetching, thought, journal, longest_ms):
    prices = thought.prices.prices
    said, journal.said = journal.said, []
    return {
        "source": prices and prices.source, "until": prices and prices.until,
        "values": list(prices.values) if prices else None, "taken_s": thought.prices.taken_s,
        "trouble": thought.prices.trouble and thought.prices.trouble[0],
        "sky": fetching.sky.prices and fetching.sky.prices.source, "said": said, "longest_ms": longest_ms,
    }


async def watched(coroutine, found):
    """Runs it beside a task that notes how long it was kept from its turn."""
    import time

    async def other():
        before = time.ticks_ms()
        while True:
            await asyncio.sleep_ms(0)
            now = time.ticks_ms()
            found[0] = max(found[0], time.ticks_diff(now, before))
            before = now
    task = asyncio.create_task(other())
    result = await coroutine
    task.cancel()
    return result


async def main(given):
    thought = Thought(Contract({"area": "Fluvius West", "contract": "engie"}))
    journal, found = Journal(), []
    roof = ((12, 400, 180, 35),) if given.get("roof") else ()
    fetching = Fetching(thought, given["folder"], journal, Clock(), given["key"], (51.05, 3.72), roof)
    if given["root"]:
        fetching.opener = verified([bytes.fromhex(given["root"])], given["port"], "127.0.0.1")
    else:
        fetching.opener = lambda host: asyncio.open_connection("127.0.0.1", given["port"])
    fetching.restore()
    found.append(told(fetching, thought, journal, 0))
    for now_s in given["now"]:
        longest = [0]
        await watched(fetching.turn(now_s), longest)
        found.append(told(fetching, thought, journal, longest[0]))
    print(json.dumps(found))


with open(sys.argv[1]) as file:
    asyncio.run(main(json.load(file)))
