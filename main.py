"""Where a box comes alive: settings, role, run. The only file that starts anything.

An exception that reaches this far has already ended in a neutral command where
there was a bus to send it; here it becomes the last words of this run and a
reset. KeyboardInterrupt (a service engineer on the USB port) ends in the prompt.
"""

import asyncio
import gc
import sys

if "/lib" not in sys.path:
    sys.path.append("/lib")


def main(folder=""):
    """Open the box and run its role."""
    gc.threshold(2048)  # keeps free blocks large and what lives together (facts: micropython D2)
    from firmware.roles.opening import opened
    board, box = opened(folder)
    del opened  # a name in this frame would hold its module for ever
    try:
        asyncio.run(box.run())
    except KeyboardInterrupt:
        asyncio.run(box.rest("why_shutdown"))
        raise
    except Exception as error:
        sys.print_exception(error)
        board.guard.reset("%s: %s" % (type(error).__name__, error), meant=False)


if __name__ == "__main__":
    main()
