"""A traceback of a box, told in the names of the source."""

import io

from tools.build import names
from tools.build.compile import contents
from tools.build.tree import files

TABLE = """inside
  _turn in step
everywhere
  AX is diagnose or _step_8 or Framer
  B is _open
firmware/p1/__init__.mpy
  _a is _head
"""


def test_of_many_names_the_room_s_own_is_told():
    long = names.read(TABLE)
    line = '  File "firmware.p1", line 1, in AX'
    assert names.told(line, long, lambda module, name: name == "diagnose") == line + "  [diagnose]"
    assert names.told(line, long, lambda module, name: False) == line + "  [Framer or _step or diagnose]"


def test_a_short_place_is_told_as_the_module_it_was():
    long = names.read("places\n  p10.mpy is firmware/p1/framer.mpy\n" + TABLE)
    line = '  File "p10", line 1, in AX'

    def defined(module, name):
        return (module, name) == ("firmware.p1.framer", "Framer")

    assert names.told(line, long, defined) == line + "  [firmware.p1.framer]  [Framer]"


def test_a_line_without_a_short_name_stays():
    for line in ("MemoryError: full", 'File "main.py", line 1, in run', 'File "firmware.p1", line 1, in Z'):
        assert names.told(line, names.read(TABLE), names.defined) == line


def test_the_build_s_own_table_is_read(monkeypatch, capsys, tmp_path):
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "names-esp32.txt").write_text(contents(files())[1])
    long = names.read(contents(files())[1])
    short = next(key[1] for key, value in long.items() if key[0] == "everywhere" and "Framer" in value)
    monkeypatch.setattr(names, "ROOT", tmp_path)
    monkeypatch.setattr(names, "defined", lambda module, name: name == "Framer")
    monkeypatch.setattr("sys.stdin", io.StringIO('File "firmware.p1", line 1, in {}\n'.format(short)))
    assert names.main([]) == 0
    assert "[Framer]" in capsys.readouterr().out
    assert names.main(["--target", "vm64"]) == 1
