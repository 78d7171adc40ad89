"""A catalogue file opened: its rows joined with those of its BASE and planned.

It knows which names a file may hold (FORM) and what each is when left out. It refuses to
know what the rows are for. Needed at start and when somebody looks at the details; in
between `let_go` gives its memory back.
"""

import sys

from ..core.modules import forget
from . import index, plan
from .model import Model

# Name, what it is when the file (and its base) leave it out. "need": no default.
FORM = (
    ("TYPE", "need"), ("GROUP", "need"), ("SUBGROUP", None), ("MODEL", "need"),
    ("FAMILY", "need"),         # what the serial number tells, see SERIALS
    ("LINK", (9600, 8, "N", 1)), ("STATIONS", (1, 247)),
    ("LONGEST", "need"), ("HOLE", 0), ("WALLS", ()),
    ("GAP_MS", 100), ("MEASURE", "need"),
    ("STATES", ()), ("FAULT_STATES", ()), ("MODES", ()), ("OBEYS_IN", None),
    ("WRITES", ()), ("STATUS", None),
    ("WORN", ()),               # (first, last) registers in EEPROM: only "set_mode" may write them
    ("ALIVE_MS", None), ("RESEND_MS", None), ("STEP_W", 1), ("SMALL_W", (0, 0)),
    ("CHARGE_MAX_W", 0), ("DISCHARGE_MAX_W", 0),
    ("SERIALS", ()), ("QUIRKS", ()),
)
_PASSING = ("plan", "index", "entry", "details", "writes")
_MAKERS = ("firmware.modbus.pdu",) + tuple(
    "umodbus" + part for part in (".functions", ".const", ".typing", ".version", ""))


def open_model(kind, group, subgroup, model):
    """The Model of a choice of index.CHOICES; raises index.UnknownModel naming the word."""
    name = index.file_of(kind, group, subgroup, model)
    return made(name, *files(name))


def check_choice(kind, group, subgroup, model, station):
    """ValueError naming the word, or the station, with which open_driver would fail. Makes no Model."""
    file, base = files(index.file_of(kind, group, subgroup, model))
    low, high = getattr(file, "STATIONS", getattr(base, "STATIONS", (1, 247)))
    if not low <= station <= high:
        raise ValueError("station %r: %s answers to %d..%d" % (station, model, low, high))


def files(name):
    """(module, its base or None) of catalogue file `name`: a word of index, never a user's text."""
    file = _fetch(name)
    base = getattr(file, "BASE", None)
    return file, base and _fetch(base)


def made(name, file, base):
    """The Model of a file and its base; raises ValueError naming what is missing."""
    model = Model(name)
    for key, default in FORM:
        value = getattr(file, key, getattr(base, key, default))
        if value == "need":
            raise ValueError("catalogue file %s lacks %s" % (name, key))
        setattr(model, key, value)
    for rhythm, function, optional, rows in groups(file, base):
        for start, count in plan.reads(rows, model.LONGEST, model.HOLE, model.WALLS):
            inside = [row for row in rows if start <= row[0] < start + count and row[2] != "block"]
            model.reads.append((rhythm, function, optional, start, count, tuple(inside)))
    return model


def groups(file, base):
    """[(rhythm, function, optional, all rows)] of a file joined with its base."""
    joined = []
    for rhythm, function, optional, rows in getattr(base, "READS", ()):
        for group in file.READS:
            if group[:3] == (rhythm, function, optional):
                rows = tuple(sorted(rows + group[3]))
        joined.append((rhythm, function, optional, rows))
    for group in file.READS:
        if not any(group[:3] == known[:3] for known in joined):
            joined.append(group)
    return joined


def details(file, base):
    """[(function, rows)] that only an installer looks at: of the file, its base and its MORE."""
    found = []
    for part in (file, base):
        more = getattr(part, "MORE", None)
        found += getattr(part, "DETAILS", ()) + (_fetch(more).DETAILS if more else ())
    return found


def let_go():
    """Drop the parts of this room that are needed at start only: some 8 kB on a board."""
    room = __name__[:__name__.rfind(".")]
    forget(*[room + "." + name for name in _PASSING])
    forget(*_MAKERS)


def _fetch(name):
    path = __name__[:__name__.rfind(".")] + ".catalogue." + name
    __import__(path)
    file = sys.modules[path]
    forget(path)
    return file
