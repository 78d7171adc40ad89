"""The other checksum of Hungarian Holley meters (dsmr_parser issue 91). Loaded when such a meter is met.

CRC-16/X.25 has its own polynomial and is computed bit-wise: no table for one make of meter.
"""


def crc16_x25(data, start=0, end=None):
    """CRC-16/X.25 of data[start:end]: polynomial 0x8408, start and final xor 0xFFFF."""
    crc = 0xFFFF
    for i in range(start, len(data) if end is None else end):
        crc ^= data[i]
        for _ in range(8):
            crc = (crc >> 1) ^ 0x8408 if crc & 1 else crc >> 1
    return crc ^ 0xFFFF
