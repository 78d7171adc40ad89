"""Names shared over the whole firmware: the same program, and nothing that others mean is touched."""

import ast
import sys
import types

import pytest

from tools.build.compile import contents, platform_names
from tools.build.share import ShareError, share
from tools.build.tree import files

ONE = """
class Journal:
    def __init__(self):
        self._records = []
        self.newest = 0
        self.grid_w = None

    def note(self, what):
        self._records.append(what)
        self.newest += 1
        return self

    def _hidden(self):
        return len(self._records) + self.newest


class Weighted(Journal):
    def weigh(self):
        return self._hidden() * 2 + self.note("x").newest


class NoAnswer(ValueError):
    def __init__(self, station):
        super().__init__("station %d" % station)
        self.station = station
"""
TWO = """
from one import Weighted, NoAnswer
import sys

_COUNT = [0]


def _bump():
    global_count = _COUNT
    global_count[0] += 1
    return global_count[0]


def told():
    weighted = Weighted()
    setattr(weighted, "grid_w", 7)
    weighted.outside = _bump()
    try:
        raise NoAnswer(3)
    except NoAnswer as error:
        text = "%s %s %d" % (type(error).__name__, error, error.station)
    return weighted.weigh(), weighted.grid_w, weighted.outside, text
"""


def shared(one=ONE, two=TWO, outside=()):
    trees = {"firmware/one.mpy": ast.parse(one), "firmware/two.mpy": ast.parse(two)}
    short = share(trees, set(outside) | {"append", "told"})
    return short, [ast.unparse(trees[place]) for place in trees]


def play(monkeypatch, texts):
    module = None
    for name, text in zip(("one", "two"), texts):
        module = types.ModuleType(name)
        monkeypatch.setitem(sys.modules, name, module)
        exec(compile(text, name, "exec"), module.__dict__)
    return module.told()


def test_the_program_stays_the_same(monkeypatch):
    short, texts = shared()
    assert play(monkeypatch, texts) == play(monkeypatch, [ONE, TWO]) == (1, 7, 1, "NoAnswer station 3 3")
    assert {"_records", "newest", "note", "_hidden", "weigh", "Weighted", "_bump"} <= set(short)


def test_one_short_name_stands_for_many():
    short, _ = shared()
    assert len(set(short.values())) < len(short)
    apart = [short[name] for name in ("_records", "newest", "note", "_hidden", "weigh")]
    assert len(set(apart)) == len(apart), "a class and its heirs hold all of these together"


@pytest.mark.parametrize("name", ["grid_w", "NoAnswer", "append", "sys", "__init__", "told"])
def test_what_others_mean_keeps_its_name(name):
    short, _ = shared()
    assert name not in short


def test_a_name_of_the_platform_is_kept():
    assert "note" in shared()[0]
    assert "note" not in shared(outside=["note"])[0]


def test_a_keyword_is_kept():
    assert "newest" not in shared(two=TWO + "\nprint(newest=1)\n")[0]


def test_what_is_put_on_a_thing_from_outside_is_a_name_of_its_class():
    assert "newest" in shared(two=TWO + "\ndef put(journal):\n    journal.newest = 1\n")[0]
    with pytest.raises(ShareError, match="_bump"):
        shared(two=TWO + "\ndef put(journal):\n    journal._bump = 1\n")


def test_numbers_the_compiler_puts_in_place_are_left_to_it():
    short, _ = shared(one=ONE + "\n_MOST = 5\n_LEAST = const(3)\nLIMIT = 9\n")
    assert "_MOST" not in short and "_LEAST" not in short and "LIMIT" in short


def test_the_platform_gives_many_names():
    assert {"UART", "readinto", "ticks_ms", "ipconfig", "append", "sleep_ms", "StreamReader", "unhexlify",
            "create_task", "set_exception_handler"} <= platform_names()


def test_without_stubs_the_build_says_what_to_do(tmp_path):
    with pytest.raises(Exception, match="make setup"):
        platform_names(tmp_path)


def test_the_firmware_keeps_half_its_names():
    plain, names = contents(files(), plain=True), contents(files(), short_places=False)[1]
    assert not plain[1]
    rows = [line.split(" is ") for line in names.split("\n\n")[0].splitlines() if " or " in line]
    assert sum(len(long.split(" or ")) for _, long in rows) > 5 * len(rows)
