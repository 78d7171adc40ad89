"""Each law between rooms: a planted breach is named with its line, and lawful code passes."""

import pytest

from tools import check_rooms

BREACHES = [
    ("firmware/p1/a.py", "from firmware.modbus import rtu", "p1 may not import modbus"),
    ("firmware/p1/a.py", "def f():\n    from ..control import decide", "p1 may not import control"),
    ("firmware/core/a.py", "from ..p1 import framer", "core may not import p1"),
    ("firmware/control/a.py", "from firmware.devices import driver", "control may not import devices"),
    ("firmware/tasks/a.py", "from ..board import ports", "tasks may not import board"),
    ("firmware/devices/a.py", "import machine", "only board touches hardware"),
    ("firmware/roles/a.py", "import network", "only board touches hardware"),
    ("firmware/control/a.py", "import time", "now is a parameter below tasks"),
    ("firmware/modbus/a.py", "import asyncio", "only tasks await"),
    ("firmware/modbus/a.py", "async def f():\n    pass", "may not await"),
    ("firmware/p1/a.py", "def f():\n    return open('x')", "p1 may not open files"),
    ("firmware/tariff/a.py", "import os", "open files"),
    ("firmware/web/a.py", "import socket", "open sockets"),
    ("firmware/core/a.py", "import typing", "no such module"),
    ("firmware/p1/a.py", "def f(n):\n    return __import__(n)", "may not import by name"),
    ("firmware/tasks/a.py", "import gc\ngc.collect()", "runs on import: collect"),
    ("firmware/board/a.py", "import machine\nPIN = machine.Pin(4)", "runs on import: Pin"),
    ("firmware/tasks/a.py", "LOG = open('log')", "runs on import: open"),
    ("firmware/devices/catalogue/a.py", "def scale(x):\n    return x", "is data: no FunctionDef"),
    ("firmware/devices/catalogue/a.py", "ROWS = tuple(range(3))", "is data: it calls"),
    ("firmware/devices/catalogue/a.py", "ROWS = [x for x in (1, 2)]", "is data: no comprehension"),
    ("firmware/attic/a.py", "X = 1", "attic is no room of the house"),
    ("main.py", "from firmware.modbus import rtu", "main.py may not import modbus"),
    ("tools/sim/meter.py", "from firmware.p1 import telegram", "a witness may not import firmware"),
    ("tools/sim/inverter.py", "def f():\n import firmware.modbus.rtu", "a witness may not import firmware"),
]

LAWFUL = [
    ("firmware/modbus/a.py", "try:\n    import typing\nexcept ImportError:\n    typing = None"),
    ("firmware/p1/a.py", "from ..core import ticks\nfrom .obis import CODES\nfrom micropython import const"),
    ("firmware/devices/a.py", "from firmware.modbus import values\n\ndef f(n):\n    return __import__(n)"),
    ("firmware/tasks/a.py", "import asyncio\nfrom ..p1 import framer\n\nasync def f():\n    await g()"),
    ("firmware/board/a.py", "import machine\n\ndef port():\n    return machine.UART(1)"),
    ("firmware/roles/a.py", "import asyncio\nfrom ..board import ports\nfrom ..tasks import supervise"),
    ("firmware/settings/store.py", "import os\n\ndef f():\n    return open('x')"),
    ("firmware/devices/catalogue/a.py", "from micropython import const\n_X = const(4)\nROWS = ((_X, 5),)"),
    ("main.py", "from firmware.roles import gateway\ngateway.run()"),
    ("tools/sim/shims/machine.py", "from firmware.core import ticks"),
]


def plant(folder, path, source):
    """Writes one file into an otherwise empty project."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source + "\n")


@pytest.mark.parametrize("path, source, words", BREACHES, ids=lambda value: value[:40])
def test_a_planted_breach_is_named(tmp_path, path, source, words):
    plant(tmp_path, path, source)
    found = check_rooms.faults(tmp_path)
    assert len(found) >= 1
    assert any(fault.startswith(path + ":") and words in fault for fault in found), found


@pytest.mark.parametrize("path, source", LAWFUL, ids=lambda value: value[:40])
def test_lawful_code_passes(tmp_path, path, source):
    plant(tmp_path, path, source)
    assert check_rooms.faults(tmp_path) == []


def test_the_table_lets_no_room_import_the_board_but_roles():
    importers = [name for name, room in check_rooms.ROOMS.items() if "board" in room.imports]
    assert importers == ["roles"]


def test_only_board_has_hardware():
    assert [name for name, room in check_rooms.ROOMS.items() if room.hardware] == ["board"]


def test_this_house_keeps_its_laws(root):
    assert check_rooms.faults(root) == []
