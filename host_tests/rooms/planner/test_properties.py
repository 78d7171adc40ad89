"""Whatever the prices, loads and batteries: physics holds, limits hold, and nothing is worse than idling."""

from hypothesis import given, settings, strategies

from firmware.planner.case import Case
from host_tests.rooms.planner.cases import any_case, objective, plan_of, planned


@settings(max_examples=300)
@given(any_case())
def test_a_plan_obeys_physics_and_is_never_worse_than_nothing(numbers):
    case, plan = plan_of(**numbers)
    stored, least, most = case.soc, min(case.low, case.soc), max(case.high, case.soc)
    for slot in range(case.slots):
        action = plan.action[slot]
        assert -case.discharge <= action <= case.charge
        gained = action * case.eta_c / 1e6 if action > 0 else action * 1e6 / case.eta_d
        # Whole mWh: an action and what it stores differ from the exact ones by less than two of them.
        assert abs(plan.soc[slot] - stored - gained) < 2
        stored = plan.soc[slot]
        assert least <= stored <= most
    assert plan.cost == objective(case, plan.action, plan.soc)
    assert plan.top == max(0, *(case.net[slot] + plan.action[slot] for slot in range(case.slots)), 0)
    assert plan.cost <= objective(case, [0] * case.slots, [case.soc] * case.slots)


@settings(max_examples=100)
@given(any_case(convex=True), strategies.integers(0, 3000000))
def test_a_larger_battery_never_costs_more(numbers, more):
    _, small = plan_of(**numbers)
    _, large = plan_of(**dict(numbers, high=numbers["high"] + more))
    power = {name: numbers[name] + more for name in ("charge", "discharge")}
    _, strong = plan_of(**dict(numbers, **power))
    # Worths are rounded to a micro-euro a kWh, and the cap's search stops at a thousandth of a cent.
    assert large.cost <= small.cost + 30000000
    assert strong.cost <= small.cost + 30000000


@settings(max_examples=60)
@given(any_case(), any_case(), strategies.integers(0, 20))
def test_a_plan_dropped_halfway_leaves_nothing_behind(first, second, steps):
    expected = planned(Case(**second))
    planner = planned(Case(**dict(first, buy=[1] * 12, sell=[0] * 12, net=[5] * 12)))
    doomed = planner.steps(Case(**first))
    for _ in range(steps):
        next(doomed, None)
    case = Case(**second)
    for _ in planner.steps(case):
        pass
    assert planner.cost == expected.cost
    assert planner.action[:case.slots] == expected.action
    assert planner.soc[:case.slots] == expected.soc
    assert (planner.top, planner.worth, planner.solves) == (expected.top, expected.worth, expected.solves)


@settings(max_examples=100)
@given(any_case(peak=False, convex=True))
def test_the_shadow_price_is_what_the_next_energy_saves(numbers):
    case, plan = plan_of(**numbers)
    step = 1000
    if case.soc + step > case.high or case.soc < case.low:
        return
    _, richer = plan_of(**dict(numbers, soc=numbers["soc"] + step))
    saved = plan.cost - richer.cost
    # What more energy saves falls the more there is: never over the shadow price (mWh rounding aside).
    assert saved <= plan.worth * step + 20 * 1000000 * case.slots
