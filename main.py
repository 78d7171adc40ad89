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

from firmware.board.board import open_board  # noqa: E402
from firmware.settings.identity import load as load_identity  # noqa: E402
from firmware.settings.values import load as load_settings  # noqa: E402


def main(folder=""):
    """Open the board, read who we are, hand over to the role."""
    gc.threshold(8192)  # keeps the largest free block large (facts: micropython D2)
    settings, notes = load_settings(folder)
    board = open_board(settings.get("board"))
    identity, reason = load_identity(folder, board.mac())
    notes += ([(reason,)] if reason else [])
    role = __import__("firmware.roles." + settings.get("role"), None, None, ("Role",)).Role
    box = role(board, settings, identity, notes, folder)
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
