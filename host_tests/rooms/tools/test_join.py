"""Rooms joined into one file run as their modules did; what cannot be joined stays as it was."""

import subprocess

import pytest

from tools.build.compile import build, contents, made
from tools.build.tree import files
from tools.vm import vm

HOUSE = '''\
=== boot.py
=== main.py
from firmware.core.start import begin
begin()
print(__import__('firmware.roles.gateway', None, None, ('Role',)).Role().run())
=== firmware/__init__.py
=== firmware/core/__init__.py
"""Core."""
=== firmware/core/start.py
from .ticks import add
def begin():
    print('begin', add(1, 2))
=== firmware/core/ticks.py
_MASK, _HALF = 255, 128
EMPTY = ()
def add(a, b):
    return (a + b) & _MASK
def half():
    return _HALF, EMPTY
=== firmware/roles/__init__.py
=== firmware/roles/gateway.py
from ..core.ticks import add
from ..p1.framer import Framer
from ..p1 import shapes
from ..p1.words import told
from ..p1.other import told as told_too
from ..p1.sly import sly
class Role:
    def run(self):
        return add(1, 2), Framer(4).feed(5), shapes.area(3), told(), told_too(), sly(), shapes.SIDES
=== firmware/p1/__init__.py
"""P1."""
SHARED = 3
=== firmware/p1/framer.py
import sys
try:
    from micropython import const
except ImportError:
    def const(x):
        return x
from ..core.ticks import add, half
from . import SHARED
from .shapes import area
_STEP = const(10)
def _twice(x):
    return x * 2
class Framer:
    def __init__(self, size):
        self._size = size
    def feed(self, n):
        from .lazy import late
        return _twice(add(self._size, n)) + _STEP + SHARED, half(), late(area), sys.byteorder
    def spare(self):
        return 'SPARE'
=== firmware/p1/shapes.py
_STEP = 7
SIDES = (1, 2)
def _twice(x):
    return x + x + _STEP
def area(x):
    return _twice(x)
def unused():
    return 'UNUSED'
=== firmware/p1/words.py
_count = 0
def told():
    global _count
    _count += 1
    return 'words', _count
=== firmware/p1/other.py
def told():
    return 'other'
=== firmware/p1/sly.py
def next():
    return 'own next'
def sly():
    return __name__[-3:], next()
=== firmware/p1/lazy.py
from .shapes import area as measure
def late(f):
    return f(1) == measure(1)
=== firmware/words/__init__.py
=== lib/umodbus/__init__.py
=== lib/umodbus/const.py
=== lib/umodbus/functions.py
=== lib/umodbus/typing.py
=== lib/umodbus/version.py
'''
FILES = {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in HOUSE.split("=== ")[1:]}


@pytest.fixture
def project(tmp_path):
    """A small house with everything that makes joining hard."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def built(project, target="vm64", plain=False):
    """(folder, places) of a build."""
    wanted = files(project)
    folder = project / ("plain" if plain else "joined") / target
    build(target, wanted, folder, contents(wanted, plain, short_places=False))
    return folder, made(folder)


def said(folder, bits=64):
    run = subprocess.run(
        vm.command(bits) + ["main.py"], cwd=folder, capture_output=True, text=True, env=vm.environment(""))
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize("target, bits", [("vm64", 64), ("vm32", 32)])
def test_a_joined_house_says_what_a_plain_one_says(project, target, bits):
    plain = said(built(project, target, plain=True)[0], bits)
    assert plain.startswith("begin 3\n(3, ") and "own next" in plain
    assert said(built(project, target)[0], bits) == plain


def test_what_is_always_loaded_together_is_one_file(project):
    _, places = built(project)
    for gone in ("firmware/p1/framer.mpy", "firmware/p1/shapes.mpy", "firmware/core/ticks.mpy"):
        assert gone not in places
    assert "firmware/p1/__init__.mpy" in places


def test_what_is_loaded_late_or_known_by_name_stays(project):
    _, places = built(project)
    for stays in ("firmware/p1/lazy.mpy", "firmware/p1/sly.mpy", "firmware/core/start.mpy",
                  "firmware/roles/gateway.mpy", "main.py"):
        assert stays in places, stays


def test_two_things_of_one_name_are_not_joined(project):
    _, places = built(project)
    assert ("firmware/p1/words.mpy" in places) != ("firmware/p1/other.mpy" in places)


def test_what_nobody_reaches_is_not_on_the_box(project):
    folder, _ = built(project)
    everything = b"".join(path.read_bytes() for path in folder.rglob("*.mpy"))
    assert b"UNUSED" not in everything and b"SPARE" not in everything

