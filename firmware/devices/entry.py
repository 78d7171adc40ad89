"""A chosen catalogue file, opened: its rows joined with those of its BASE, ready to plan.

It knows which names a file may hold (FORM) and what each is when left out. It refuses to
know what the rows are for: decode, writes and driver read them. check.py says what is wrong
with a file.
"""

import sys

from . import index

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


class Entry:
    """One model. Each name of FORM is an attribute; `groups` holds the rows.

    groups: list of (rhythm, function, optional, rows); rows are tuples
    (address, key, kind, multiply, divide), sorted by address.
    """

    def __init__(self, file, base=None):
        for name, default in FORM:
            value = getattr(file, name, getattr(base, name, default))
            if value == "need":
                raise ValueError("catalogue file of %r lacks %s" % (getattr(file, "MODEL", "?"), name))
            setattr(self, name, value)
        self.groups = _joined(getattr(base, "READS", ()), file.READS)

    def write(self, name):
        """The steps of write `name`, or None where the device knows no such write."""
        for known, steps in self.WRITES:
            if known == name:
                return steps
        return None


def _joined(base, own):
    groups = []
    for rhythm, function, optional, rows in base:
        for group in own:
            if group[:3] == (rhythm, function, optional):
                rows = tuple(sorted(rows + group[3]))
        groups.append((rhythm, function, optional, rows))
    for group in own:
        if not any(group[:3] == known[:3] for known in groups):
            groups.append(group)
    return groups


def load(name):
    """Import catalogue file `name` (a word of index, never a user's text) and its base."""
    file = _fetch("catalogue." + name)
    base = getattr(file, "BASE", None)
    return Entry(file, base and _fetch("catalogue." + base))


def open_model(kind, group, subgroup, model):
    """The checked Entry of a choice of index.CHOICES.

    Raises index.UnknownModel naming the word, ValueError naming what is wrong with the file.
    """
    entry = load(index.file_of(kind, group, subgroup, model))
    found = _fetch("check").faults(entry)
    if found:
        raise ValueError("catalogue file of %r: %s" % (model, "; ".join(found)))
    return entry


def fingerprint(entry, serial):
    """The family a serial number speaks of, None when it says nothing known."""
    for position, letters, family in entry.SERIALS:
        if serial and serial[position:position + len(letters)] == letters:
            return family
    return None


def _fetch(name):
    """Module `name` of this room, imported and let go: what nobody keeps is collected."""
    room = __name__[:__name__.rfind(".")]
    path = room + "." + name
    __import__(path)
    cut = path.rfind(".")
    parent = sys.modules[path[:cut]]
    if hasattr(parent, path[cut + 1:]):
        delattr(parent, path[cut + 1:])
    return sys.modules.pop(path)
