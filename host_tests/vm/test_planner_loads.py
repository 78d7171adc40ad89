"""Chargers, blocks and kept plans in the real MicroPython: the same numbers as in CPython."""

import json
import os
import random
import subprocess
import sys

import pytest

from tools.bench.planner_peer import random_case
from tools.plan import board
from tools.plan.question import whole_numbers
from tools.vm import ROOT, vm

SCRIPT = ROOT / "host_tests" / "vm" / "planner_loads_in_vm.py"


def run(argv, environment):
    asked = whole_numbers(random_case(random.Random(17), 44))
    done = subprocess.run([*argv, str(SCRIPT)], cwd=ROOT, input=json.dumps(asked) + "\n", capture_output=True,
                          text=True, timeout=120, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def desk():
    return run([sys.executable], dict(os.environ, PYTHONPATH=str(ROOT)))


@pytest.mark.parametrize("bits", (32, 64))
def test_loads_that_can_wait_are_planned_alike(desk, bits):
    tree = board.compiled(vm.bits_of(bits))
    assert run(vm.command(bits, "128k"), vm.environment(tree)) == desk


def test_the_example_was_one_worth_comparing(desk):
    assert sum(desk["charger"][1]) == 5000000
    assert desk["changed"] == [False, True] and desk["refused"][0] == "soc"
    words = {word for part in ("charger", "block") for word in desk[part][0][-1]}
    assert len(words) > 3, words
