"""The laws between rooms: who may import what, await, read the clock, touch hardware, open files.

The table below is the law as data; the functions only read it. Judges imports and syntax, no style.
"""

import ast
from collections import namedtuple

from tools import sources

# imports: rooms it may use; awaits, clock, hardware, files: what its code may do itself.
Room = namedtuple("Room", "imports awaits clock hardware files")
PURE = Room(("core",), False, False, False, False)
BELOW_TASKS = (
    "core", "p1", "modbus", "link", "control", "tariff", "planner", "web",
    "devices", "settings", "words",
)
ROOMS = {
    "core": Room((), False, False, False, False),
    "p1": PURE, "modbus": PURE, "link": PURE, "control": PURE, "tariff": PURE, "planner": PURE,
    "web": Room(("core",), False, False, False, True),  # shelf.py opens the pages
    "devices": Room(("core", "modbus"), False, False, False, False),
    "settings": Room(("core",), False, False, False, True),
    "words": Room(("core",), False, False, False, True),
    "board": Room(("core",), True, True, True, True),
    "tasks": Room(BELOW_TASKS, True, True, False, False),
    "roles": Room(BELOW_TASKS + ("tasks", "board"), True, False, False, False),
}
# The street door and the back door of the whole program: they may use what starts it, and nothing else.
DOORS = {"main.py": ("roles", "settings", "board", "core"), "boot.py": ("board", "core", "settings")}

HARDWARE = {"machine", "network", "espnow", "esp32", "bluetooth", "umachine"}
CLOCK = {"time", "utime", "datetime"}
AWAITING = {"asyncio", "uasyncio"}
FILES = {"os", "uos", "vfs", "io"}
SOCKETS = {"socket", "usocket", "ssl", "tls", "select"}
DESK = {"tools", "host_tests", "typing", "enum", "dataclasses", "abc", "pathlib", "subprocess"}
# Calls that open or start something; at the top of a module they would run on import.
OPENING = {
    "open", "run", "create_task", "start_server", "socket", "UART", "Pin", "WLAN", "LAN", "ESPNow", "WDT",
    "Timer", "Partition", "start", "connect", "listen", "sleep", "sleep_ms", "freq", "dupterm",
}
DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
BUSY = DEFINING[:3] + (ast.Lambda, ast.For, ast.While, ast.comprehension)
# The simulator's meter, inverter and house are independent of what they judge. These parts are on the board's
# side: shims stand for its hardware, flash.py writes its settings as the firmware's store does.
OUR_SIDE = ("shims", "flash.py", "crew.py", "corridor.py")
# A catalogue row may name a number of these two rooms; it may call only what the compiler folds away.
FOLDED = {"const"}


def room_of(root, path):
    """Name of the room a device file lives in, or its file name for boot.py and main.py."""
    parts = path.relative_to(root).parts
    return parts[1] if len(parts) > 2 else parts[0]


def import_faults(root, path, module):
    """Our rooms by the table's first column, the platform's modules by the others."""
    name = room_of(root, path)
    room = ROOMS.get(name)
    allowed = room.imports if room else DOORS.get(name, ())
    expected = expected_absent(module)
    for line, dotted in sources.imports(root, path, module):
        parts = dotted.split(".")
        if line in expected:
            continue
        if parts[0] == "firmware":
            if parts[1] not in allowed and parts[1] != name:
                yield sources.at(root, path, line, "{} may not import {}".format(name, parts[1]))
        elif room:
            yield from platform_faults(root, path, line, name, room, parts[0])


def expected_absent(module):
    """Lines of imports that stand in a `try` with `except ImportError`: the board may lack what they name."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Try) and any("ImportError" in ast.dump(one) for one in node.handlers):
            tried = (part for part in node.body if isinstance(part, ast.Import))
            found |= {part.lineno for part in tried if part.names[0].name in DESK}
    return found


def platform_faults(root, path, line, name, room, module):
    """One import of the platform's, held against the room's columns."""
    forbidden = (
        (module in HARDWARE and not room.hardware, "only board touches hardware"),
        (module in CLOCK and not room.clock, "now is a parameter below tasks"),
        (module in AWAITING and not room.awaits, "only tasks await"),
        (module in FILES and not room.files, "only settings' store and board open files"),
        (module in SOCKETS and not room.clock, "only tasks and board open sockets"),
        (module in DESK, "the board has no such module"),
    )
    for broken, reason in forbidden:
        if broken:
            yield sources.at(root, path, line, "{} may not import {}: {}".format(name, module, reason))


def await_faults(root, path, module):
    """A coroutine outside the rooms that may await."""
    name = room_of(root, path)
    room = ROOMS.get(name)
    if room is None or room.awaits:
        return
    for node in ast.walk(module):
        if isinstance(node, (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)):
            yield sources.at(root, path, node.lineno, name + " may not await: feed and ask, never wait")


def call_name(node):
    """The last name of what is called: "UART" of machine.UART(1)."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def file_faults(root, path, module):
    """open() outside the rooms that own files; __import__ outside the one that loads a family by name."""
    name = room_of(root, path)
    room = ROOMS.get(name)
    if room is None:
        return
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "open" and not room.files:
                yield sources.at(root, path, node.lineno, "{} may not open files".format(name))
            if node.func.id == "__import__" and name not in ("devices", "roles", "board"):
                yield sources.at(root, path, node.lineno, "{} may not import by name".format(name))


def start_faults(root, path, module):
    """Something that would run on import: a bare call, or a call that opens, at the top of a module."""
    if room_of(root, path) in DOORS:
        return
    for statement in module.body:
        if isinstance(statement, DEFINING):
            continue
        bare = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)
        opening = [call_name(node) for node in ast.walk(statement) if isinstance(node, ast.Call)]
        if bare or OPENING & set(opening):
            yield sources.at(root, path, statement.lineno, "runs on import: {}".format(opening[0]))


def catalogue_faults(root, path, module):
    """A catalogue file is a literal: assignments of data, no function, no call, no loop."""
    for node in ast.walk(module):
        line = getattr(node, "lineno", 1)
        if isinstance(node, BUSY):
            yield sources.at(root, path, line, "a catalogue file is data: no " + type(node).__name__)
        elif isinstance(node, ast.Call) and call_name(node) not in FOLDED:
            yield sources.at(root, path, line, "a catalogue file is data: it calls " + call_name(node))


def witness_faults(root):
    """The simulator's meter, inverter and house share nothing with the firmware they test."""
    for path in sources.under(root, "tools/sim", ".py"):
        if path.relative_to(root).parts[2] in OUR_SIDE:
            continue
        for line, dotted in sources.imports(root, path, sources.tree(path)):
            if dotted.split(".")[0] == "firmware":
                yield sources.at(root, path, line, "a witness may not import firmware")


def faults(root):
    """Every broken law as "path:line: text"."""
    found = []
    for path in sources.device_files(root):
        module = sources.tree(path)
        name = room_of(root, path)
        if name not in ROOMS and name not in DOORS and path.name != "__init__.py":
            found.append(sources.at(root, path, 1, "{} is no room of the house".format(name)))
        for law in (import_faults, await_faults, file_faults, start_faults):
            found.extend(law(root, path, module))
        if "catalogue" in path.parts and path.name != "__init__.py":
            found.extend(catalogue_faults(root, path, module))
    return found + list(witness_faults(root))
