"""First breath of a box: pins made safe, the slot chosen. Nothing else, so that it cannot fail.

`pins.txt` ("33=0 4=0", written by tools/flash from the board's profile) names the
pins that must not float until the board is opened: an RS485 driver left on blocks
the bus. `slot.txt` holds "a" or "b" once updates put the firmware in such a
folder; without it the firmware is at the root. The boot is counted where the
board is opened (board/guard.py), so that a desk without this file counts as well.
"""

import sys


def first_line(path):
    """The first line of a small file; "" when there is none."""
    try:
        with open(path) as file:
            return file.readline().strip()
    except OSError:
        return ""


def hold(pins):
    """Drive each "pin=level" of `pins`; one that is nonsense is passed over."""
    import machine
    for pair in pins.split():
        pin, _, level = pair.partition("=")
        if pin.isdigit() and level in ("0", "1"):
            machine.Pin(int(pin), machine.Pin.OUT, value=int(level))


hold(first_line("pins.txt"))
if first_line("slot.txt") in ("a", "b"):
    sys.path.insert(0, "/" + first_line("slot.txt"))
