"""The boxes this one is paired with, on flash: keys, names, and the number of our own lives.

Apart from the settings and never shown, exported or reset with them: a pair key is a
secret. peers.json is written beside and renamed, the file before stays as peers.old,
as with the settings (store.py). Each start takes the next boot number and writes it
before anything is sent: a number that is used twice would let recorded frames live
again. When only the older file could be read, the numbers it may have missed are
left out.
"""

import os
from binascii import hexlify, unhexlify

from ..core.modules import forget

_KIND = "peers"
_VERSION = 1
_MISSED = 16
_FORMER_MOST = 8


class Entry:
    """One paired box. `mac` and `key` bytes; `settings`: name -> value as last taken by the box (gateway)."""

    def __init__(self, mac, key, name="", kind="", carries=(), settings=None):
        self.mac = mac
        self.key = key
        self.name = name
        self.kind = kind
        self.carries = tuple(carries)
        self.settings = settings or {}

    def row(self):
        """As it lies on flash."""
        key = hexlify(self.key).decode()
        return [hexlify(self.mac).decode(), key, self.name, self.kind, list(self.carries), self.settings]

    def __repr__(self):
        return "<Entry %s>" % mac_text(self.mac)

    __str__ = __repr__


class Peers:
    """`entries`, `boot` (this life's number, already on flash), `channel` (0: unknown), `wrong` codes so far.

    `former`: entries of boxes that are paired no more, without their keys: paired again, such a box gets its
    name and settings back. `notes`: (code, args…) for the journal. Change, then `save()`.
    """

    def __init__(self, folder=""):
        self._path = (folder + "/" if folder and folder[-1] != "/" else folder) + "peers"
        self.entries = []
        self.former = []
        self.boot = 0
        self.channel = 0
        self.wrong = 0
        self.notes = []

    def load(self, least_boot=0):
        """Read what there is and begin a life: its number is above all before, and on flash. Returns self.

        least_boot: what another memory (NVS) knows of the last one. OSError: flash cannot be written.
        """
        values = self._read(".json")
        if values is None and not self.notes:  # missing: the power went between the two renames of a save?
            values = self._read(".new")
        missed = 0
        if values is None:
            values = self._read(".old")
            if values is not None:
                missed = _MISSED
                self.notes.append(("peers_previous_used",))
        if values is not None:
            self._take(values)
        self.boot = max(self.boot + missed, least_boot) + 1
        self.save()
        return self

    def _take(self, values):
        self.boot = values.get("boot", 0)
        self.channel = values.get("channel", 0)
        self.wrong = values.get("wrong", 0)
        for row in values.get("peers", ()):
            mac, key, name, kind, carries, settings = row
            entry = Entry(unhexlify(mac), unhexlify(key), name, kind, carries, settings)
            (self.entries if key else self.former).append(entry)

    def find(self, mac, former=False):
        """The Entry of that MAC (6 bytes), or None. `former`: also one that is paired no more."""
        for entry in self.entries + (self.former if former else []):
            if entry.mac == mac:
                return entry
        return None

    def put(self, mac, key, name="", kind="", carries=(), replaces=None):
        """A pairing was made. A known box gets the new key and keeps its name, kind and settings; so does
        the box that takes the place of `replaces` (a MAC). Returns its Entry; not saved yet."""
        old = self.find(replaces or mac, True)
        if old:
            name, kind, carries = name or old.name, old.kind or kind, old.carries or carries
        entry = Entry(mac, key, name, kind, carries, old.settings if old else None)
        for gone in (mac, replaces):
            self.drop(gone)
            self.former = [one for one in self.former if one.mac != gone]
        self.entries.append(entry)
        return entry

    def drop(self, mac):
        """A box is paired no more: its key is forgotten, its name and settings are not. Not saved yet."""
        entry = self.find(mac)
        if entry:
            entry.key = b""
            self.entries.remove(entry)
            self.former = self.former[1 - _FORMER_MOST :] + [entry]

    def save(self):
        """Put it on flash. OSError (full, broken) leaves what was there."""
        from .sealed import seal
        rows = [entry.row() for entry in self.entries + self.former]
        data = seal(_KIND, _VERSION, {
            "boot": self.boot, "channel": self.channel, "wrong": self.wrong, "peers": rows})
        path = self._path
        with open(path + ".new", "wb") as file:
            file.write(data)
            file.flush()
        sync = getattr(os, "sync", None)  # a Linux box; on littlefs close() is what commits
        if sync:
            sync()
        if self._read(".json", quiet=True) is not None:  # never put a damaged file over a good .old
            os.rename(path + ".json", path + ".old")
        os.rename(path + ".new", path + ".json")
        _let_go()

    def _read(self, end, quiet=False):
        from .sealed import Damaged, unseal
        try:
            with open(self._path + end, "rb") as file:
                return unseal(_KIND, file.read())[1]
        except OSError:
            return None
        except Damaged as damage:
            if not quiet:
                self.notes.append(("peers_damaged", "peers" + end, damage.code))
            return None


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
    forget(__name__.rsplit(".", 1)[0] + ".sealed")
