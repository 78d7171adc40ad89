"""Where the desk's MicroPython is and how to start it. Knows nothing of what it will run.

    from tools.vm import vm
    subprocess.run(vm.command(bits=32, heap="96k") + ["main.py"])
"""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
UNITS = {"": 1, "k": 1024, "m": 1024 * 1024}


class Vm:
    """The two interpreters under .vm/, fetched by `make setup` when they are not there yet."""

    def __init__(self, folder=ROOT / ".vm"):
        self.folder = pathlib.Path(folder)

    def program(self, bits):
        """Path of the wrapper for that word size; whether it exists is another question."""
        return self.folder / ("micropython32" if bits == 32 else "micropython")

    def bits_of(self, bits):
        """The word size one gets when asking for `bits`: 64 where the host has no 32-bit MicroPython."""
        self._ensure()
        return 32 if bits == 32 and self.program(32).exists() else 64

    def command(self, bits=64, heap=None):
        """Argument list that starts MicroPython; `heap` is bytes or text such as "96k" of a 32-bit board.

        Where a host has no 32-bit one, 64 bits with twice the heap stand in: every word is twice as long.
        """
        if bits not in (32, 64):
            raise ValueError("bits is {!r}, it can be 32 or 64".format(bits))
        real = self.bits_of(bits)
        argv = [str(self.program(real))]
        if heap is not None:
            argv += ["-X", "heapsize={}".format(heap_bytes(heap) * (real // bits))]
        return argv

    def environment(self, *folders, **extra):
        """The process environment with MICROPYPATH set to `folders` (the VM's sys.path) and `extra` added."""
        # .frozen is where asyncio lives; a MICROPYPATH without it hides asyncio.
        path = ":".join([str(folder) for folder in folders] + [".frozen"])
        return dict(os.environ, MICROPYPATH=path, **{key: str(value) for key, value in extra.items()})

    def _ensure(self):
        if self.program(64).exists():
            return
        # Standard output belongs to whoever asked for the VM (tools.decode prints JSON there).
        if subprocess.call([sys.executable, "-m", "tools.setup"], cwd=ROOT, stdout=2):
            raise RuntimeError("no MicroPython in {}: `make setup` says why".format(self.folder))


def heap_bytes(heap):
    """Bytes of a heap size as a person writes it: 98304, "96k", "1m"; anything else is a ValueError."""
    match = re.fullmatch(r"(\d+)([km]?)", str(heap).lower())
    if not match or not int(match[1]):
        raise ValueError("heap is {!r}, write it as bytes or like 96k or 1m".format(heap))
    return int(match[1]) * UNITS[match[2]]


vm = Vm()
