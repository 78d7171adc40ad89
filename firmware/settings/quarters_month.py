"""Reading back what quarters.py keeps: a month's records, newest first, one block in memory at a time.

A month is 3000 records and must never be in memory whole. Newest first, because of two
records for one quarter the newer counts: a bit for each quarter of the month remembers
which were told. In memory while somebody reads.
"""

import struct

from ..core.crc16 import crc16

_SIZE = 12
_BLOCK = 32      # records
_INDEXES = 3072  # 31 days of 96 quarters, and the hour that comes twice


def newest_first(folder, month, first):
    """Yields (number since 1970, import W, export Wh, both without the battery, whole), newest first.

    first: the month's first quarter. Torn and spoilt records are passed over; no file is no record.
    """
    told = bytearray(_INDEXES // 8)
    path = (folder + "/quarters/" if folder else "quarters/") + str(month)
    try:
        with open(path, "rb") as file:
            after = file.seek(0, 2) // _SIZE
            while after:
                begin = max(0, after - _BLOCK)
                file.seek(begin * _SIZE)
                block = file.read((after - begin) * _SIZE)
                for place in range(after - begin - 1, -1, -1):
                    record = _record(block[place * _SIZE:(place + 1) * _SIZE], first, told)
                    if record:
                        yield record
                after = begin
    except OSError:
        return


def _record(piece, first, told):
    """One record, None for a spoilt one or a quarter that was told already."""
    if crc16(piece, 0, 0, 10) != piece[10] | piece[11] << 8:
        return None
    index, mean_w, export_wh, without_w, without_wh = struct.unpack("<5H", piece[:10])
    place = index & 0x7FFF
    if place >= _INDEXES or told[place >> 3] >> (place & 7) & 1:
        return None
    told[place >> 3] |= 1 << (place & 7)
    return first + place, mean_w, export_wh, without_w, without_wh, index < 0x8000
