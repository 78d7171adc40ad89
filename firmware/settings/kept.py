"""A small set of values on flash under its own name: accounts, contract, report, tokens.

Sealed and written beside and renamed, as the settings are: the old or the new one after
a power cut. A damaged file raises Damaged, so that nobody becomes the first visitor by
breaking the accounts. Loaded while somebody needs it.
"""

import os

from .sealed import seal, unseal

_VERSION = 1


def load(kind, folder=""):
    """The values of that kind, {} where none were kept; Damaged when the file is there and not whole."""
    for end in (".json", ".new"):  # the power may have gone between the two steps of a save
        try:
            with open(_path(kind, folder) + end, "rb") as file:
                return unseal(kind, file.read())[1]
        except OSError:
            continue
    return {}


def save(kind, values, folder=""):
    """Put them on flash. OSError leaves what was there."""
    path = _path(kind, folder)
    with open(path + ".new", "wb") as file:
        file.write(seal(kind, _VERSION, values))
    sync = getattr(os, "sync", None)
    if sync:
        sync()
    os.rename(path + ".new", path + ".json")


def _path(kind, folder):
    return (folder + "/" if folder and folder[-1] != "/" else folder) + kind
