"""A module with one importer becomes part of it; all others stay files of their own."""

import ast

import pytest

from tools.build.adopt import adopt
from tools.build.compile import contents
from tools.build.tree import files

BUS = """
import json
from .wire import WIRE, send

_COUNT = [0]


class Bus:
    def ask(self, x):
        _COUNT[0] += 1
        return json.dumps([send(x), WIRE, _COUNT[0]])
"""
WIRE = "_COUNT = [10]\nWIRE = 'two'\n\n\ndef send(x):\n    _COUNT[0] += x\n    return _COUNT[0]\n"
PORT = """
import json
from ..room.bus import Bus


def main(x):
    bus = Bus()
    return bus.ask(x), json.loads(bus.ask(1))
"""
ROOM = {"room/__init__": "", "door/__init__": "", "room/bus": BUS, "room/wire": WIRE, "door/port": PORT}
ALL = {"house.room.bus", "house.room.wire", "house.door.port"}


def adopted(living=frozenset(ALL), **changed):
    texts = dict(ROOM, **{name.replace("__", "/"): text for name, text in changed.items()})
    trees = {"house/" + name + ".mpy": ast.parse(text) for name, text in texts.items()}
    trees["house/__init__.mpy"] = ast.parse("")
    return adopt(trees, set(living)), {place: ast.unparse(tree) for place, tree in trees.items()}


def run(tmp_path, monkeypatch, name, texts):
    for place, text in texts.items():
        path = tmp_path / name / place.replace(".mpy", ".py").replace("house/", "", 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("house.", name + "."))
    monkeypatch.syspath_prepend(str(tmp_path))
    return __import__(name + ".door.port", None, None, ("main",)).main(4)


def test_the_program_stays_the_same(tmp_path, monkeypatch):
    gone, texts = adopted()
    assert sorted(gone) == ["house/room/bus.mpy", "house/room/wire.mpy"]
    plain = {"house/" + name + ".mpy": text for name, text in dict(ROOM, **{"__init__": ""}).items()}
    after = run(tmp_path, monkeypatch, "adopted_house", texts)
    assert after == run(tmp_path, monkeypatch, "plain_house", plain) == ('[14, "two", 1]', [15, "two", 2])


@pytest.mark.parametrize("stays, changed", [
    ("bus", {"door__port": PORT.replace("from ..room.bus import Bus\n", "").replace(
        "    bus = Bus()", "    from ..room.bus import Bus\n    bus = Bus()")}),
    ("bus", {"room__other": "from .bus import Bus\n"}),
    ("bus", {"room__other": "from . import bus\n"}),
    ("bus", {"room__bus": BUS + "\nWHERE = __name__\n"}),
    ("bus", {"room__other": "GO = ('house.room.bus',)\n"}),
    ("bus", {"door__port": PORT + "\n\ndef send(x):\n    return x\n"}),
    ("bus", {"door__port": PORT.replace("import Bus", "import Bus as Line").replace("Bus()", "Line()")}),
    ("wire", {"room__wire": WIRE.replace("def send", "def min(x): pass\ndef send")}),
])
def test_what_is_asked_for_by_another_way_stays(stays, changed):
    assert "house/room/" + stays + ".mpy" not in adopted(**changed)[0]


def test_a_module_that_is_let_go_takes_none_with_it():
    assert adopted(living=ALL - {"house.door.port"})[0] == ["house/room/wire.mpy"]


def test_the_firmware_has_fewer_files():
    texts = contents(files(), short_places=False)[0]
    assert "firmware/tasks/run_bus.mpy" not in texts and "firmware/roles/bus_port.mpy" in texts
