"""Runs in MicroPython from compiled files: cycles of a 58-register read and a command, timed and weighed.

SIM_UART2 is the tty; the argument says how many cycles. Prints one JSON object.
"""

import asyncio
import gc
import json
import sys
import time

sys.path.insert(0, "tools/sim/shims")


def heap():
    gc.collect()
    gc.collect()
    return gc.mem_alloc()


def task_heap():
    """What the bus task takes above the room it stands on, which the build joins and others weigh."""
    for name in ("Event", "StreamReader", "create_task", "sleep_ms"):
        getattr(asyncio, name)  # loaded on first use: not ours
    from firmware.core import crc16, ticks  # noqa: F401
    from firmware.modbus import request, rtu  # noqa: F401

    before = heap()
    from firmware.tasks import run_bus  # noqa: F401

    return heap() - before


def clock():
    return time.ticks_ms() & 0x3FFFFFFF


async def allocated(bus, request):
    """Bytes one request leaves behind, whatever of it a collection would free."""
    gc.collect()
    gc.disable()
    before = gc.mem_alloc()
    await bus.ask(request)
    after = gc.mem_alloc()
    gc.enable()
    return after - before


class Hold:
    """How long the loop is held at most, seen by a task that only yields."""

    def __init__(self):
        self.ms = 0
        self.on = True

    async def watch(self):
        last = time.ticks_us()
        while self.on:
            await asyncio.sleep_ms(0)
            now = time.ticks_us()
            self.ms = max(self.ms, time.ticks_diff(now, last) / 1000)
            last = now


async def main(cycles, task):
    from firmware.board.ports import Rs485Port
    from firmware.modbus import pdu
    from firmware.modbus.request import Request
    from firmware.tasks.run_bus import Bus

    read = Request(1, pdu.read(3, 0x0200, 58))
    command = Request(1, pdu.custom(0x42, 0x0101, 1000), urgent=True)
    port = Rs485Port({"uart": 2, "rx": 4, "tx": 5, "direction": 6})
    before = heap()
    bus = Bus(port, clock)
    task += heap() - before
    await bus.ask(read)
    spent = []
    for _ in range(cycles):
        start = time.ticks_us()
        await bus.ask(read)
        await bus.ask(command)
        spent.append(time.ticks_diff(time.ticks_us(), start) / 1000)
    garbage = [await allocated(bus, read), await allocated(bus, command)]
    hold = Hold()
    watching = asyncio.create_task(hold.watch())
    await bus.ask(read)
    hold.on = False
    await watching
    print(json.dumps({
        "quickest_ms": min(spent), "median_ms": sorted(spent)[cycles // 2], "worst_ms": max(spent),
        "hold_ms": hold.ms, "read_bytes": garbage[0], "command_bytes": garbage[1], "task_heap": task,
        "counters": bus.counters}))


asyncio.run(main(int(sys.argv[1]), task_heap()))
