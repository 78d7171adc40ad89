"""Which stock image a board wants, and whether a file is that image.

Knows images.json and what its checksums are worth (its `about`). A file that is
not the pinned one is refused; another image is taken only with its own sha256.
"""

import hashlib
import json
import pathlib
import urllib.request

LIST = pathlib.Path(__file__).with_name("images.json")


class ImageError(Exception):
    """No image, or not the one expected; the text says what to do."""


def image_for(profile, listed=None):
    """The entry of images.json for a board profile, by chip and PSRAM."""
    listed = listed if listed is not None else json.loads(LIST.read_text())["images"]
    for entry in listed:
        if (entry["chip"], entry["psram"]) == (profile["chip"], profile["psram"]):
            return entry
    raise ImageError(
        "no image is pinned for {} with PSRAM {}: give --image FILE --sha256 HEX --offset 0x1000".format(
            profile["chip"], profile["psram"] or "none"))


def verify(path, entry):
    """Raise ImageError unless `path` is exactly the image of `entry` (sha256, and size when given)."""
    path = pathlib.Path(path)
    if not path.exists():
        raise ImageError("{} is not there: download {} to it".format(path, entry.get("url") or "the image"))
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != entry["sha256"].lower():
        raise ImageError("{}: sha256 is {}, expected {}; remove it and download again".format(
            path, found, entry["sha256"]))
    if entry.get("size") and len(data) != entry["size"]:
        raise ImageError("{}: {} bytes, expected {}".format(path, len(data), entry["size"]))


def fetch(entry, path):
    """Download `entry` to `path` unless it is there, then verify it. A wrong file is never left behind."""
    path = pathlib.Path(path)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        try:
            with urllib.request.urlopen(entry["url"], timeout=60) as answer:
                part.write_bytes(answer.read())
            verify(part, entry)
            part.replace(path)
        except OSError as error:
            raise ImageError("{}: {}; download it by hand and give --image FILE".format(entry["url"], error))
        finally:
            part.unlink(missing_ok=True)
    verify(path, entry)
