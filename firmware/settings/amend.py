"""Values that the box found out itself, put beside those on flash without the checker, which takes 15 kB.

What stands on flash whole stays as it is; each value is checked, as all are, when the box starts again.
The order of the renames is store.py's: old or new after a power cut.
"""

import os

from .sealed import Damaged, seal, unseal

_KIND = "settings"


def amend(folder, changes):
    """Add `changes` (name -> value) to settings.json. False: there is none that is whole. OSError: flash."""
    path = (folder + "/" if folder and folder[-1] != "/" else folder) + "settings"
    try:
        with open(path + ".json", "rb") as file:
            version, values = unseal(_KIND, file.read())
    except (Damaged, OSError):
        return False
    values.update(changes)
    with open(path + ".new", "wb") as file:
        file.write(seal(_KIND, version, values))
    os.rename(path + ".json", path + ".old")
    os.rename(path + ".new", path + ".json")
    return True
