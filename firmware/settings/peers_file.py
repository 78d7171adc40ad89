"""How the list of paired boxes lies on flash, and how it changes; in memory only for as long as that takes.

peers.json is written beside and renamed, the file before stays as peers.old, as with
the settings (store.py). Each start takes the next boot number and writes it before
anything is sent: a number used twice would let recorded frames live again. When only
the older file could be read, the numbers it may have missed are left out.
"""

import os
from binascii import hexlify, unhexlify

from .peers import Entry
from .sealed import Damaged, seal, unseal

_KIND = "peers"
_VERSION = 1
_MISSED = 16
_FORMER_MOST = 8


def load(peers, least_boot):
    """Fill `peers` from its folder and begin a life. OSError: flash cannot be written."""
    path = peers.path
    values = _read(path + ".json", peers.notes)
    if values is None and not peers.notes:  # missing: the power went between the two renames of a save?
        values = _read(path + ".new", peers.notes)
    missed = 0
    if values is None:
        values = _read(path + ".old", peers.notes)
        if values is not None:
            missed = _MISSED
            peers.notes.append(("peers_previous_used",))
    if values is not None:
        _take(peers, values)
    peers.boot = max(peers.boot + missed, least_boot) + 1
    save(peers)


def _take(peers, values):
    peers.boot = values.get("boot", 0)
    peers.channel = values.get("channel", 0)
    peers.wrong = values.get("wrong", 0)
    for mac, key, name, kind, carries, settings in values.get("peers", ()):
        entry = Entry(unhexlify(mac), unhexlify(key), name, kind, carries, settings)
        (peers.entries if key else peers.former).append(entry)


def _row(entry):
    key = hexlify(entry.key).decode()
    return [hexlify(entry.mac).decode(), key, entry.name, entry.kind, list(entry.carries), entry.settings]


def _read(path, notes=None):
    """Values of a whole file; None when missing or damaged (said in `notes`)."""
    try:
        with open(path, "rb") as file:
            return unseal(_KIND, file.read())[1]
    except OSError:
        return None
    except Damaged as damage:
        if notes is not None:
            notes.append(("peers_damaged", path.rsplit("/", 1)[-1], damage.code))
        return None


def save(peers):
    """Put `peers` on flash; when a key has to go, from both files. OSError leaves what was there."""
    data = seal(_KIND, _VERSION, {
        "boot": peers.boot, "channel": peers.channel, "wrong": peers.wrong,
        "peers": [_row(entry) for entry in peers.entries + peers.former]})
    path = peers.path
    for _ in range(2 if peers.burn else 1):
        _write(path + ".new", data)
        if _read(path + ".json") is not None:  # never put a damaged file over a good .old
            os.rename(path + ".json", path + ".old")
        os.rename(path + ".new", path + ".json")
    peers.burn = False


def _write(path, data):
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
    sync = getattr(os, "sync", None)  # a Linux box; on littlefs close() is what commits
    if sync:
        sync()


def put(peers, mac, key, name, kind, carries, replaces):
    """See Peers.put."""
    old = peers.find(replaces or mac, True)
    if old:
        name, kind, carries = name or old.name, old.kind or kind, old.carries or carries
    entry = Entry(mac, key, name, kind, carries, old.settings if old else None)
    for gone in (mac, replaces):
        drop(peers, gone)
        peers.former = [one for one in peers.former if one.mac != gone]
    peers.entries.append(entry)
    return entry


def drop(peers, mac):
    """See Peers.drop."""
    entry = peers.find(mac)
    if entry:
        entry.key = b""
        peers.burn = True
        peers.entries.remove(entry)
        peers.former = peers.former[1 - _FORMER_MOST :] + [entry]
