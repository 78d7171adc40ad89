"""First breath of a box: pins made safe, the slot chosen. Nothing else, so that it cannot fail.

`pins.txt` ("33=0 4=0", written by tools/flash from the board's profile) names the
pins that must not float until the board is opened: an RS485 driver left on blocks
the bus. `slot.txt` holds "a" or "b" once updates put the firmware in such a
folder; without it the firmware is at the root. The boot is counted where the
board is opened (board/guard.py), so that a desk without this file counts as well.
MicroPython keeps each word of a source file as a name: hence few and common ones.
"""

import sys


def read(path):
    """The first line of a small file; "" when there is none."""
    try:
        with open(path) as file:
            return file.readline().strip()
    except OSError:
        return ""


def init(text):
    """Drive each "pin=level" of `text`; one that is nonsense is passed over."""
    import machine
    for name in text.split():
        name, _, value = name.partition("=")
        if name.isdigit() and value in ("0", "1"):
            machine.Pin(int(name), machine.Pin.OUT, value=int(value))


init(read("pins.txt"))
if read("slot.txt") in ("a", "b"):
    sys.path.insert(0, "/" + read("slot.txt"))
