"""Power on: boot.py, then main.py, as the chip does, from the folder that is the flash.

First comes what a chip has in ROM (SIM_STAND_INS names it), so that its weight can be told apart.
"""

import gc
import os
import sys

try:
    gc.collect()
    value = gc.mem_alloc()
    for name in os.getenv("SIM_STAND_INS", "").split():
        __import__(name)
    if os.getenv("SIM_WEIGH_THEM"):
        gc.collect()
        print(gc.mem_alloc() - value)
        sys.exit(0)
    if os.getenv("SIM_INSTALLER"):
        __import__("hand").lay_on()
    for name in ("boot.py", "main.py"):
        if name in os.listdir():
            execfile(name, {"__name__": "__main__"})  # noqa: F821 (read bit by bit, not held as text)
except Exception as error:  # a chip would print this and fall to its prompt
    sys.print_exception(error)
    sys.exit(70)
