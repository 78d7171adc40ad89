"""The plan in control, in MicroPython: it replaces the rule, what ranks above wins, it lapses by itself."""

import json
import subprocess

import pytest

from tools.vm import ROOT, vm


def lived(tmp_path, name, bits=64, heap="4m"):
    done = subprocess.run(
        vm.command(bits, heap) + [str(ROOT / "host_tests/vm/planning_in_vm.py"), name, str(tmp_path)],
        cwd=ROOT, text=True, capture_output=True, timeout=120, env=vm.environment(ROOT, ROOT / "lib"))
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("bits", [64, 32])
def test_what_is_stored_waits_for_the_dear_evening(tmp_path, bits):
    before, planned, rests, sun, guarded, low, journal = lived(tmp_path, "waits", bits)
    assert before[0] == "balance" and before[1] > 700  # the rule would feed the house now
    assert planned and rests == ["plan", 0, "plan_rest"]
    assert sun[0] == "plan" and sun[1] < -800 and sun[2] == "plan_charge_sun"  # a surplus is taken
    assert low[0] == "force"  # below the minimum nobody asks the plan
    assert guarded[0] == "guard" and guarded[1] > 0  # nor when the quarter would make a peak
    assert journal[0][0] == "plan_made" and journal[0][1] >= 140


def test_in_the_evening_it_feeds_the_house(tmp_path):
    _, fed, _ = lived(tmp_path, "evening")
    assert fed[0] == "plan" and fed[2] == "plan_feed" and fed[1] > 700


def test_when_the_task_is_dead_the_rules_rule(tmp_path):
    before, after = lived(tmp_path, "lapses")
    assert before[0] == "plan" and after[0] == "balance"


def test_without_prices_the_rules_go_on_and_the_reason_is_told_once(tmp_path):
    turned, decision, trouble, journal = lived(tmp_path, "missing")
    assert turned and decision[0] == "balance" and trouble[0] == "prices_missing"
    assert [said[0] for said in journal] == ["prices_missing"]


def test_what_was_learned_outlives_a_restart(tmp_path):
    now, again, _ = lived(tmp_path, "learns")
    assert now == again > 250


def test_the_whole_of_it_fits_beside_the_gateway_with_external_memory(tmp_path):
    """Objects alone, the code apart: the plan's tables and one thought of 140 slots with the peak search."""
    taken, slots, solves = lived(tmp_path, "memory", 32, "400k")
    assert slots == 140 and solves >= 1
    if vm.bits_of(32) == 32:
        assert taken < 40960, taken
