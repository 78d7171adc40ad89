"""Registers to values, by rows. It refuses to know where a value goes.

A row, made ready by entry.py, is (place, key, kind, multiply, divide); place: its first byte
in the answer. Kinds: the types of modbus.values ("u16", "s16", "u32", "f32", ...); "text"
(divide = registers); "state" and "mode" (multiply: the words in one text, by number); "faults"
and "hints" (bit fields of `divide` registers: key is the beginning of a word, multiply the
number of its first bit); or a value quirk: a function of quirks.py.
"""

from ..modbus.values import bits, decode, ratio, raw, text

FIELDS = ("faults", "hints")
LIMITS = ("charge_limit_ma", "discharge_limit_ma")  # keys from which the power limits follow


class Model:
    """A chosen model, as it lives in memory: the part of the catalogue that is needed all day.

    file: name of the catalogue file. polls: list of polls.Poll. writes: name -> steps, made
    ready by writes.prepared. status: the quirk that reads the answer to a set-point, or None.
    Further attributes: see _DAILY and HABITS of entry.py, which
    makes it. Rows are only those that the driver acts on: details.py fetches the others.
    """

    def __init__(self, file):
        self.file = file
        self.polls = []
        self.writes = {}


def value(row, data):
    """The value of `row` in an answer's bytes: int, word, text, or tuple of words; None: nothing."""
    at, key, kind, multiply, divide = row
    if kind == "text":
        return text(data, at, divide)
    if kind in FIELDS:
        return tuple([key + str(multiply + bit) for bit in bits(data, at, divide)])
    if kind == "state" or kind == "mode":
        words = multiply.split()
        number = raw("u16", data, at)
        return words[number] if number < len(words) else number
    if isinstance(kind, str):
        return decode(kind, data, at, multiply, divide)
    number = kind(raw("u16", data, at))
    return None if number is None else ratio(number * multiply, divide)
