"""Reading back what quarters.py keeps, oldest first, as a bill wants them: one record in memory at a time.

Of two records for one quarter, which follow each other, the newer counts; torn and spoilt ones are passed
over, and so is one that lies before the last. In memory while somebody reads.
"""

import struct

from ..core.crc16 import ARC, crc16

_SIZE = 12


def oldest_first(folder, month, first):
    """Yields (number since 1970, import W, export Wh, both without the battery, whole), oldest first.

    first: the month's first quarter. No file is no record.
    """
    held = None
    try:
        with open((folder + "/quarters/" if folder else "quarters/") + str(month), "rb") as file:
            while True:
                piece = file.read(_SIZE)
                if len(piece) < _SIZE:
                    break
                record = _record(piece, first)
                if record and held and record[0] > held[0]:
                    yield held
                if record and (held is None or record[0] >= held[0]):
                    held = record
    except OSError:
        return
    if held:
        yield held


def _record(piece, first):
    if crc16(piece, ARC, 0, 10) != piece[10] | piece[11] << 8:
        return None
    index, mean_w, export_wh, without_w, without_wh = struct.unpack("<5H", piece[:10])
    return first + (index & 0x7FFF), mean_w, export_wh, without_w, without_wh, index < 0x8000
