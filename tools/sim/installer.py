"""The installer of a story: at these seconds he pairs, frees or sets a box at the gateway.

JSON: a list of {"at_s": 5, "do": "claim", "box": "shed"}. "claim" takes "pop" (otherwise
the sticker's is typed), "name", and "replaces", a box of the story; "set" takes "changes".
He reads stickers; he knows no key and no frame.
"""

import asyncio
import json

_KEYS = {"claim": {"pop", "name", "replaces"}, "unpair": set(), "set": {"changes"}}


class InstallerError(ValueError):
    """A list that cannot be done; the text names the entry and the fix."""


def read(path, boxes):
    """The entries of a file, earliest first. `boxes`: names there are. InstallerError."""
    try:
        with open(path, encoding="utf-8") as file:
            entries = json.load(file)
    except (OSError, ValueError) as error:
        raise InstallerError(f"{path}: {error}; give a JSON list of {{at_s, do, box}}") from error
    for number, entry in enumerate(entries, 1):
        where = f"{path}, entry {number}"
        if entry.get("do") not in _KEYS:
            known = ", ".join(sorted(_KEYS))
            raise InstallerError(f"{where}: do is {entry.get('do')!r}; choose from {known}")
        # A box that was claimed is called as it was named then.
        named = [one["name"] for one in entries if one.get("name")]
        known = boxes if entry["do"] == "claim" else boxes + named
        if entry.get("box") not in known:
            raise InstallerError(f"{where}: box is {entry.get('box')!r}; there are {', '.join(known)}")
        strange = set(entry) - {"at_s", "do", "box"} - _KEYS[entry["do"]]
        if strange or not isinstance(entry.get("at_s"), (int, float)):
            raise InstallerError(f"{where}: {sorted(strange) or 'at_s'} does not belong, or is no number")
    return sorted(entries, key=lambda entry: entry["at_s"])


async def work(entries, stickers, path, clock):
    """Endless: write each into the gateway's hand (shims/hand.py). `stickers`: name -> identity as a dict."""
    for entry in entries:
        await clock.until(entry["at_s"])
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(_line(entry, stickers)) + "\n")
    await asyncio.Event().wait()


def _line(entry, stickers):
    name = entry["box"]
    if entry["do"] == "unpair":
        return ["unpair", name]
    if entry["do"] == "set":
        return ["set", name, entry["changes"]]
    replaces = entry.get("replaces") and stickers[entry["replaces"]]["mac"]
    pop = entry.get("pop") or stickers[name]["pop"]
    return ["claim", stickers[name]["mac"], pop, entry.get("name", name), replaces]
