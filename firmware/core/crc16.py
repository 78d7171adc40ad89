"""One reflected 16-bit polynomial (0xA001) for both protocols.

Seed 0x0000 is CRC-16/ARC (P1 telegrams), seed 0xFFFF is CRC-16/MODBUS. The
table costs 512 bytes and makes a kilobyte about eight times quicker than the
bit-wise loop (facts: micropython E 11). CRC-16/X.25 (Hungarian Holley meters)
has its own polynomial and is computed bit-wise: it is asked once per meter.
"""

from array import array


def _table():
    rows = array("H", (0 for _ in range(256)))
    for byte in range(256):
        crc = byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
        rows[byte] = crc
    return rows


_ROWS = _table()
MODBUS = 0xFFFF
ARC = 0


def crc16(data, seed=ARC, start=0, end=None):
    """CRC of data[start:end] (any buffer of bytes), continued from `seed`."""
    rows = _ROWS
    crc = seed
    for i in range(start, len(data) if end is None else end):
        crc = (crc >> 8) ^ rows[(crc ^ data[i]) & 0xFF]
    return crc


def crc16_x25(data, start=0, end=None):
    """CRC-16/X.25 of data[start:end]: polynomial 0x8408, start and final xor 0xFFFF."""
    crc = 0xFFFF
    for i in range(start, len(data) if end is None else end):
        crc ^= data[i]
        for _ in range(8):
            crc = (crc >> 1) ^ 0x8408 if crc & 1 else crc >> 1
    return crc ^ 0xFFFF
