"""The board's compiler refuses what CPython accepts, and `make check` ends with the right code."""

import subprocess
import sys

import pytest

from tools import check, check_syntax


@pytest.mark.parametrize("source", ["def f(a, /):\n    pass", "X = {**{}}", "match 1:\n case 1:\n  pass"])
def test_what_the_board_cannot_compile_is_named(tmp_path, source):
    (tmp_path / "main.py").write_text(source + "\n")
    found = check_syntax.faults(tmp_path)
    assert len(found) == 1 and found[0].startswith("main.py:1: the board's compiler says")


def test_what_the_board_compiles_passes(tmp_path):
    (tmp_path / "main.py").write_text("async def f(*, a=1):\n    await a\n")
    assert check_syntax.faults(tmp_path) == []


def test_a_checker_that_finds_something_fails_the_run(monkeypatch, capsys):
    ours = {"rooms": lambda root: ["a.py:1: wrong"], "docs": lambda root: []}
    monkeypatch.setattr(check, "OURS", ours)
    assert check.main(["docs"]) == 0
    assert check.main(["docs", "rooms"]) == 1
    assert "a.py:1: wrong" in capsys.readouterr().out


def test_a_checker_that_does_not_exist_is_named(root):
    command = [sys.executable, "-m", "tools.check", "roms"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 2 and "no checker roms: there are ruff, types, rooms" in done.stderr
