"""IEEE-754 single registers, as meters have them, without ever being a float.

The ESP32's floats have 24 bits, so a register pair is taken apart into mantissa and
exponent and scaled as whole numbers. Loaded when a device has such registers.
"""

import struct

from .values import ratio


def scaled(pattern, multiply, divide):
    """`pattern` times multiply/divide, exact but for the last rounding; None: it is no number."""
    exponent = pattern >> 23 & 0xFF
    mantissa = pattern & 0x7FFFFF
    if exponent == 255:
        return None  # infinite or not a number
    if exponent:
        mantissa |= 0x800000
    else:
        exponent = 1
    if pattern >> 31:
        mantissa = -mantissa
    shift = exponent - 150
    if shift >= 0:
        return ratio((mantissa << shift) * multiply, divide)
    return ratio(mantissa * multiply, divide << -shift)


def pattern_of(value):
    """The register pair, as one unsigned number, of a whole number."""
    return int.from_bytes(struct.pack(">f", value), "big")
