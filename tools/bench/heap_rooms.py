"""What each room's code takes of a board's heap: its modules imported one by one, from the build, 32 bits.

Code and names apart: MicroPython keeps each name once for all rooms. What is needed at
start only is not in the table: it is collected before the gateway runs.
"""

import ast
import re
import subprocess
import sys

from tools.build.compile import contents
from tools.build.join import module_name
from tools.build.tree import ROOT, files
from tools.vm import vm

# What main.py and a gateway with both ports import, and the parser that comes with the first telegram.
FIRST = ("asyncio",) + tuple("firmware." + name for name in (
    "settings.identity", "settings.values", "board.board", "board.ports", "roles.gateway", "roles.bus_port",
    "roles.meter_port"))
_STEP = re.compile(r"^weighed (\S+) (\d+)\nqstr pool: .*n_qstr=(\d+), .*n_total_bytes=(\d+)", re.M)
_WEIGH = """
import gc, micropython
gc.collect()
print("weighed start", gc.mem_alloc()); micropython.qstr_info()
for name in NAMES:
    __import__(name)
    gc.collect()
    print("weighed", name, gc.mem_alloc()); micropython.qstr_info()
"""


def order():
    """Names of the modules in the build, each behind those it needs as soon as it is imported."""
    texts = contents(files(), short_places=False)[0]
    modules = {module_name(place): text for place, text in texts.items() if place.endswith(".mpy")}
    found = []
    for name in FIRST:
        _need(name, modules, found)
    return found


def _need(name, modules, found):
    if name in found:
        return
    parent = name.rpartition(".")[0]
    if parent in modules:
        _need(parent, modules, found)
    for node in ast.parse(modules.get(name, "")).body:
        if isinstance(node, ast.ImportFrom):
            base = _absolute(name, node)
            for target in [base] + [base + "." + alias.name for alias in node.names]:
                if target in modules and target != name:
                    _need(target, modules, found)
    if name not in found:
        found.append(name)


def _absolute(name, node):
    if not node.level:
        return node.module or ""
    parts = name.split(".")[: -node.level]
    return ".".join(parts + ([node.module] if node.module else []))


def weigh():
    """([(module, bytes of code)], bytes of all names, how many names)."""
    command = [sys.executable, "-m", "tools.build", "--target", "vm32", "--quiet", "--long-places"]
    subprocess.run(command, cwd=ROOT, check=True)
    tree = ROOT / "build" / "vm32"
    script = "NAMES = {!r}".format(order()) + _WEIGH
    done = subprocess.run(vm.command(32, "1m") + ["-c", script], capture_output=True, text=True, cwd=tree,
                          env=vm.environment(".", "lib"))
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    steps = [(name, *[int(number) for number in numbers]) for name, *numbers in _STEP.findall(done.stdout)]
    pairs = zip(steps, steps[1:])
    code = [(after[0], after[1] - before[1] - (after[3] - before[3])) for before, after in pairs]
    return code, steps[-1][3], steps[-1][2]


def room(name):
    """"firmware.p1" of "firmware.p1.kept"; a library's or MicroPython's own name as it is."""
    return ".".join(name.split(".")[:2])


def rows():
    """One row a room, then the names and the sum."""
    code, names, count = weigh()
    rooms = {}
    for name, taken in code:
        rooms[room(name)] = rooms.get(room(name), 0) + taken
    found = [{"name": "code of " + name, "value": rooms[name], "unit": "bytes"} for name in sorted(rooms)]
    found.append({"name": "names, {} of them".format(count), "value": names, "unit": "bytes"})
    return found + [{"name": "code and names", "value": sum(rooms.values()) + names, "unit": "bytes"}]
