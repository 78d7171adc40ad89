"""The boxes this one is paired with: keys, names, and the number of our own lives.

Apart from the settings and never shown, exported or reset with them: a pair key is a
secret. What reading, writing and changing need is in peers_file.py, which leaves
memory when it is done.
"""

from binascii import unhexlify

from ..core.modules import forget

_ROOM = __name__.rsplit(".", 1)[0]


class Entry:
    """One paired box. `mac` and `key` bytes; `settings`: name -> value as last taken by the box (gateway)."""

    def __init__(self, mac, key, name="", kind="", carries=(), settings=None):
        self.mac = mac
        self.key = key
        self.name = name
        self.kind = kind
        self.carries = tuple(carries)
        self.settings = settings or {}

    def __repr__(self):
        return "<Entry %s>" % mac_text(self.mac)


class Peers:
    """`entries`, `boot` (this life's number, already on flash), `channel` (0: unknown), `wrong` codes so far.

    `former`: entries of boxes that are paired no more, without their keys: paired again, such a box gets its
    name and settings back. `notes`: (code, args…) for the journal. Change, then `save()`.
    """

    def __init__(self, folder=""):
        self.path = (folder + "/" if folder and folder[-1] != "/" else folder) + "peers"
        self.entries = []
        self.former = []
        self.boot = 0
        self.channel = 0
        self.wrong = 0
        self.notes = []
        self.burn = False  # a key must leave the older file too

    def load(self, least_boot=0):
        """Read what there is and begin a life: its number is above all before, and on flash. Returns self.

        least_boot: what another memory (NVS) knows of the last one. OSError: flash cannot be written.
        """
        from .peers_file import load
        load(self, least_boot)
        _let_go()
        return self

    def find(self, mac, former=False):
        """The Entry of that MAC (6 bytes), or None. `former`: also one that is paired no more."""
        for entry in self.entries + (self.former if former else []):
            if entry.mac == mac:
                return entry
        return None

    def put(self, mac, key, name="", kind="", carries=(), replaces=None):
        """A pairing was made. A known box gets the new key and keeps its name, kind and settings; so does
        the box that takes the place of `replaces` (a MAC). Returns its Entry; not saved yet."""
        from .peers_file import put
        return put(self, mac, key, name, kind, carries, replaces)

    def drop(self, mac):
        """A box is paired no more: its key is forgotten, its name and settings are not. Not saved yet."""
        from .peers_file import drop
        drop(self, mac)

    def save(self):
        """Put it on flash, old or new after a power cut. OSError (full, broken) leaves what was there."""
        from .peers_file import save
        save(self)
        _let_go()


def mac_bytes(text):
    """ "F4:12:FA:40:06:E4", with dashes, without, in small letters -> 6 bytes; ValueError otherwise."""
    plain = text.strip().replace(":", "").replace("-", "").replace(" ", "")
    if len(plain) == 12:
        try:
            return unhexlify(plain)
        except ValueError:
            pass
    raise ValueError("%r is no MAC-ID: twelve digits 0-9 A-F, as on the sticker" % text)


def mac_text(mac):
    """6 bytes -> "F4:12:FA:40:06:E4"."""
    return ":".join("%02X" % byte for byte in mac)


def _let_go():
    forget(_ROOM + ".peers_file", _ROOM + ".sealed")
