"""What lies on a board's flash, room by room, as `make build` leaves it. Measures bytes, no heap."""

import subprocess
import sys

from tools.build.tree import ROOT, room

# A plain 4 MB ESP32 with the stock image has a 2 MB file system; littlefs needs room to move.
FLASH = 1_000_000


def weigh(folder):
    """{room: bytes} of every file below a built tree."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = room(path.relative_to(folder).as_posix())
            found[name] = found.get(name, 0) + path.stat().st_size
    return found


def rows():
    """One row a room and their sum, for the ESP32's build."""
    command = [sys.executable, "-m", "tools.build", "--target", "esp32", "--quiet", "--long-places"]
    subprocess.run(command, cwd=ROOT, check=True)
    weights = weigh(ROOT / "build" / "esp32")
    found = sorted(weights.items())
    rooms = [{"name": "flash: " + name, "value": weight, "unit": "bytes"} for name, weight in found]
    rooms.append({"name": "flash: all", "value": sum(weights.values()), "unit": "bytes", "limit": FLASH})
    return rooms
