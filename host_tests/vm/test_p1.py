"""The P1 room in the real MicroPython: same readings as on the desk, and no byte allocated while feeding."""

import json
import pathlib
import subprocess

import pytest

from tools.vm import vm

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "host_tests" / "fixtures" / "telegrams"
LONGEST = "be_t211_3p_v50217_delta_hist13_gas.txt"


@pytest.fixture(scope="module", params=(32, 64))
def result(request):
    """What p1_in_vm.py found with this word size, in a small heap."""
    done = subprocess.run(
        vm.command(request.param, "160k") + [str(ROOT / "host_tests/vm/p1_in_vm.py"), str(FOLDER), LONGEST],
        capture_output=True, text=True, timeout=300, cwd=ROOT, env=vm.environment(ROOT))
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_every_fixture_in_three_ways(result):
    """In pieces of 2048, 1 and 61 bytes, fed with the heap locked."""
    assert result["fixtures"] == 70
    assert result["wrong"] == []


def test_a_million_random_bytes_with_the_heap_locked(result):
    """Nothing raised, nothing believed, and the telegram after them is read."""
    assert result["random_fed"] > 1000000 and result["random_ok"] == 0
    expect = json.loads((FOLDER / LONGEST).with_suffix(".json").read_text("utf-8"))["expect"]
    assert result["last"] == expect
    assert result["size"] == 4096


def test_what_is_wanted_once_is_let_go(result):
    """The table's text, and the decoders of what did not change, are not in memory after a telegram."""
    loaded = [name.rsplit(".", 1)[1] for name in result["loaded"]]
    assert "telegram" in loaded and "obis" not in loaded and "changed" not in loaded


def test_one_telegram_leaves_little(result):
    """Under 2 kB; it is a few hundred bytes on 32 bits, where an epoch needs an object."""
    assert result["allocated"] < 1024
