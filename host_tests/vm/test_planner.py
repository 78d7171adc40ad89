"""The planner in the real MicroPython: the same numbers in every word size, in a heap of 40 kB."""

import json
import random
import subprocess

import pytest

from firmware.planner.case import Case
from firmware.planner.plan import Planner
from host_tests.rooms.planner.cases import planned
from tools.bench.planner_peer import optimum, random_case
from tools.plan import board
from tools.plan.question import whole_numbers
from tools.vm import vm

# Fills all of the heap but 40 kB after the code and the question are in, then plans.
NARROW = """
import gc, json, sys
from firmware.planner.case import Case
from firmware.planner.plan import Planner
numbers = json.loads(sys.stdin.readline())
gc.collect()
ballast = []
size = 4096
while size > 64:
    while gc.mem_free() > {free} + size + 64:
        ballast.append(bytearray(size))
    size //= 2
free = gc.mem_free()
case = Case(**numbers)
planner = Planner(case.slots)
for _ in planner.steps(case):
    pass
print(json.dumps([free, planner.cost, planner.solves]))
"""


@pytest.fixture(scope="module")
def asked():
    """Cases of every length, the month peak in half of them."""
    chance = random.Random(11)
    return [random_case(chance, peak=bool(place % 2)) for place in range(10)] + [random_case(chance, 140)]


def far_below_zero():
    """Prices where a slot must choose between charging and discharging."""
    chance = random.Random(12)
    prices = [chance.randint(-1500000, 100000) for _ in range(24)]
    return dict(buy=[price + 150000 for price in prices], sell=prices, net=[0] * 24, soc=5000000, low=500000,
                high=6000000, charge=700000, discharge=800000, eta_c=930000, eta_d=930000, wear=30000,
                peak=18000000, paid=400000)


def largest():
    """Each number as large as Case allows: nothing may grow beyond 32 bits in an array."""
    energy, price = 250000000, 100000000
    return dict(buy=[price, price, -price, price], sell=[-price, price, -price, price],
                net=[energy, -energy, -energy, energy], soc=energy, low=0, high=energy, charge=energy,
                discharge=energy, eta_c=500000, eta_d=500000, wear=0, leftover=-price, peak=10 ** 12)


@pytest.mark.parametrize("bits", (32, 64))
def test_all_is_whole_numbers_the_plan_is_the_same_everywhere(asked, bits):
    # No float is used, so a board whose floats have 24 bits makes the same plan to the last mWh.
    questions = [whole_numbers(case) for case in asked] + [far_below_zero(), largest()]
    for question, plan in zip(questions, board.plans(questions, bits)):
        numbers = Case(**question)
        desk = planned(numbers)
        assert plan["cost"] == desk.cost and plan["worth"] == desk.worth
        assert plan["action"] == list(desk.action[:numbers.slots])
        assert plan["soc"] == list(desk.soc[:numbers.slots])
        assert plan["notes"] == desk.notes(numbers)


def test_the_longest_plan_with_the_peak_fits_in_forty_kilobytes(asked):
    numbers = whole_numbers(asked[-1])
    done = subprocess.run(
        vm.command(32, "160k") + ["-c", NARROW.format(free=40 * 1024)], input=json.dumps(numbers) + "\n",
        capture_output=True, text=True, env=vm.environment(board.compiled(vm.bits_of(32))))
    assert done.returncode == 0, done.stdout + done.stderr
    free, cost, solves = json.loads(done.stdout)
    assert free <= 40 * 1024 + 256 and solves > 2
    assert abs(cost / 1e12 - optimum(asked[-1])) < 0.001


def test_no_step_makes_the_loop_wait_for_a_whole_plan(asked):
    case = Case(**whole_numbers(asked[-1]))
    plan = planned(case)
    steps = sum(1 for _ in Planner(140).steps(case))
    # Eight slots a step, back and forward, for each cap: time itself is for `make bench`.
    assert steps == plan.solves * 2 * 18


def test_the_room_needs_only_itself():
    listed = "import sys, firmware.planner.plan, firmware.planner.case; print(sorted(sys.modules))"
    done = subprocess.run(vm.command(32, "96k") + ["-c", listed], capture_output=True, text=True,
                          env=vm.environment(board.compiled(vm.bits_of(32))))
    rooms = [name.split(".")[1] for name in json.loads(done.stdout.replace("'", '"')) if "." in name]
    assert set(rooms) == {"planner"}
