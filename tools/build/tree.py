"""What belongs on a box's flash, and where each file comes from.

Knows the layout (boot.py and main.py as source, rooms and libraries as .mpy,
sentences as sorted text). Knows no compiler and copies nothing.
"""

import pathlib

from . import pages

ROOT = pathlib.Path(__file__).resolve().parents[2]

# MicroPython starts these two by name; as source they can be read on a box by anybody.
SOURCE = ("boot.py", "main.py")

# Library files a box imports; the rest of each library stays on the desk. None: all there are.
# umodbus: the PDU builders and what their imports ask for; its serial layer is not ours to use.
LIBRARIES = {"umodbus": ("__init__.py", "const.py", "functions.py", "typing.py", "version.py")}


class TreeError(Exception):
    """Something that belongs on a box is missing; the text says what to do."""


def files(root=ROOT):
    """(source path, path on the box, how) of each file; how is "copy", "compile", "sort", "page" or "pack"."""
    root = pathlib.Path(root)
    found = [(root / name, name, "copy") for name in SOURCE if (root / name).exists()]
    for path in sorted((root / "firmware").rglob("*.py")):
        found.append((path, path.relative_to(root).with_suffix(".mpy").as_posix(), "compile"))
    for path in sorted((root / "firmware" / "words").glob("*.txt")):
        found.append((path, path.relative_to(root).as_posix(), "sort"))
    found.extend(pages.places(root))
    for library in sorted(LIBRARIES):
        for name in LIBRARIES[library]:
            path = root / "lib" / library / name
            if not path.exists():
                raise TreeError("lib/{}/{} is missing: `make setup` fetches it".format(library, name))
            found.append((path, "lib/{}/{}".format(library, name[:-3] + ".mpy"), "compile"))
    return found


def room(place):
    """Whose size a file counts towards: "firmware/p1", "lib/umodbus" or "start"."""
    parts = place.split("/")
    return "/".join(parts[:2]) if len(parts) > 2 else (parts[0] if len(parts) > 1 else "start")


def sort_words(text):
    """A words file as the box wants it: `#sorted`, then its sentences in byte order, no comments."""
    lines = [line.strip() for line in text.splitlines()]
    lines = sorted((line for line in lines if line and line[0] != "#"), key=str.encode)
    return "\n".join(["#sorted"] + lines) + "\n"
