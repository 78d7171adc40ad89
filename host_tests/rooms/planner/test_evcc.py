"""The golden cases of evcc's optimiser that one battery can express: our plan costs what theirs does."""

import json
import pathlib

import pytest

from host_tests.rooms.planner.cases import plan_of

FOLDER = pathlib.Path(__file__).with_name("evcc")


def asked(name):
    """(Case's arguments, evcc's cost in 10^-12 of its unit) of one golden case.

    Theirs are Wh a slot and a price per Wh; some have 0.3 a Wh, those count as a thousandth.
    """
    golden = json.loads(next(FOLDER.glob(name + "*.json")).read_text())
    request, theirs = golden["request"], golden["expected_response"]
    series, battery = request["time_series"], request["batteries"][0]
    unit = 1e9 if max(series["p_N"]) < 0.1 else 1e6
    goal = battery.get("s_goal", [0])[-1]
    hours = series["dt"][-1] / 3600
    numbers = dict(
        buy=[round(price * unit) for price in series["p_N"]],
        sell=[round(price * unit) for price in series["p_E"]],
        net=[round((used - made) * 1000) for used, made in zip(series["gt"], series["ft"])],
        soc=round(battery["s_initial"] * 1000), low=battery["s_min"] * 1000,
        # A goal that can be met is a store of that size, worth more full than any price.
        high=(goal or battery["s_max"]) * 1000, leftover=90000000 if goal else round(battery["p_a"] * unit),
        charge=round(battery["c_max"] * hours * 1000), discharge=round(battery["d_max"] * hours * 1000),
        eta_c=round(request["eta_c"] * 1e6), eta_d=round(request["eta_d"] * 1e6),
        part=round(1e6 * series["dt"][0] / series["dt"][-1]),
    )
    cost = sum(price * flow for price, flow in zip(series["p_N"], theirs["grid_import"]))
    cost -= sum(price * flow for price, flow in zip(series["p_E"], theirs["grid_export"]))
    stored = theirs["batteries"][0]["state_of_charge"][-1]
    return numbers, cost * unit * 1000 - numbers["leftover"] * stored * 1000


@pytest.mark.parametrize("name", ("019", "024", "026", "027"))
def test_the_plan_costs_what_evcc_finds(name):
    numbers, theirs = asked(name)
    _, plan = plan_of(**numbers)
    assert plan.cost == pytest.approx(theirs, abs=1e9)


def test_a_store_below_its_least_is_not_filled_at_any_price():
    # evcc charges at once up to the least; ours waits for the sun and pays less.
    numbers, theirs = asked("015")
    case, plan = plan_of(**numbers)
    assert plan.cost < theirs and "plan_below_reserve" in plan.notes(case)
