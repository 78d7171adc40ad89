"""MicroPython for the desk: a `micropython` on PATH, or one unpacked from the distribution's packages.

Knows apt and the dynamic loader; touches nothing outside its folder. Gives `.vm/micropython` (64 bits) and
`.vm/micropython32` (the word size of an ESP32), two-line scripts that start the right program.
"""

import pathlib
import shutil
import subprocess

from tools.setup import debian_root
from tools.setup.trouble import Missing

OLDEST = (1, 25)
# sys.maxsize is the largest small int, so it tells the word size of the program that prints it.
PROBE = "import sys; i = sys.implementation; print(i[0], i[1][0], i[1][1], 64 if sys.maxsize >> 32 else 32)"
ELSEWHERE = (
    "MicroPython {} or newer was not found and could not be fetched: {}\n"
    "  Debian 13 or newer:  sudo apt-get install -y micropython\n"
    "  macOS:               brew install micropython\n"
    "  elsewhere:           build ports/unix of the MicroPython source, put `micropython` on PATH\n"
    "then say `make setup` again."
)


def ask(command):
    """(version, bits) of the interpreter that `command` starts, or None when it is none that runs here."""
    try:
        answer = subprocess.run(
            [str(part) for part in command] + ["-c", PROBE], capture_output=True, text=True, timeout=20
        )
        name, major, minor, bits = answer.stdout.split()
        return ((int(major), int(minor)), int(bits)) if name == "micropython" else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def on_path(bits):
    """Path of a new enough `micropython` of that word size on PATH, or None."""
    for name in ("micropython", "micropython32") if bits == 32 else ("micropython",):
        found = shutil.which(name)
        told = ask([found]) if found else None
        if told and told[0] >= OLDEST and told[1] == bits:
            return found
    return None


def write_wrapper(path, line):
    """A shell script that replaces itself by the interpreter: signals and exit codes are the VM's."""
    path.write_text("#!/bin/sh\n" + line + "\n")
    path.chmod(0o755)


def provide(folder, bits):
    """Makes one wrapper in `folder`; returns "version, where from" or raises Missing."""
    wrapper = folder / ("micropython32" if bits == 32 else "micropython")
    found = on_path(bits)
    if found:
        write_wrapper(wrapper, 'exec "{}" "$@"'.format(found))
        source = found
    else:
        root = folder / "root{}".format(bits)
        if ask([wrapper]) is None:
            debian_root.unpack(root, bits)
        write_wrapper(wrapper, debian_root.start_line(folder, root))
        source = "a private copy"
    told = ask([wrapper])
    if told is None or told[0] < OLDEST or told[1] != bits:
        wrapper.unlink()
        raise Missing("the {}-bit MicroPython from {} does not start on this machine".format(bits, source))
    return "{}.{}, {}".format(told[0][0], told[0][1], source)


def set_up(root):
    """Both interpreters; the 64-bit one must be, a host that has no 32-bit one is told so."""
    folder = pathlib.Path(root) / ".vm"
    folder.mkdir(exist_ok=True)
    try:
        print("setup: MicroPython 64-bit: " + provide(folder, 64))
    except Missing as trouble:
        raise Missing(ELSEWHERE.format("{}.{}".format(*OLDEST), trouble)) from None
    try:
        print("setup: MicroPython 32-bit: " + provide(folder, 32))
    except Missing as trouble:
        print("setup: no 32-bit MicroPython here ({}).".format(trouble))
        print("setup: what asks for 32 bits runs in 64 with twice the heap: objects are twice the size.")
