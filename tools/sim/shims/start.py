"""Power on: boot.py, then main.py, as the chip does, from the folder that is the flash."""

import os
import sys

try:
    if os.getenv("SIM_HAND"):
        import hand

        hand.lay_on()
    for _name in ("boot.py", "main.py"):
        if _name in os.listdir():
            execfile(_name, {"__name__": "__main__"})  # noqa: F821 (read bit by bit, not held as text)
except Exception as _error:  # a chip would print this and fall to its prompt
    sys.print_exception(_error)
    sys.exit(70)
