"""The quarters of thirteen months on flash, twelve bytes each, one file a month, appended only.

A quarter is appended when it ends: littlefs then writes a block or two, 96 times a day,
and spreads them. A power cut can at most tear the newest record; its checksum says so, and
the next one begins on a whole record's place. The oldest month goes when a new one comes.
Knows records as numbers; refuses to know what they are worth; quarters_month.py reads them
back. Needed a second in a quarter of an hour and let go of again.
"""

import os
import struct

from ..core.crc16 import crc16

MONTHS = 13
_SIZE = 12
_PART = 0x8000  # set in the index: not all of that quarter was seen
_MOST = 0xFFFF


class Quarters:
    """In `folder`. OSError of the flash is the caller's to note."""

    def __init__(self, folder=""):
        self._folder = folder + "/quarters" if folder else "quarters"

    def append(self, month, first, record):
        """Keep one record of control's Account. month, first: its month and that month's first quarter."""
        number, mean_w, export_wh, mean_without_w, export_without_wh, whole = record
        body = struct.pack("<5H", (number - first) | (0 if whole else _PART), min(mean_w, _MOST),
                           min(export_wh, _MOST), min(mean_without_w, _MOST), min(export_without_wh, _MOST))
        path = self._path(month)
        if str(month) not in self._names():
            self._make_room(month)
        torn = self._size(path) % _SIZE
        with open(path, "ab") as file:
            if torn:
                file.write(b"\xff" * (_SIZE - torn))
            file.write(body + struct.pack("<H", crc16(body)))

    def months(self):
        """Numbers of the months there are, oldest first."""
        return sorted([int(name) for name in self._names()])

    def _make_room(self, month):
        try:
            os.mkdir(self._folder)
        except OSError:
            pass  # there already
        known = [one for one in self.months() if one != month]
        for old in known[:max(0, len(known) - MONTHS + 1)]:
            os.remove(self._path(old))

    def _names(self):
        try:
            return [name for name in os.listdir(self._folder) if name.isdigit()]
        except OSError:
            return []

    def _path(self, month):
        return self._folder + "/" + str(month)

    def _size(self, path):
        try:
            return os.stat(path)[6]
        except OSError:
            return 0
