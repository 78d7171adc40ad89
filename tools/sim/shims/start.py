"""Power on: boot.py, then main.py, as the chip does, from the folder that is the flash.

First comes what a chip has in ROM (SIM_STAND_INS names it), so that its weight can be told apart. A chip
has its names in ROM too, and the firmware's first name opens the table of names. Here the table is full of
ours: more are added until it has to grow, to 640, and that growth is the firmware's, as on a chip.
"""

import gc
import os
import sys

try:
    gc.collect()
    value = gc.mem_alloc()
    __all__ = [__import__(name) for name in os.getenv("SIM_STAND_INS", "").split()]  # held, as in ROM
    for name in range(700 if __all__ else 0):
        gc.collect()
        error = gc.mem_alloc()
        hasattr(gc, "_%d" % name)
        if gc.mem_alloc() - error > 4096:
            break
    if os.getenv("SIM_WEIGH_THEM"):
        print(error - value)
        sys.exit(0)
    if os.getenv("SIM_INSTALLER"):
        __import__("hand").lay_on()
    for name in ("boot.py", "main.py"):
        if name in os.listdir():
            execfile(name, {"__name__": "__main__"})  # noqa: F821 (read bit by bit, not held as text)
except Exception as error:  # a chip would print this and fall to its prompt
    sys.print_exception(error)
    sys.exit(70)
