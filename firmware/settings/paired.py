"""What other rooms does a box need? Asked at a start, before they are loaded. Knows two files by name."""

import os


def paired(folder=""):
    """True when peers.json lists a box."""
    try:
        with open(_path(folder, "peers.json"), "rb") as file:
            return b'"peers": [[' in file.read()
    except OSError:
        return False


def contracted(folder=""):
    """True when the kind "contract" was kept (kept.py)."""
    try:
        return os.stat(_path(folder, "contract.json"))[6] > 0
    except OSError:
        return False


def _path(folder, name):
    return (folder + "/" if folder and folder[-1] != "/" else folder) + name
