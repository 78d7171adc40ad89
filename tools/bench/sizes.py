"""What lies on a board's flash, room by room, as `make build` leaves it. Measures bytes, no heap."""

import pathlib

from tools.build.__main__ import sizes
from tools.build.compile import build
from tools.build.tree import ROOT, files

# A plain 4 MB ESP32 with the stock image has a 2 MB file system; littlefs needs room to move.
FLASH = 1_000_000


def rows():
    """One row a room and their sum, for the ESP32's build."""
    wanted = files()
    build("esp32", wanted, pathlib.Path(ROOT) / "build" / "esp32")
    weights = sizes("esp32", wanted)
    found = [(room, weights[room][0]) for room in sorted(weights)]
    total = sum(weight for weight, _ in weights.values())
    rooms = [{"name": "flash: " + room, "value": weight, "unit": "bytes"} for room, weight in found]
    return rooms + [{"name": "flash: all", "value": total, "unit": "bytes", "limit": FLASH}]
