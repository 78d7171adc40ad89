"""The plan costs what the linear programme's optimum costs, with and without the month peak."""

import random

import pytest

from firmware.planner.case import Case
from host_tests.rooms.planner.cases import planned
from tools.bench.planner_below_zero import afternoon, doing_nothing, physical_optimum
from tools.bench.planner_peer import optimum, random_case
from tools.plan.question import whole_numbers

TENTH_OF_A_CENT = 0.001


@pytest.mark.parametrize("peak", (False, True))
def test_sixty_random_cases_cost_what_highs_finds(peak):
    chance = random.Random(7)
    for _ in range(30):
        asked = random_case(chance, peak=peak)
        plan = planned(Case(**whole_numbers(asked)))
        assert abs(plan.cost / 1e12 - optimum(asked)) < TENTH_OF_A_CENT, asked


def test_the_search_for_the_cap_ends_early():
    chance = random.Random(8)
    tried = [planned(Case(**whole_numbers(random_case(chance, 140)))).solves for _ in range(12)]
    assert max(tried) < 24 and 2 < sum(tried) / len(tried) < 12, tried


def test_far_below_zero_little_is_lost_to_the_mixed_integer_optimum():
    chance = random.Random(9)
    lost = gained = 0
    for place in range(8):
        numbers = whole_numbers(afternoon(chance, bool(place % 2)))
        cost, best = planned(Case(**numbers)).cost / 1e12, physical_optimum(numbers)
        gain = doing_nothing(numbers) - best
        assert -0.0001 < cost - best < gain * 0.05
        lost, gained = lost + cost - best, gained + gain
    assert lost < gained * 0.01
