"""A board's flash as a folder: the build, the settings and the sticker of one box.

Knows where `make build` puts the compiled tree and that `tools.provision` writes
the files. Each story gets a fresh folder under .sim/, gone afterwards.
"""

import hashlib
import os
import pathlib
import secrets
import shutil
import subprocess
import sys

from firmware.settings import kept
from tools.build.compile import SWITCHES, compiler, lean, made
from tools.build.tree import ROOT, files
from tools.provision import identity
from tools.provision.settings import settings_of, write

_SHIMS = pathlib.Path(__file__).with_name("shims")


def tree(bits, source=False, built=False):
    """(file, its place on a flash) of the firmware, built anew where sources changed. BuildError.

    `source`: .py files instead of the compiled tree; `built`: who asks has just built it.
    """
    if source:
        return [(origin, place[:-4] + ".py" if how == "compile" else place) for origin, place, how in files()]
    folder = ROOT / "build" / f"vm{bits}"
    if not built:
        _built(folder.name)
    # Named one by one: somebody else's build may be renaming its files in there.
    return [(folder / place, place) for place in made(folder)]


def prepare(folder, board, firmware, overrides=()):
    """Fill `folder` for one board of a scenario. Returns its identity as a dict: what is on the sticker.

    `firmware`: see tree; `overrides`: "name=value" texts; Refused names a wrong one.
    """
    flash = folder / "flash"
    flash.mkdir(parents=True)
    for origin, place in firmware:
        (flash / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(origin, flash / place)
    pairs = {**board["settings"], "role": board["role"], "board": board["profile"]}
    write(flash, settings_of([f"{name}={_typed(value)}" for name, value in pairs.items()] + list(overrides)))
    drawn = identity.draw(board["mac"])
    (flash / "identity.json").write_bytes(identity.pack(drawn))
    return drawn


def lay_token(flash, name):
    """A token of scope "control" on a flash, as if an owner had made it; returns its secret."""
    secret = secrets.token_hex(16)
    kept.save("tokens", {name: [hashlib.sha256(secret.encode()).hexdigest(), "control", None]}, str(flash))
    return secret


class BuildError(RuntimeError):
    """The firmware does not compile; the text is the build's own."""


def _built(target):
    """build/TARGET as new as its sources. A process of its own: what it says is its command line's."""
    run = subprocess.run(
        [sys.executable, "-m", "tools.build", "--target", target, "--quiet"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if run.returncode:
        raise BuildError((run.stderr or run.stdout).strip())


def _typed(value):
    """A value as somebody would type it."""
    return str(value).lower() if isinstance(value, bool) else value


def shims(bits):
    """The shims as .mpy, so that they weigh on the board's heap as little as they can.

    Compiled here and not with the firmware: what they give away has the chip's names and keeps them.
    """
    target = f"vm{bits}"
    folder = ROOT / ".sim" / f"shims-{target}"
    for path in sorted(_SHIMS.rglob("*.py")):
        made = folder / path.relative_to(_SHIMS)
        if path.name != "start.py":
            made = made.with_suffix(".mpy")
        if made.exists() and made.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        made.parent.mkdir(parents=True, exist_ok=True)
        fresh = made.with_name(f"{made.name}.{os.getpid()}")
        if made.suffix == ".py":
            shutil.copyfile(path, fresh)
        else:
            text = fresh.with_name(fresh.name + ".py")
            text.write_text(lean(path.read_text()))
            subprocess.run([compiler(), *SWITCHES[target], "-s", path.stem, "-o", fresh, text], check=True)
            text.unlink()
        os.replace(fresh, made)
    return folder
