"""Plan and Costs over the API: a real plan told row by row, a month's bill out of quarters on flash."""

import json
import types

import pytest

from firmware.control.months import first_quarter
from firmware.planner.case import Case
from firmware.planner.keep import Kept
from firmware.planner.plan import Planner
from firmware.roles.reception import Desk, Slowly
from firmware.settings import kept
from firmware.settings.quarters import Quarters
from host_tests.rooms.web.test_box import CONTRACT
from host_tests.rooms.web.test_gate import Box, asked
from host_tests.rooms.web.test_keys import got

MONTH = 2026 * 12 + 4


@pytest.fixture
def desk(tmp_path):
    return Desk(Box(tmp_path))


def slowly(desk, path):
    user = desk.gate.open("user", "a", 1000)
    status, told, pieces = asked(desk, "GET", "/api/v1/" + path, session=user)
    assert status == 200 and pieces is None and isinstance(told, Slowly)
    return json.loads(b"".join(told.pieces))


def test_a_plan_is_told_row_by_row_with_its_reasons(desk):
    count = 8
    case = Case([300000] * 4 + [500000] * 4, [30000] * count, [300000] * count, 2000000, 500000, 4000000,
                750000, 750000, 930000, 930000, 90000, 100000, 0, 2500 * 250)
    planner, plan = Planner(count), Kept(count)
    for _ in planner.steps(case):
        pass
    plan.renew(case, planner, 0)
    thought = types.SimpleNamespace(case=case, plan=plan, first=1777672800,
                                    ahead=types.SimpleNamespace(told=5))
    desk.box.planning = types.SimpleNamespace(thought=thought, trouble=None)
    status, told = got(desk, "plan?l=nl", session=desk.gate.open("user", "a", 1000))
    assert status == 200 and told["first_s"] == 1777672800 and len(told["rows"]) == count
    assert told["whole"]["told"] == 5 and told["whole"]["saves_ueur"] > 0
    assert all(len(row["why"]) > 10 and "plan" in row["why"].lower() for row in told["rows"])


def test_without_a_plan_the_reason_is_told(desk):
    user = desk.gate.open("user", "a", 1000)
    assert got(desk, "plan", session=user)[1]["error"] == "web_plan_off"
    thought = types.SimpleNamespace(case=None, plan=None, first=None)
    desk.box.planning = types.SimpleNamespace(thought=thought, trouble=("plan_starting", ()))
    told = got(desk, "plan?l=en", session=user)[1]
    assert told["rows"] == [] and "next quarter" in told["trouble"]


def test_a_month_is_billed_beside_the_one_without_battery(desk):
    assert got(desk, "costs", session=desk.gate.open("user", "a", 1000))[1]["error"] == "costs_none"
    quarters, first = Quarters(desk.box.folder), first_quarter(MONTH)
    for number in range(96):
        quarters.append(MONTH, first, (first + number, 400, 0, 1200, 10, True))
    assert slowly(desk, "costs")["error"] == "contract_needs"
    kept.save("contract", CONTRACT, desk.box.folder)
    told = slowly(desk, "costs?month=2026-05")
    assert told["month"] == "2026-05" and told["quarters"] == 96
    assert told["saved_cents"] == told["no_battery"]["cents"] - told["billed"]["cents"] > 0
    assert all(text and isinstance(cents, int) for text, cents in told["billed"]["lines"])
    assert sum(cents for _, cents in told["billed"]["lines"]) == told["billed"]["cents"]


def test_contracts_are_compared_cheapest_first(desk):
    quarters, first = Quarters(desk.box.folder), first_quarter(MONTH)
    for number in range(4):
        quarters.append(MONTH, first, (first + number, 400, 0, 1200, 10, True))
    kept.save("contract", CONTRACT, desk.box.folder)
    rows = slowly(desk, "compare")
    cents = [row["cents"] for row in rows if row["cents"] is not None]
    assert cents == sorted(cents) and any(row["id"] == "own" for row in rows)
