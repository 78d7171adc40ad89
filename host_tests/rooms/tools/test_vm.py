"""How the desk's MicroPython is started: word size, heap, path; and what the Makefile promises."""

import os
import subprocess

import pytest

from tools.vm import Vm, heap_bytes


def make(folder, *names):
    for name in names:
        (folder / name).write_text("")
    return Vm(folder)


def test_a_heap_is_read_as_a_person_writes_it():
    assert [heap_bytes(text) for text in (4096, "96k", "96K", "1m")] == [4096, 98304, 98304, 1048576]


@pytest.mark.parametrize("heap", ["", "k", "0", "96 kB", "-5", "9.5k"])
def test_another_heap_is_refused_by_value(heap):
    with pytest.raises(ValueError, match="heap is"):
        heap_bytes(heap)


def test_the_program_of_the_asked_word_size_is_started(tmp_path):
    vm = make(tmp_path, "micropython", "micropython32")
    assert vm.command() == [str(tmp_path / "micropython")]
    assert vm.command(32, "96k") == [str(tmp_path / "micropython32"), "-X", "heapsize=98304"]
    with pytest.raises(ValueError, match="bits is 16"):
        vm.command(16)


def test_without_a_32_bit_one_the_heap_doubles_with_the_words(tmp_path):
    vm = make(tmp_path, "micropython")
    assert vm.bits_of(32) == 64
    assert vm.command(32, "96k") == [str(tmp_path / "micropython"), "-X", "heapsize=196608"]


def test_the_real_ones_run_our_rooms_and_asyncio(run_vm):
    for bits in (64, 32):
        told = run_vm("import asyncio\nfrom firmware.core import ticks\nprint(ticks.wrap(5))", bits=bits)
        assert told == "5\n"


def test_every_target_explains_itself(root):
    told = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True).stdout
    for target in "setup sim run test check bench build flash clean".split():
        assert "make {} ".format(target) in told


def test_run_without_cables_says_how(root):
    done = subprocess.run(["make", "run"], cwd=root, capture_output=True, text=True)
    assert done.returncode and "make run P1=/dev/ttyUSB0 RS485=/dev/ttyUSB1" in done.stdout


def dry_run(root, *words):
    """What make would type, without typing it."""
    # The tests may themselves run under make, whose flags and variables would change what this one prints.
    bare = {"PATH": os.environ["PATH"]}
    done = subprocess.run(["make", "-n", *words], cwd=root, capture_output=True, text=True, env=bare)
    return done.stdout.strip().splitlines()[-1]


def test_sim_and_run_pass_on_what_one_asks(root):
    told = dry_run(root, "sim", "SCENARIO=A", "SECONDS=30", "ARGS=--headless --seed 3")
    assert told.endswith("-m tools.sim --scenario A --seconds 30 --headless --seed 3")
    assert "--seconds" not in dry_run(root, "sim")
    told = dry_run(root, "run", "P1=/dev/a", "RS485=/dev/b")
    assert told.endswith("-m tools.sim --p1 /dev/a --rs485 /dev/b")
