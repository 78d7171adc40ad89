"""Who may log in, on flash: role -> [salt, S, rounds] as web/proof.py reads them. No password is in it.

Written beside and renamed, as the settings are. A damaged file counts as none only for
reading: `load` raises Damaged, so that nobody becomes the first visitor by breaking it.
Loaded while somebody logs in.
"""

import os

from .sealed import seal, unseal

_KIND = "accounts"
_VERSION = 1


def load(folder=""):
    """The accounts, {} on a box nobody has visited; Damaged when the file is there and not whole."""
    for end in (".json", ".new"):  # the power may have gone between the two steps of a save
        try:
            with open(_path(folder) + end, "rb") as file:
                return unseal(_KIND, file.read())[1]
        except OSError:
            continue
    return {}


def save(accounts, folder=""):
    """Put them on flash: the old or the new ones after a power cut. OSError leaves what was there."""
    path = _path(folder)
    with open(path + ".new", "wb") as file:
        file.write(seal(_KIND, _VERSION, accounts))
    sync = getattr(os, "sync", None)
    if sync:
        sync()
    os.rename(path + ".new", path + ".json")


def _path(folder):
    return (folder + "/" if folder and folder[-1] != "/" else folder) + "accounts"
