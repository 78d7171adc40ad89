"""Cases small enough to plan on paper: each says what is right and why."""

import pytest

from firmware.planner.case import Case, CaseError
from host_tests.rooms.planner.cases import plan_of

KWH = 1000000  # mWh
# One kWh of battery, half of it full, half a kWh a slot, no losses.
PLAIN = dict(soc=KWH // 2, low=0, high=KWH, charge=KWH // 2, discharge=KWH // 2, eta_c=1000000, eta_d=1000000)


def actions(**numbers):
    case, plan = plan_of(**dict(PLAIN, **numbers))
    return list(plan.action[:case.slots]), plan


def test_bought_cheap_and_used_dear():
    action, plan = actions(soc=0, buy=[100000, 400000], sell=[0, 0], net=[200000, 900000])
    assert action == [500000, -500000] and plan.worth == 100000
    assert plan.cost == 700000 * 100000 + 400000 * 400000
    # Half a kWh is what can be used later: with that in store nothing is bought for it.
    assert actions(buy=[100000, 400000], sell=[0, 0], net=[200000, 900000])[0] == [0, -500000]


def test_a_trade_must_pay_its_losses_and_its_wear():
    # The guide's rule: 0.20 to 0.32 at 0.93 each way and 0.09 of wear is the least that pays.
    worn = dict(soc=0, eta_c=930000, eta_d=930000, wear=90000, sell=[0, 0], net=[0, 600000])
    assert actions(buy=[200000, 321000], **worn)[0] == [0, 0]
    assert actions(buy=[200000, 322000], **worn)[0][0] > 0


def test_what_is_left_is_worth_what_the_case_says():
    assert actions(buy=[200000], sell=[100000], net=[0], leftover=150000)[0] == [0]
    assert actions(buy=[200000], sell=[160000], net=[0], leftover=150000)[0] == [-500000]
    assert actions(buy=[140000], sell=[0], net=[0], leftover=150000)[0] == [500000]


def test_sun_is_kept_rather_than_sold_cheap():
    action, plan = actions(soc=0, buy=[300000, 300000], sell=[50000, 50000], net=[-450000, 900000])
    assert action == [450000, -450000] and list(plan.soc) == [450000, 0] and plan.worth == 300000


def test_a_month_peak_is_shaved_as_far_as_it_pays():
    flat = dict(buy=[300000] * 4, sell=[0] * 4, net=[0, 0, 900000, 0], discharge=900000)
    # Energy is worth more kept than used: without a peak's price all of it stays.
    assert actions(leftover=310000, charge=0, **flat)[1].top == 900000
    # 0.9 kWh is needed, 0.5 is there: the rest is bought in three equal parts, one of them in the dear slot.
    action, plan = actions(peak=18000000, **flat)
    assert plan.top in (133333, 133334) and plan.cost >= 18000000 * 133333
    # Where a peak costs less than a kWh is worth kept, it is left.
    assert actions(charge=0, peak=9000, leftover=310000, **flat)[1].top == 900000
    assert actions(charge=0, peak=11000, leftover=310000, **flat)[1].top == 400000


def test_a_peak_already_paid_is_not_shaved():
    flat = dict(buy=[100000, 300000], sell=[0, 0], net=[0, 900000], leftover=400000, peak=18000000)
    assert actions(paid=900000, **flat)[0] == [500000, 0]
    assert actions(paid=899000, **flat)[0] == [500000, -1000]


def test_the_maximum_tariff_makes_each_offtake_dearer():
    numbers = dict(buy=[60000], sell=[0], net=[400000], leftover=250000)
    assert actions(**numbers)[0] == [500000]
    assert actions(adder=284000, **numbers)[0] == [-400000]


def test_below_zero_the_plan_charges_and_never_does_both():
    action, plan = actions(buy=[-500000, 300000], sell=[-600000, 0], net=[0, 0], eta_c=900000, eta_d=900000)
    assert action[0] == 500000
    full = dict(buy=[-500000], sell=[-600000], net=[0], soc=KWH, eta_c=900000, eta_d=900000)
    assert actions(**full)[0] == [0]


def test_far_below_zero_room_is_made_for_a_price_lower_still():
    low = dict(net=[0, 0], soc=KWH, eta_c=900000, eta_d=900000)
    # 0.405 kWh out makes room for the 0.45 that half a kWh leaves: 24 ct paid, 60 ct received.
    assert actions(buy=[-500000, -1200000], sell=[-600000, -1300000], **low)[0] == [-405000, 500000]
    # 24 ct paid for 22.5 received would be a loss.
    assert actions(buy=[-500000, -450000], sell=[-600000, -550000], **low)[0] == [0, 0]


def test_a_reserve_above_what_is_stored_is_not_bought_at_any_price():
    case, plan = plan_of(**dict(PLAIN, buy=[900000], sell=[0], net=[400000], soc=100000, low=300000))
    assert list(plan.action) == [0] and plan.notes(case) == ["plan_below_reserve", "plan_idle"]
    case, plan = plan_of(**dict(PLAIN, buy=[900000], sell=[0], net=[400000], soc=900000, high=800000))
    assert plan.soc[0] == 500000 and plan.notes(case) == ["plan_above_limit"]


def test_a_load_no_battery_can_hold_is_named():
    case, plan = plan_of(**dict(PLAIN, buy=[300000], sell=[0], net=[9 * KWH], peak=18000000, paid=625000))
    assert plan.notes(case) == ["plan_new_peak"] and plan.top == 8500000


def test_a_kwh_sold_dearer_than_bought_is_named():
    case, plan = plan_of(**dict(PLAIN, buy=[-900000], sell=[-800000], net=[0]))
    assert plan.notes(case) == ["plan_odd_prices"] and list(plan.action) == [500000]


def test_a_slot_begun_already_has_less_power():
    assert actions(buy=[100000], sell=[0], net=[0], leftover=300000, part=400000)[0] == [200000]
    later = dict(buy=[300000, 100000], sell=[0, 0], net=[0, 0], leftover=300000, soc=0, part=400000)
    assert actions(**later)[0] == [0, 500000]


@pytest.mark.parametrize("field, value", [
    ("buy", []), ("buy", [0] * 141), ("sell", [1]), ("net", [0, 300000000]), ("buy", [0.1, 0]),
    ("eta_c", 400000), ("eta_d", 1000001), ("high", -1), ("soc", -1), ("charge", -1), ("discharge", 0.5),
    ("wear", -1), ("leftover", None), ("peak", -1), ("paid", -1), ("part", 0),
])
def test_a_number_that_cannot_be_is_refused_by_name(field, value):
    with pytest.raises(CaseError) as refused:
        Case(**dict(PLAIN, **{"buy": [0, 0], "sell": [0, 0], "net": [0, 0], field: value}))
    assert refused.value.field.split("[")[0] == field or (field, value) == ("buy", [0] * 141)
