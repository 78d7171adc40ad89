"""Register values: words to whole numbers, one table of types; the way back is in encoding.py.

What this file knows: width, sign, word order and text; floats.py is loaded by who has
such registers. It refuses to know addresses and units; a row brings the type's name and
a ratio. Everything is a whole number. Registers are big-endian inside (standard);
32 bits come high word first unless the name ends in "_lo".
"""

# A name says it all, so no table of types has to live on the heap: sort, bits, word order.
NAMES = "u16 s16 u32 s32 u32_lo s32_lo u64 s64 f32 f32_lo"


def width(name, words=1):
    """Registers that a value of type `name` takes; text and bits take `words`. ValueError: no such type."""
    if name in ("text", "bits"):
        return words
    if name not in NAMES.split():
        raise ValueError("type %r: must be text, bits or one of %s" % (name, NAMES))
    return registers(name)


def registers(name):
    return 1 if "16" in name else 2 if "32" in name else 4


def raw(name, data, at):
    """The unsigned whole number of the registers that begin at byte data[at]."""
    words = registers(name)
    low_first = name.endswith("_lo")
    if at + 2 * words > len(data):
        raise ValueError("%s at %d of %d bytes" % (name, at, len(data)))
    value = 0
    for i in range(words):
        word = at + 2 * (words - 1 - i if low_first else i)
        value = value << 16 | data[word] << 8 | data[word + 1]
    return value


def decode(name, data, at=0, multiply=1, divide=1):
    """The value times multiply/divide, rounded half away from zero; None for a float that is no number."""
    pattern = raw(name, data, at)
    if name.startswith("f"):
        from .floats import scaled

        return scaled(pattern, multiply, divide)
    size = 16 * registers(name)
    if name.startswith("s") and pattern >> size - 1:
        pattern -= 1 << size
    return ratio(pattern * multiply, divide)


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
