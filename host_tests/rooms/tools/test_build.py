"""What `make build` puts where, and that it makes again only what changed."""

import subprocess

import pytest

from tools.build import __main__ as building
from tools.build import compile as compiling
from tools.build.compile import CompileError, build, contents
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


def make(project, target="esp32", plain=False):
    """Build one target of a project; the number of files made."""
    wanted = files(project)
    return build(target, wanted, project / "build" / target, contents(wanted, plain, short_places=False))


@pytest.mark.parametrize("target, bits", [("vm32", 32), ("vm64", 64)])
def test_what_was_built_runs_in_the_vm_without_its_source(project, target, bits):
    make(project, target)
    tree = project / "build" / target
    assert (tree / "boot.py").exists() and not list(tree.rglob("firmware/**/*.py"))
    out = subprocess.run(
        vm.command(bits) + ["main.py"], cwd=tree, capture_output=True, text=True, env=vm.environment(""))
    assert out.stdout == "42\n", out.stderr


def test_only_what_changed_is_made_again_and_what_went_is_removed(project):
    folder = project / "build" / "esp32"
    assert make(project) == len(files(project))
    assert make(project) == 0
    (project / "firmware" / "core" / "one.py").write_text("ONE = 43\n")
    assert make(project) == 1
    (folder / "firmware" / "core" / "one.mpy").unlink()
    assert make(project) == 1
    (project / "firmware" / "core" / "one.py").unlink()
    make(project)
    assert not (folder / "firmware" / "core" / "one.mpy").exists()


def test_other_switches_make_everything_again(project, monkeypatch):
    make(project)
    monkeypatch.setitem(compiling.SWITCHES, "esp32", ("-O2",))
    assert make(project) == len(files(project))


@pytest.mark.parametrize("text", ["def f(a, /): pass\n", "def f(:\n"])
def test_a_file_the_device_cannot_run_is_named_with_its_line(project, text):
    (project / "firmware" / "core" / "bad.py").write_text("X = 1\n" + text + "print(f)\n")
    with pytest.raises(CompileError) as caught:
        make(project)
    assert "bad.py" in str(caught.value) and "2" in str(caught.value)


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


def test_a_quiet_build_of_the_same_sources_is_not_made_twice(project, monkeypatch):
    monkeypatch.setattr(building, "ROOT", project)
    monkeypatch.setattr(building, "files", lambda: files(project))
    made = []
    (project / "build").mkdir()
    monkeypatch.setattr(building, "build", lambda *asked: made.append(asked[0]))
    for change in (False, False, True, False):
        if change:
            (project / "firmware" / "core" / "one.py").write_text("ONE = 43\n")
        assert building.main(["--target", "esp32", "--quiet"]) == 0
    assert made == ["esp32", "esp32"]
    assert building.main(["--target", "esp32", "--quiet", "--plain"]) == 0
    assert len(made) == 3
