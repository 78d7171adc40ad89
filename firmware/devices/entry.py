"""A catalogue file opened: its rows joined with those of its BASE and planned.

It knows which names a file may hold (FORM), what each is when left out, and which of them a
driver asks for all day (`daily`). It refuses to know what the rows are for. Needed at start
and when somebody looks at the details; in between `let_go` gives its memory back.
"""

import sys

from ..core.modules import forget, forget_parts
from . import index, plan, writes
from .decode import Model
from .polls import Poll
from .quirks import QUIRKS

_CATALOGUE = "firmware.devices.catalogue."
_NEED = ...  # no default: the file must say it
# Name, what it is when the file (and its base) leave it out.
FORM = (
    ("TYPE", _NEED), ("GROUP", _NEED), ("SUBGROUP", None), ("MODEL", _NEED),
    ("FAMILY", _NEED),         # what the serial number tells, see SERIALS
    ("LINK", (9600, 8, "N", 1)), ("STATIONS", (1, 247)),
    ("LONGEST", _NEED), ("HOLE", 0), ("WALLS", ()),
    ("GAP_MS", 100), ("MEASURE", _NEED),
    ("STATES", ()), ("FAULT_STATES", ()), ("MODES", ()), ("OBEYS_IN", None),
    ("WRITES", ()), ("STATUS", None),
    ("WORN", ()),               # (first, last) registers in EEPROM: only "set_mode" may write them
    ("ALIVE_MS", None), ("RESEND_MS", None), ("STEP_W", 1), ("SMALL_W", (0, 0)),
    ("CHARGE_MAX_W", 0), ("DISCHARGE_MAX_W", 0),
    ("SERIALS", ()), ("QUIRKS", ()),
)
# Names of FORM that the driver of a running box asks for.
_DAILY = ("MODEL", "FAMILY", "SERIALS", "GAP_MS", "MEASURE", "OBEYS_IN", "FAULT_STATES", "ALIVE_MS",
          "RESEND_MS", "STEP_W", "SMALL_W", "CHARGE_MAX_W", "DISCHARGE_MAX_W")
# Quirks that are habits: names that may stand in a file's QUIRKS, flags of a Model; and why.
HABITS = (
    # Every standby command makes the relay click (Sofar2mqtt issue 63): sent on change only,
    # again when the device came back from silence or is seen not to rest.
    "standby_clicks",
    # Now and then a state of charge of 0 after a bad frame: a jump needs a second witness.
    "soc_bogus_zero",
    # Days on which the battery delivered nothing while asked (household log; GaryJSAdv
    # repeats for the same reason): rest, pause, ask again.
    "stalls_at_zero",
    # Two lists exist for the state register: take the word from power and faults.
    "state_by_power",
)


class Sheet:
    """All that a catalogue file and its base say: each name of FORM is an attribute.

    file: name of the catalogue file. reads: list of (rhythm, function, optional, first
    register, count, rows); rows are tuples (address, key, kind, multiply, divide).
    """

    def __init__(self, file):
        self.file = file
        self.reads = []


def open_model(kind, group, subgroup, model, station):
    """The Model of a choice of index.CHOICES; raises ValueError naming the word or the station."""
    return daily(made(*check_choice(kind, group, subgroup, model, station)))


def check_choice(kind, group, subgroup, model, station):
    """(name, module, its base) of a choice's file; ValueError names the word or the station that is wrong."""
    name = index.file_of(kind, group, subgroup, model)
    file, base = files(name)
    low, high = getattr(file, "STATIONS", getattr(base, "STATIONS", (1, 247)))
    if not low <= station <= high:
        raise ValueError("station %r: %s answers to %d..%d" % (station, model, low, high))
    return name, file, base


def files(name):
    """(module, its base or None) of catalogue file `name`: a word of index, never a user's text."""
    file = _fetch(name)
    base = getattr(file, "BASE", None)
    return file, base and _fetch(base)


def made(name, file, base):
    """The Sheet of a file and its base; raises ValueError naming what is missing."""
    sheet = Sheet(name)
    for key, default in FORM:
        value = getattr(file, key, getattr(base, key, default))
        if value is _NEED:
            raise ValueError("catalogue file %s lacks %s" % (name, key))
        setattr(sheet, key, value)
    for rhythm, function, optional, rows in groups(file, base):
        for start, count in plan.reads(rows, sheet.LONGEST, sheet.HOLE, sheet.WALLS):
            inside = [row for row in rows if start <= row[0] < start + count and row[2] != "block"]
            sheet.reads.append((rhythm, function, optional, start, count, tuple(inside)))
    return sheet


def daily(sheet):
    """The Model of a Sheet: what its driver needs all day, PDUs and rows made ready."""
    model = Model(sheet.file)
    for name in _DAILY:
        setattr(model, name, getattr(sheet, name))
    model.status = QUIRKS.get(sheet.STATUS)
    for name in HABITS:
        setattr(model, name, name in sheet.QUIRKS)
    kinds = {}  # each file has strings of its own: one of each kind is enough
    for rhythm, function, optional, start, count, rows in sheet.reads:
        rows = tuple([ready(sheet, row, start, kinds) for row in rows])
        model.polls.append(Poll(rhythm, optional, writes.read(function, start, count), rows))
    for name, steps in sheet.WRITES:
        model.writes[name] = tuple([writes.prepared(step) for step in steps])
    return model


def ready(sheet, row, start, kinds):
    """A row as decode.py wants it, in an answer that begins with register `start`."""
    address, key, kind, multiply, divide = row
    if kind == "state" or kind == "mode":
        multiply = " ".join(sheet.STATES if kind == "state" else sheet.MODES)
    kind = QUIRKS.get(kind, kind)
    return 2 * (address - start), key, kinds.setdefault(kind, kind), multiply, divide


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
    forget_parts("devices", "plan index entry details writes")
    forget_parts("modbus", "pdu encoding")
    forget(*["umodbus" + part for part in (".functions", ".const", ".typing", ".version", "")])


def _fetch(name):
    path = _CATALOGUE + name
    __import__(path)
    file = sys.modules[path]
    forget(path)
    return file
