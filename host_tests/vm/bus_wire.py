"""Runs in MicroPython: the bus task over the board's own RS485 port, against whoever is on the line.

The path of the tty is in SIM_UART2. Each line printed is a JSON list: a name, then what came of it.
"""

import json
import sys

sys.path.insert(0, "tools/sim/shims")

import asyncio
import time

from firmware.board.ports import Rs485Port
from firmware.modbus import pdu
from firmware.modbus.faults import Fault
from firmware.modbus.request import Request
from firmware.tasks.bus import Bus

PINS = {"uart": 2, "rx": 4, "tx": 5, "direction": 6}
BAUD = 38400  # quick enough for a test; the bench measures at 9600


def clock():
    return time.ticks_ms() & 0x3FFFFFFF


def open_bus(**options):
    options["baud"] = BAUD
    return Bus(Rs485Port(PINS, BAUD), clock, **options)


async def tell(bus, name, data, station=1, **more):
    """Ask and print [name, answer in hex or the fault's kind and code]."""
    try:
        answer = (await bus.ask(Request(station, data, **more))).hex()
    except Fault as fault:
        answer = fault.kind + (" %d" % fault.code if hasattr(fault, "code") else "")
    print(json.dumps([name, answer]))


async def every_function():
    bus = open_bus(timeout_ms=5000)
    await tell(bus, "write coil", pdu.write_coil(9, True))  # first of all: is it our echo?
    await tell(bus, "coils", pdu.read(1, 0, 19))
    await tell(bus, "write coils", pdu.write_coils(0, [digit == "1" for digit in "1011001110"]))
    await tell(bus, "coils again", pdu.read(1, 0, 19))
    await tell(bus, "inputs", pdu.read(2, 3, 9))
    await tell(bus, "holding", pdu.read(3, 512, 58))
    await tell(bus, "input registers", pdu.read(4, 0, 125))
    await tell(bus, "write register", pdu.write_register(600, -2))
    await tell(bus, "write registers", pdu.write_registers(601, [1, 2, 65535]))
    await tell(bus, "holding again", pdu.read(3, 599, 6))
    await tell(bus, "command", pdu.custom(0x42, 0x0101, 1000), urgent=True)
    await tell(bus, "beyond", pdu.read(3, 1020, 10))
    await tell(bus, "nobody", pdu.read(3, 0, 1), station=9, timeout_ms=100)
    await tell(bus, "still there", pdu.read(3, 7, 1))
    print(json.dumps(["counters", bus.counters]))


async def queue():
    """Five polls wait, then a set-point comes: it goes next."""
    bus = open_bus()
    order = []

    async def poll(number):
        await bus.ask(Request(1, pdu.read(3, number, 1 if number else 120)))
        order.append(number)

    async def command():
        await bus.ask(Request(1, pdu.custom(0x42, 0x0102, 500), urgent=True))
        order.append("command")

    tasks = [asyncio.create_task(poll(number)) for number in range(5)]
    await asyncio.sleep_ms(2)
    tasks.append(asyncio.create_task(command()))
    tasks.append(asyncio.create_task(poll(5)))
    await asyncio.sleep_ms(1)
    tasks[3].cancel()
    for number, task in enumerate(tasks):
        if number != 3:
            await task
    print(json.dumps(["order", order]))


async def others_run():
    """How many turns another task gets while 58-register reads are on the wire."""
    bus = open_bus()
    turns = 0
    done = []

    async def read():
        for _ in range(3):
            await bus.ask(Request(1, pdu.read(3, 512, 58)))
        done.append(True)

    asyncio.create_task(read())
    while not done:
        await asyncio.sleep_ms(0)
        turns += 1
    print(json.dumps(["turns", turns]))


asyncio.run(globals()[sys.argv[1] if len(sys.argv) > 1 else "every_function"]())
