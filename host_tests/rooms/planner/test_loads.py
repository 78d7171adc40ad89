"""Loads that can wait: the charger's plan is the joint optimum, the block's start the best of all starts."""

import random

import pytest

from firmware.planner.case import Case, CaseError
from firmware.planner.loads import dual_price, with_block, with_charger
from firmware.planner.plan import Planner
from host_tests.rooms.planner.cases import objective, planned
from tools.bench.planner_peer import optimum, random_case
from tools.plan.question import whole_numbers

TENTH_OF_A_CENT = 0.001


def run(steps):
    for _ in steps:
        pass


@pytest.mark.parametrize("peak", (False, True))
def test_battery_peak_and_charger_together_cost_what_highs_finds(peak):
    chance = random.Random(21)
    planner = Planner(48, charger=True)
    for _ in range(8):
        asked = random_case(chance, chance.choice((8, 44)), peak)
        case = Case(**whole_numbers(asked))
        first = chance.randint(0, case.slots // 2)
        until = chance.randint(first + 1, case.slots)
        most = chance.randint(300000, 2500000)
        need = round(most * (until - first) * chance.random())
        base = list(case.net)
        run(with_charger(planner, case, first, until, most, need))
        used = list(planner.used)
        assert sum(used) == need and sum(used[first:until]) == need
        assert all(0 <= one <= most for one in used)
        assert list(case.net) == [net + one for net, one in zip(base, used)]
        assert planner.cost == objective(case, planner.action[:case.slots], planner.soc)
        gap = planner.cost / 1e12 - optimum(asked, (first, until, most, need))
        assert abs(gap) < TENTH_OF_A_CENT


def small(**more):
    return Case(**dict(dict(
        buy=[300000, 100000, 100000, 300000], sell=[0] * 4, net=[0] * 4, soc=0, low=0, high=0,
        charge=0, discharge=0, eta_c=1000000, eta_d=1000000), **more))


def test_a_deadline_that_cannot_be_met_is_charged_to_as_far_as_it_goes():
    planner = Planner(4, charger=True)
    run(with_charger(planner, small(), 0, 2, 500000, 9000000))
    assert list(planner.used) == [500000, 500000, 0, 0]


def test_a_charger_waits_for_the_cheap_slots_and_spreads_under_a_peak():
    planner = Planner(4, charger=True)
    run(with_charger(planner, small(), 0, 4, 500000, 500000))
    assert planner.used[0] == planner.used[3] == 0 and sum(planner.used) == 500000
    run(with_charger(planner, small(peak=18000000), 0, 4, 500000, 1000000))
    assert max(planner.used) - min(planner.used) <= 4


def test_the_best_start_of_a_block_is_found_among_all():
    chance = random.Random(5)
    for _ in range(6):
        asked = whole_numbers(random_case(chance, 24, peak=True))
        block = [chance.randint(100000, 900000) for _ in range(3)]
        planner, case = Planner(24), Case(**asked)
        run(with_block(planner, case, block, 2, 20))
        costs = []
        for start in range(2, 21):
            net = list(asked["net"])
            for part, load in enumerate(block):
                net[start + part] += load
            costs.append(planned(Case(**dict(asked, net=net))).cost)
        # Four of nineteen starts are planned to the end: the best of all is among them, or within two cents.
        assert planner.cost <= min(costs) + 20000000000
        assert planner.cost == costs[planner.start - 2]


def test_the_price_of_more_load_is_the_grids_or_the_batterys():
    full = dict(soc=500000, high=1000000, discharge=500000)
    case = small(net=[200000, 200000, -200000, 0], leftover=250000, **full)
    planner = planned(case)
    # Fed from the battery: its worth; bought: the price.
    assert dual_price(planner, case, 0) == 250000 and dual_price(planner, case, 1) == 100000


@pytest.mark.parametrize("window", ((-1, 2), (2, 2), (0, 5)))
def test_a_window_outside_the_plan_is_refused(window):
    with pytest.raises(CaseError, match="until"):
        run(with_charger(Planner(4, charger=True), small(), *window, 1, 1))


def test_other_bad_loads_are_refused():
    with pytest.raises(CaseError, match="need"):
        run(with_charger(Planner(4, charger=True), small(), 0, 2, 1, -1))
    with pytest.raises(CaseError, match="last"):
        run(with_block(Planner(4), small(), [1, 1], 0, 3))
