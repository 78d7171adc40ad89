"""What `make build` puts where, and that it makes again only what changed."""

import os
import subprocess

import pytest

from tools.build import compile as compiling
from tools.build.compile import CompileError, build
from tools.build.tree import TreeError, files, room, sort_words
from tools.vm import vm


@pytest.fixture
def project(tmp_path):
    """A tiny project tree."""
    for name, text in {
        "boot.py": "x = 1\n", "main.py": "from firmware.core.one import ONE\nprint(ONE)\n",
        "firmware/__init__.py": "", "firmware/core/__init__.py": "", "firmware/core/one.py": "ONE = 41 + 1\n",
        "firmware/words/__init__.py": "", "firmware/words/en.txt": "# people\nb=2\n\na=1\n",
        "firmware/words/nl.txt": "a=1\n",
        **{"lib/umodbus/%s.py" % n: "" for n in ("__init__", "const", "functions", "typing", "version")},
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.mark.parametrize("target, bits", [("vm32", 32), ("vm64", 64)])
def test_what_was_built_runs_in_the_vm_without_its_source(project, target, bits):
    build(target, files(project), project / "build" / target)
    tree = project / "build" / target
    assert (tree / "boot.py").exists() and not list(tree.rglob("firmware/**/*.py"))
    out = subprocess.run(
        vm.command(bits) + ["main.py"], cwd=tree, capture_output=True, text=True, env=vm.environment(""))
    assert out.stdout == "42\n", out.stderr


def test_only_what_changed_is_made_again_and_what_went_is_removed(project):
    folder = project / "build" / "esp32"
    assert build("esp32", files(project), folder) == len(files(project))
    assert build("esp32", files(project), folder) == 0
    one = project / "firmware" / "core" / "one.py"
    os.utime(one, ns=(one.stat().st_mtime_ns + 10**9,) * 2)
    assert build("esp32", files(project), folder) == 1
    one.unlink()
    build("esp32", files(project), folder)
    assert not (folder / "firmware" / "core" / "one.mpy").exists()


def test_other_switches_make_everything_again(project, monkeypatch):
    folder = project / "build" / "esp32"
    build("esp32", files(project), folder)
    monkeypatch.setitem(compiling.SWITCHES, "esp32", ("-O2",))
    assert build("esp32", files(project), folder) == len(files(project))


def test_a_file_the_compiler_refuses_is_named(project):
    (project / "firmware" / "core" / "bad.py").write_text("def f(a, /): pass\n")
    with pytest.raises(CompileError) as caught:
        build("esp32", files(project), project / "build" / "esp32")
    assert "bad.py" in str(caught.value)


def test_a_library_that_was_not_fetched_is_named(project):
    (project / "lib" / "umodbus" / "const.py").unlink()
    with pytest.raises(TreeError) as caught:
        files(project)
    assert "umodbus/const.py" in str(caught.value) and "make setup" in str(caught.value)


def test_sentences_are_sorted_and_without_comments(project):
    assert sort_words((project / "firmware/words/en.txt").read_text()) == "#sorted\na=1\nb=2\n"


def test_rooms_are_told_apart():
    assert [room(place) for place in ("boot.py", "firmware/__init__.mpy", "firmware/p1/obis.mpy",
                                      "firmware/board/profiles/x.mpy", "lib/umodbus/const.mpy")] == [
        "start", "firmware", "firmware/p1", "firmware/board", "lib/umodbus"]
