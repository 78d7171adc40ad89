"""Whole numbers to register words: to make writes ready, and for who writes more than 16 bits at once."""

from .values import registers


def encode(name, value):
    """Bytes of the registers that decode to `value`; ValueError names one that does not fit."""
    words = registers(name)
    if name.startswith("f"):
        from .floats import pattern_of

        pattern = pattern_of(value)
    else:
        half = 1 << 16 * words - 1
        least, most = (-half, half - 1) if name.startswith("s") else (0, 2 * half - 1)
        if not least <= value <= most:
            raise ValueError("value %d: does not fit in %s, %d to %d" % (value, name, least, most))
        pattern = value & 2 * half - 1
    return _words(pattern, words, name.endswith("_lo"))


def _words(pattern, words, low_first):
    data = bytearray(2 * words)
    for i in range(words):
        at = 2 * (i if low_first else words - 1 - i)
        data[at] = pattern >> 8 & 0xFF
        data[at + 1] = pattern & 0xFF
        pattern >>= 16
    return bytes(data)
