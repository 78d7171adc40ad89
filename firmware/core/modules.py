"""Give back the memory of modules that are needed once, at start.

A box without PSRAM has about 96 kB; code that has read the settings or checked a
pin map is worth more as heap. The next import reads it from flash again.
"""

import sys


def forget_parts(room, names):
    """Let go of modules of one of our rooms, named in one text: forget_parts("settings", "store check").

    `make build` gives modules short names at the root; it then says them with no room.
    """
    where = "firmware." + room + "." if room else ""
    forget(*[where + name for name in names.split()])


def forget(*names):
    """Let go of the modules `names` (whole dotted names); those never imported are passed over."""
    for name in names:
        if sys.modules.pop(name, None) is not None:
            parent, _, child = name.rpartition(".")
            if hasattr(sys.modules.get(parent), child):
                delattr(sys.modules[parent], child)
