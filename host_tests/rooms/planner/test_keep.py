"""A plan is kept until a new one gains a cent, and each slot says why."""

from hypothesis import given

from firmware.planner.case import Case
from firmware.planner.keep import ONE_CENT, cost_now, why, worth_changing
from host_tests.rooms.planner.cases import any_case, plan_of

KWH = 1000000
PLAIN = dict(soc=KWH // 2, low=0, high=KWH, charge=KWH // 2, discharge=KWH // 2, eta_c=1000000, eta_d=1000000)


@given(any_case())
def test_a_plan_costs_the_same_when_counted_again(numbers):
    case, plan = plan_of(**numbers)
    # A mWh of rounding a slot at most, at any of the prices.
    again = cost_now(case, plan.action, 0, case.slots)
    assert abs(again - plan.cost) <= case.slots * 4 * 1000000 + 2 * case.peak
    assert not worth_changing(case, plan, plan.action, 0, case.slots)


def test_a_gain_under_a_cent_changes_nothing():
    case, plan = plan_of(**dict(PLAIN, buy=[300000], sell=[0], net=[200000]))
    assert plan.cost == 0
    # 0.17 kWh given already would leave 0.03 kWh to buy: 0.9 ct. Of 0.16 kWh 1.2 ct would remain.
    assert not worth_changing(case, plan, [0, -170000], 1, 2)
    assert worth_changing(case, plan, [0, -160000], 1, 2)
    assert worth_changing(case, plan, [0, -170000], 1, 2, least=ONE_CENT // 2)


def test_what_the_battery_can_no_longer_do_is_not_counted():
    case = Case(**dict(PLAIN, buy=[300000] * 2, sell=[0] * 2, net=[400000] * 2, soc=100000))
    assert cost_now(case, [-400000, -400000], 0, 2) == 700000 * 300000
    assert cost_now(case, [], 0, 0) == 800000 * 300000 and cost_now(case, [-400000], 1, 1) == 800000 * 300000


def words(**numbers):
    case, plan = plan_of(**dict(PLAIN, **numbers))
    return [why(case, plan, slot) for slot in range(case.slots)]


def test_each_slot_says_why():
    empty = dict(buy=[300000] * 2, sell=[10000] * 2, net=[-400000, 900000], soc=0)
    assert words(**empty) == ["plan_charge_sun", "plan_feed"]
    empty.update(buy=[100000, 500000], sell=[0, 400000], net=[0, 0])
    assert words(**empty) == ["plan_charge_grid", "plan_sell"]
    assert words(buy=[-100000], sell=[-200000], net=[0]) == ["plan_charge_paid"]
    assert words(buy=[300000], sell=[0], net=[0]) == ["plan_rest"]
    dear = dict(leftover=310000, charge=0, peak=18000000, paid=600000)
    assert words(buy=[300000], sell=[0], net=[900000], **dear) == ["plan_shave"]
