"""Register values: words to whole numbers and back, one table of types.

What this file knows: width, sign, word order, IEEE-754 and text. It refuses to
know addresses and units; a row brings the type's name, a ratio and the patterns
that mean "not there". Everything is a whole number: the ESP32's floats have 24
bits, so a float32 register is taken apart into its mantissa and exponent and
scaled without ever being a float. Registers are big-endian inside (standard);
32 bits come high word first unless the name ends in "_lo".
"""

# A name says it all, so no table of types has to live on the heap: sort, bits, word order.
NAMES = ("u16", "s16", "u32", "s32", "u32_lo", "s32_lo", "u64", "s64", "f32", "f32_lo")


def width(name, words=1):
    """Registers that a value of type `name` takes; text and bits take `words`."""
    if name in NAMES:
        return 1 if "16" in name else 2 if "32" in name else 4
    if name in ("text", "bits"):
        return words
    raise ValueError("type %r: must be text, bits or one of %s" % (name, ", ".join(NAMES)))


def raw(name, data, at):
    """The unsigned whole number of the registers that begin at byte data[at]."""
    words = width(name)
    low_first = name.endswith("_lo")
    if at + 2 * words > len(data):
        raise ValueError("type %s at byte %d of %d: not there" % (name, at, len(data)))
    value = 0
    for i in range(words):
        word = at + 2 * (words - 1 - i if low_first else i)
        value = value << 16 | data[word] << 8 | data[word + 1]
    return value


def decode(name, data, at=0, multiply=1, divide=1, absent=()):
    """The value times multiply/divide, rounded half away from zero.

    None when the raw unsigned pattern is in `absent` (a maker's "not there") and
    for a float that is no number.
    """
    pattern = raw(name, data, at)
    if pattern in absent:
        return None
    if name.startswith("f"):
        return _scaled_float(pattern, multiply, divide)
    size = 16 * width(name)
    if name.startswith("s") and pattern >> size - 1:
        pattern -= 1 << size
    return ratio(pattern * multiply, divide)


def encode(name, value, multiply=1, divide=1, low=None, high=None):
    """Bytes of the registers that decode back to `value`: the raw is value*divide/multiply.

    ValueError names a value outside low..high (units of the value) or outside
    the type: struct would cut it silently.
    """
    words = width(name)
    if low is not None and value < low or high is not None and value > high:
        raise ValueError("value %r: must be %r to %r" % (value, low, high))
    if name.startswith("f"):
        import struct

        data = struct.pack(">f", value * divide / multiply)
        pattern = int.from_bytes(data, "big")
    else:
        pattern = ratio(value * divide, multiply)
        half = 1 << 16 * words - 1
        least, most = (-half, half - 1) if name.startswith("s") else (0, 2 * half - 1)
        if not least <= pattern <= most:
            raise ValueError("value %r: does not fit in %s (raw %d, %d to %d)" % (
                value, name, pattern, least, most))
        pattern &= 2 * half - 1
    return _words(pattern, words, name.endswith("_lo"))


def _words(pattern, words, low_first):
    data = bytearray(2 * words)
    for i in range(words):
        at = 2 * (i if low_first else words - 1 - i)
        data[at] = pattern >> 8 & 0xFF
        data[at + 1] = pattern & 0xFF
        pattern >>= 16
    return bytes(data)


def text(data, at, words):
    """Printable ASCII of `words` registers, ends trimmed; None when nothing is left."""
    piece = data[at : at + 2 * words]
    # Not letter by letter: MicroPython would keep each letter for ever as a name.
    found = bytes([byte if 32 <= byte < 127 else 32 for byte in piece]).decode().strip()
    return found or None


def bits(data, at, words):
    """Numbers of the bits set in `words` registers: bit 0 is the lowest of the first."""
    return [
        16 * i + bit
        for i in range(words)
        for bit in range(16)
        if (data[at + 2 * i] << 8 | data[at + 2 * i + 1]) >> bit & 1
    ]


def ratio(number, divide):
    """number/divide as a whole number, half away from zero; `divide` may be negative."""
    if divide < 0:
        number, divide = -number, -divide
    if number < 0:
        return -((-2 * number + divide) // (2 * divide))
    return (2 * number + divide) // (2 * divide)


def _scaled_float(pattern, multiply, divide):
    """IEEE-754 single `pattern` times multiply/divide, exact but for the last rounding."""
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
