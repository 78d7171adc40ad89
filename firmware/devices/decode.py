"""Registers to values, by rows. It refuses to know where a value goes.

A row is (address, key, kind, multiply, divide). Kinds: the types of modbus.values ("u16",
"s16", "u32", "f32", ...); "text" (divide = registers); "state" and "mode" (a word of the
model's STATES or MODES); "faults" and "hints" (bit fields of `divide` registers: key is the
beginning of a word, multiply the number of its first bit); "block" (`divide` registers to be
read along, without a value); or a value quirk.
"""

from ..modbus import values
from . import quirks

FIELDS = ("faults", "hints")
LIMITS = ("charge_limit_ma", "discharge_limit_ma")  # keys from which the power limits follow


def value(model, row, data, at):
    """The value of `row` at byte data[at]: int, word, text, or tuple of words; None: nothing."""
    _, key, kind, multiply, divide = row
    if kind == "text":
        return values.text(data, at, divide)
    if kind in FIELDS:
        return tuple(key + str(multiply + bit) for bit in values.bits(data, at, divide))
    if kind == "state" or kind == "mode":
        words = model.STATES if kind == "state" else model.MODES
        raw = values.raw("u16", data, at)
        return words[raw] if raw < len(words) else raw
    quirk = getattr(quirks, kind, None)
    if quirk is None:
        return values.decode(kind, data, at, multiply, divide)
    raw = quirk(values.raw("u16", data, at))
    return None if raw is None else values.ratio(raw * multiply, divide)


def at_row(model, poll, row, data):
    """The value of one row of `poll`, `data` being its registers' bytes."""
    return value(model, row, data, 2 * (row[0] - poll.start))


def each(model, poll, data):
    """Yield (row, value) for every row of `poll`."""
    for row in poll.rows:
        yield row, at_row(model, poll, row, data)
