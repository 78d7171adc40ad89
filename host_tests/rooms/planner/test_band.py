"""A plan's first slot as a band, the plan in force, and how a page sees it."""

import pytest

from firmware.planner import keep, told
from firmware.planner.band import band
from firmware.planner.case import Case
from firmware.planner.plan import Planner
from firmware.planner.rules_only import RulesOnly


def planned(buy, sell, net, soc=3600000, paid=625000, peak=0, low=720000):
    case = Case(buy, sell, net, soc, low, 7200000, 750000, 750000, 930000, 930000, 90000, 50000, peak, paid)
    planner = Planner(20)
    for _ in planner.steps(case):
        pass
    return case, planner


DEAR, CHEAP, SOLD = 400000, 100000, 20000
ROWS = (
    # what, prices and net loads, the band in W and the word
    ("feeds while it is dear", ([DEAR] * 8, [SOLD] * 8, [200000] * 8), (0, 0, "plan_feed")),
    ("waits for the dear hour",
     ([250000] * 4 + [330000] * 12, [SOLD] * 16, [400000] * 16), (0, None, "plan_rest")),
    ("charges what comes cheap, as much as may be", ([CHEAP] * 2 + [DEAR] * 14, [SOLD] * 16, [400000] * 16),
     (1000000, None, "plan_charge_grid")),
    ("is paid for charging", ([-200000] + [DEAR] * 14, [-300000] + [SOLD] * 14, [400000] * 15),
     (1000000, None, "plan_charge_paid")),
    ("takes the sun", ([DEAR] * 16, [SOLD] * 16, [-300000] * 8 + [600000] * 8), (0, None, "plan_charge_sun")),
    ("sells the morning's sun where noon's is enough", ([300000] * 16, [150000] * 4 + [10000] * 12,
                                                       [-500000] * 16), (None, 0, "plan_sell")),
)


@pytest.mark.parametrize("what, numbers, expected", ROWS, ids=[row[0] for row in ROWS])
def test_the_band_of_now(what, numbers, expected):
    case, planner = planned(*numbers)
    assert band(case, planner) == expected


def test_a_band_never_asks_for_export():
    case, planner = planned([DEAR] * 4, [DEAR - 1000] * 4, [100000] * 4)
    assert planner.action[0] < -100000  # the plan would sell
    assert band(case, planner)[1] == 0


def test_the_plan_in_force_changes_for_more_than_a_cent():
    case, planner = planned([250000] * 4 + [330000] * 12, [SOLD] * 16, [400000] * 16)
    kept = keep.Kept(20)
    assert kept.renew(case, planner, 0)
    before = list(kept.action)
    # A quarter later the price of one slot is a little higher: half a cent's worth.
    case, planner = planned([250000] * 3 + [331000] + [330000] * 11, [SOLD] * 15, [400000] * 15)
    assert not kept.renew(case, planner, 1)
    assert list(kept.action[:15]) == before[1:16] and kept.count == 15
    assert kept.cost >= planner.cost and kept.worth == planner.worth
    case, planner = planned([DEAR] * 3 + [250000] * 11, [SOLD] * 14, [400000] * 14)
    assert kept.renew(case, planner, 1)
    kept.forget()
    assert kept.renew(case, planner, 0)


def test_what_a_page_draws_adds_up():
    case, planner = planned([250000] * 4 + [330000] * 12, [SOLD] * 16, [400000] * 16)
    rows = [told.row(case, planner, slot) for slot in range(case.slots)]
    for row in rows:
        assert abs(row["grid_wh"] - row["net_wh"] - row["charge_wh"] + row["discharge_wh"]) <= 1
    assert rows[0]["why"] == "plan_rest" and sum(row["discharge_wh"] for row in rows) > 2000
    sums = told.whole(case, planner, 12, planner.notes(case))
    assert sums["saves_ueur"] == pytest.approx(sums["idle_cost_ueur"] - sums["cost_ueur"], abs=1)
    assert sums["told"] == 12 and sums["saves_ueur"] > 300000


def test_the_rules_in_quarters():
    rules = RulesOnly(10000, 3000, 20, 20, 2500, eta_pct=100, soc_pct=50)
    assert rules.quarter(500) == (0, 0) and rules.stored == 4500000  # balance
    assert rules.quarter(1000) == (250, 0)  # 3 kW is what the battery can
    for _ in range(4):
        rules.quarter(400)
    assert rules.quarter(400) == (400, 0)  # in the buffer: below the peak nothing
    assert rules.quarter(1200) == (625, 0) and rules.stored < 3400000  # above it the difference
    assert rules.quarter(1200) == (625, 0)
    assert rules.quarter(100) == (625, 0)  # under half of the buffer: recharged at the desired peak
    assert rules.quarter(-300) == (450, 0)  # the surplus and the desired peak, as far as the battery can
    for _ in range(30):
        rules.quarter(-800)
    assert rules.quarter(-800) == (0, 800) and rules.stored == 10000000
    empty = RulesOnly(10000, 3000, 20, 20, 2500, eta_pct=100, soc_pct=10)
    assert empty.quarter(100) == (625, 0) and empty.quarter(900)[0] == 900
