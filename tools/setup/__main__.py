"""`python3 -m tools.setup`: desk tools, MicroPython, device libraries. Knows only their order."""

import fcntl
import pathlib
import subprocess
import sys

from tools.setup import host, interpreter
from tools.setup.trouble import Missing

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    """Runs the three steps under a lock, so that two shells may ask at once; returns an exit code."""
    sys.stdout.reconfigure(line_buffering=True)  # a log keeps our lines and others' in order
    with open(ROOT / ".setup.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            host.set_up(ROOT)
            interpreter.set_up(ROOT)
            python = str(ROOT / ".venv" / "bin" / "python")
            if subprocess.call([python, "-m", "tools.setup.libraries"], cwd=ROOT):
                return 3
        except Missing as trouble:
            print("setup: " + str(trouble), file=sys.stderr)
            return 3
        (ROOT / ".venv" / "ready").touch()
    print("setup: ready. `make sim` shows the house, `make help` the rest.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
