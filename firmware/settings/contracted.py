"""Was this box told a contract? Asked at start, before the rooms of prices and plans. Knows one name."""

import os


def contracted(folder=""):
    """True when the kind "contract" was kept (kept.py)."""
    try:
        return os.stat((folder + "/" if folder and folder[-1] != "/" else folder) + "contract.json")[6] > 0
    except OSError:
        return False
