"""Named numbers become numbers, and nothing that is asked for otherwise goes."""

import ast

import pytest

from tools.build.fold import fold

ROW = """
import struct
from typing import Optional

LIMIT = 5
LEAST: int = const(-3)
NAMED = 7
MOVED = 1
SHADED = 9
TEXT = "five"


def told(x: Optional[int] = None) -> int:
    return LIMIT + LEAST + (x or 0)


def moved():
    global MOVED
    MOVED += 1
    return MOVED


class Box:
    SHADED = 4
    size: int = SHADED
"""
USER = """
from . import row
from .row import LIMIT as MOST, NAMED, SHADED, TEXT, told
from .row import MOVED


def main():
    from .row import LEAST
    SHADED = 2
    return MOST, LEAST, SHADED, TEXT, told(2), getattr(row, "NAMED"), row.Box.SHADED, MOVED
"""


def folded(row=ROW, user=USER):
    trees = {"firmware/room/__init__.mpy": ast.parse(""), "firmware/room/row.mpy": ast.parse(row),
             "firmware/room/user.mpy": ast.parse(user)}
    fold(trees)
    return [ast.unparse(tree) for tree in trees.values()][1:]


def run(tmp_path, monkeypatch, name, row, user):
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "row.py").write_text("const = int\n" + row)
    (folder / "user.py").write_text(user)
    monkeypatch.syspath_prepend(str(tmp_path))
    return __import__(name + ".user", None, None, ("main",)).main()


def test_the_program_stays_the_same(tmp_path, monkeypatch):
    row, user = folded()
    after = run(tmp_path, monkeypatch, "folded_house", row, user)
    assert after == run(tmp_path, monkeypatch, "plain_numbers", ROW, USER) == (5, -3, 2, "five", 4, 7, 4, 1)


@pytest.mark.parametrize("gone", ["LIMIT", "LEAST", "Optional[", "int"])
def test_what_the_compiler_puts_in_place_has_no_name_left(gone):
    row, user = folded()
    assert gone not in row and gone not in user


@pytest.mark.parametrize("kept", ["NAMED", "MOVED", "SHADED", "TEXT"])
def test_what_changes_or_is_asked_for_by_text_keeps_its_name(kept):
    assert kept in folded()[0]


def test_an_import_that_others_ask_for_stays():
    row = "from .given import thing\nfrom .given import idle\n"
    trees = {"firmware/a/given.mpy": ast.parse("def thing(): pass\ndef idle(): pass\n"),
             "firmware/a/row.mpy": ast.parse(row),
             "firmware/a/user.mpy": ast.parse("from .row import thing\nthing()\n")}
    fold(trees)
    assert ast.unparse(trees["firmware/a/row.mpy"]) == "from .given import thing"


def test_nothing_is_left_empty():
    two = "try:\n    from .one import N\nexcept ImportError:\n    N2 = 0\n"
    trees = {"firmware/a/one.mpy": ast.parse("N = 1\n"), "firmware/a/two.mpy": ast.parse(two)}
    fold(trees)
    compile(ast.unparse(trees["firmware/a/two.mpy"]), "two", "exec")
