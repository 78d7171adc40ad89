"""A lively afternoon of one driver and one device on paper: the same on every Python.

Prints everything that was said on the bus, what happened and the last reading. Run by CPython
and by MicroPython; test_driver.py holds the two against each other.
"""

from firmware.core.readings import Inverter
from host_tests.rooms.devices.desk import Desk


def story(name, start_ms):
    """Commands, silence, a lost mode, a fault and a stubborn battery, in two minutes."""
    desk = Desk(name, start_ms=start_ms)
    desk.run(3000)
    if desk.driver.commands:
        desk.power_w = 1234
    desk.run(15000)
    desk.mute = True
    desk.run(9000)
    desk.mute = False
    desk.paper.status = (0, 1)
    desk.paper.put(3, 0x1200, 0)
    desk.run(20000)
    desk.paper.status = (3, 0)
    desk.paper.put(3, 0x1200, 3)
    desk.paper.put(3, 0x0204, 8)
    desk.run(60000)
    return desk


def tell(name, start_ms):
    """Print the story."""
    desk = story(name, start_ms)
    for ms, pdu in desk.log:
        print(ms, "".join("%02x" % byte for byte in pdu))
    for code, args in desk.events:
        print(code, args)
    for field in Inverter.FIELDS:
        print(field, getattr(desk.reading, field))
    print(sorted(desk.driver.details(), key=lambda pair: pair[0]))
    print(desk.driver.status(desk.now_ms), desk.driver.hints())
