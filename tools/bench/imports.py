"""Heap that each room takes once imported, from .mpy, in the 32-bit MicroPython. Measures code only."""

import json
import subprocess
import sys

from tools import sources
from tools.build.tree import ROOT
from tools.vm import vm

# A box alone in its house never imports these.
ELSEWHERE = ("firmware.link", "firmware.tasks.link", "firmware.tasks.serve_link")
# Imports the modules in the order given, each behind its own imports, so that a module's cost is its own.
_WEIGH = """
import gc, json
weights = []
for name in NAMES:
    gc.collect()
    before = gc.mem_alloc()
    try:
        __import__(name)
    except ImportError:
        continue  # a module of the desk's side, absent on the box
    gc.collect()
    weights.append((name, gc.mem_alloc() - before))
print(json.dumps(weights))
"""


def needs(module):
    """Our modules that a module imports, as dotted names, those for a second box left out."""
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    if not path.exists():
        path = ROOT.joinpath(*module.split("."), "__init__.py")
    found = []
    for _, dotted in sources.imports(ROOT, path, sources.tree(path)):
        for name in (dotted, dotted.rpartition(".")[0]):
            if name.startswith("firmware.") and not name.startswith(ELSEWHERE) and exists(name):
                found.append(name)
                break
    return found


def exists(module):
    """True for a file or a folder of ours."""
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def order(module, seen=None):
    """All modules that `module` pulls in, each behind those it needs; in a circle the first met is last."""
    seen = {module} if seen is None else seen
    found = []
    for need in needs(module):
        if need not in seen:
            seen.add(need)
            found += order(need, seen)
    return found + [module]


def weights(names):
    """[(module, bytes)] in the order given; the tree must have been built."""
    tree = ROOT / "build" / "vm32"
    done = subprocess.run(
        vm.command(32, "1m") + ["-c", "NAMES = {!r}".format(names) + _WEIGH], capture_output=True, text=True,
        env=vm.environment(ROOT / ".sim" / "shims-vm32", tree, tree / "lib"),
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return json.loads(done.stdout.splitlines()[-1])


def rows():
    """One row a room and their sum: what the gateway's code takes before it does anything."""
    subprocess.run([sys.executable, "-m", "tools.build", "--target", "vm32", "--quiet"], cwd=ROOT, check=True)
    rooms = {}
    for name, taken in weights(["asyncio", *order("firmware.roles.gateway")]):
        room = ".".join(name.split(".")[:2])
        rooms[room] = rooms.get(room, 0) + taken
    found = [{"name": "imported: " + room, "value": rooms[room], "unit": "bytes"} for room in sorted(rooms)]
    return found + [{"name": "imported: all", "value": sum(rooms.values()), "unit": "bytes"}]
