"""The codes of a telegram's lines as ints: how one is read, and the dictionary of those we want.

A code A-B:C.D.E becomes one int of seven bits a part, below 2**30, so that the ESP32 makes no object
for it. Refuses to know which codes matter: obis.py lists them.
"""

import sys

from ..core.readings import Meter


def table():
    """A new dict: code as one int (`key`) -> kind << 7 | rank << 5 | index into Meter.FIELDS.

    obis.py is imported for it and forgotten again: its text is 1.4 kB of heap.
    """
    from . import obis

    made = {}
    for row in obis.ROWS.split(b"\n"):
        words = row.split()
        if words:
            rank = int(words[3]) if len(words) > 3 else 0
            field = Meter.FIELDS.index(words[2].decode())
            made[key(words[0] + b"(", 0)] = obis.KINDS.index(words[1]) << 7 | rank << 5 | field
    package = sys.modules[obis.__name__.rsplit(".", 1)[0]]
    del sys.modules[obis.__name__], package.obis
    return made


def key(buffer, at):
    """The code that starts at buffer[at] and ends before "(", as one int below 2**30; -1: not a code.

    The caller sees to it that some byte that is no digit follows.
    """
    code = 0
    part = 0
    want = 0
    while True:
        byte = buffer[at]
        at += 1
        if 48 <= byte <= 57:
            part = part * 10 + byte - 48
            if part > 127:
                return -1
        else:
            code = code << 7 | part
            if byte != b"-:..("[want]:
                return -1
            want += 1
            if want == 5:
                return code if code < 0x40000000 else -1
            if want == 1 and part > 3:
                return -1
            part = 0
