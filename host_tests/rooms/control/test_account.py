"""The month's account: its sums, what the battery earned, the warning of a peak under the usual load."""

import json
import types

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firmware.control.account import MonthAccount, UsualLoad
from firmware.control.months import first_quarter, month_of
from firmware.control.receipt import Account
from firmware.roles import web_account
from firmware.roles.month_account import account
from firmware.roles.peak_warning import warning
from firmware.settings.quarters import Quarters
from firmware.tariff import brussels
from firmware.tariff.all_in import AllIn
from host_tests.rooms.control.lived import BEGIN_S, Lived
from host_tests.rooms.tariff.household import manual

_MONTH = month_of(BEGIN_S)
_FIRST = first_quarter(_MONTH)
_FIELDS = {"area": "Fluvius Antwerpen", "contract": "manual", "certificates_ct": "1.5", "periods": [
    {"from": "2025-01-01", "peak_ct": 20, "off_peak_ct": 10, "injection_peak_ct": 4,
     "injection_off_peak_ct": 3, "fixed_eur_month": 6}]}


def keep(folder, records, month=_MONTH):
    for record in records:
        Quarters(str(folder)).append(month, first_quarter(month), record)


def told(folder, contract=None, month=_MONTH):
    *pauses, found = account(str(folder), month, contract)
    assert all(pause is None for pause in pauses)
    return json.loads(json.dumps(found)), len(pauses)


def test_sums_and_what_was_earned():
    made = MonthAccount(lambda at_s: (300000000, 40000000))  # 30 and 4 ct a kWh
    made.add((0, 1000, 50, 3000, 100, True))
    made.add((1, 2000, 0, 4400, 200, False))
    found = made.told(4500000)
    assert (found["import_wh"], found["export_wh"]) == (750, 50)
    assert (found["import_without_wh"], found["export_without_wh"]) == (1850, 300)
    assert (found["peak_w"], found["peak_without_w"]) == (2000, 4400)
    # 1.1 kWh less bought at 0.30, 0.25 kWh less sold at 0.04; 4.4 kW instead of the floor, at 4.5 a kW
    assert found["balancing_ueur"] == 330000 - 10000
    assert found["shaving_ueur"] == 1900 * 4500
    assert (found["quarters"], found["missing"], found["part"]) == (2, 0, 1)


def test_each_quarter_is_paid_at_its_own_hour(tmp_path):
    night, day = 0, 40  # quarters after the month's midnight: 00:00 and 10:00 of Thursday 1 January
    keep(tmp_path, [(_FIRST + number, 0, 0, 4000, 0, True) for number in (night, day)])
    found, _ = told(tmp_path, _FIELDS)
    prices = AllIn(manual())
    rates = [prices.rates((_FIRST + number) * 900)[0] for number in (night, day)]
    assert rates[1] - rates[0] > 90000000
    assert found["balancing_ueur"] == sum(rates) // 1000  # one kWh each
    assert found["shaving_ueur"] == 1500 * prices.peak_price(_FIRST * 900) // 1000


@pytest.mark.parametrize("fields, word", [
    (None, "no_contract"),
    (dict(_FIELDS, area="Nowhere"), "area_unknown"),
])
def test_without_prices_the_energies_are_told_and_the_reason(tmp_path, fields, word):
    keep(tmp_path, [(_FIRST, 1000, 0, 2000, 0, True)])
    found, _ = told(tmp_path, fields)
    assert found["no_price"] == word and found["balancing_ueur"] is None is found["shaving_ueur"]
    assert found["import_without_wh"] == 500 and found["month"] == "2026-01"


def test_a_dynamic_contract_tells_shaving_only(tmp_path):
    keep(tmp_path, [(_FIRST, 1000, 0, 5000, 0, True)])
    period = {"from": "2025-01-01", "factor": "0.1", "constant": 1, "fee_eur_year": 60,
              "injection_factor": "0.1", "injection_constant": 1, "grid": "quarter"}
    found, _ = told(tmp_path, dict(_FIELDS, contract="dynamic", periods=[period]))
    assert found["no_price"] == "price_missing" and found["balancing_ueur"] is None
    assert found["shaving_ueur"] > 10000000


def test_an_empty_month_is_no_fault(tmp_path):
    found, _ = told(tmp_path)
    assert found["quarters"] == found["missing"] == found["import_wh"] == found["usual_w"] == 0


def test_a_whole_month_is_read_with_pauses_and_says_what_is_missing(tmp_path):
    keep(tmp_path, [(_FIRST + number, 100, 0, 200, 0, True) for number in range(2976) if number % 100 != 50])
    found, pauses = told(tmp_path)
    assert found["quarters"] == 2946 and found["missing"] == 30 and pauses == 2946 // 32
    assert found["import_wh"] == 2946 * 25


def test_what_a_lived_month_kept_is_what_the_meter_counted(tmp_path):
    house = Lived(soc_pct=60, month_w=0)
    house.control.account = Account()
    house.control.keep_quarter = lambda record: keep(tmp_path, [record])
    for load_w in (800, -900, 2600, 300, 0):
        house.live(900 if load_w else 5, load_w)
    found, _ = told(tmp_path)
    assert found["quarters"] == 4
    assert abs(found["import_wh"] * 3600 - house.import_ws) <= 4 * 3600
    assert abs(found["import_without_wh"] - (800 + 2600 + 300) // 4) <= 4
    assert abs(found["export_without_wh"] - 900 // 4) <= 2
    assert found["peak_without_w"] == pytest.approx(2600, abs=10)


@given(some.lists(some.integers(0, 9000), min_size=1, max_size=300))
def test_95_percent_of_the_quarters_are_under_the_usual_load(loads):
    found = UsualLoad()
    for load_w in loads:
        found.add((0, 0, 0, load_w, 0, True))
    over = sum(load_w >= found.p95_w() for load_w in loads)
    assert over * 20 <= len(loads)
    at_least = sum(load_w >= found.p95_w() - 50 for load_w in loads)
    assert at_least * 20 > len(loads) - 20  # a class lower would not hold


@pytest.mark.parametrize("loads, desired_w, warned", [
    ([1800] * 200, 1500, 1850),
    ([1800] * 200, 2500, None),
    ([300] * 190 + [4000] * 9, 1000, None),   # a spike now and then is not the base load
    ([1800] * 95, 1500, None),                # less than a day tells nothing
    ([1800] * 400 + [300] * 672, 1000, None),  # what was a week ago is over
])
def test_a21_a_desired_peak_under_the_usual_load_is_said_when_it_is_set(tmp_path, loads, desired_w, warned):
    keep(tmp_path, [(_FIRST + number, 0, 0, load_w, 0, True) for number, load_w in enumerate(loads)])
    box = types.SimpleNamespace(folder=str(tmp_path), settings={"control.desired_peak_w": desired_w})
    assert warning(box) == (("peak_under_base", desired_w, warned) if warned else None)


def test_a21_looks_back_into_the_month_before(tmp_path):
    before = first_quarter(_MONTH - 1)
    keep(tmp_path, [(before + number, 0, 0, 1800, 0, True) for number in range(200)], _MONTH - 1)
    keep(tmp_path, [(_FIRST, 0, 0, 100, 0, True)])
    box = types.SimpleNamespace(folder=str(tmp_path), settings={"control.desired_peak_w": 1000})
    assert warning(box) == ("peak_under_base", 1000, 1850)


def test_months_of_the_bill_and_of_the_tariff_begin_together():
    for number in range(2025 * 12, 2028 * 12):
        text = "{}-{:02d}-01".format(number // 12, number % 12 + 1)
        assert first_quarter(number) * 900 == brussels.midnight(brussels.read_date(text))


@pytest.mark.parametrize("bits", [64, 32])
def test_micropython_tells_the_same_in_little_memory(tmp_path, run_vm, bits):
    keep(tmp_path, [(_FIRST + number, number % 700, 3, number % 5000, 9, True) for number in range(300)])
    here, _ = told(tmp_path, _FIELDS)
    printed = run_vm("""
import gc, json
from firmware.roles.month_account import account
for found in account({!r}, {}, json.loads({!r})):
    gc.collect()
print(json.dumps(found))
""".format(str(tmp_path), _MONTH, json.dumps(_FIELDS)), bits, heap="400k")
    assert json.loads(printed) == here


@pytest.mark.parametrize("asked, month", [("", "2026-02"), ("2026-01", "2026-01")])
def test_the_page_asks_for_a_month_or_gets_the_newest(tmp_path, asked, month):
    keep(tmp_path, [(_FIRST, 1000, 0, 2000, 0, True)])
    after = first_quarter(_MONTH + 1)
    keep(tmp_path, [(after + number, 500, 0, 900, 0, True) for number in range(40)], _MONTH + 1)
    status, _, pieces = web_account.answer(_desk(tmp_path), _visit(asked), "read")
    found = json.loads(b"".join(pieces))
    assert status == 200 and found["month"] == month and found["months"] == ["2026-01", "2026-02"]


def test_before_the_first_quarter_there_is_no_month(tmp_path):
    status, _, pieces = web_account.answer(_desk(tmp_path), _visit(""), "read")
    assert status == 200 and json.loads(b"".join(pieces)) == {"months": []}


@pytest.mark.parametrize("asked", ["2026", "2026-13", "1999-01", "abcd-ef", "2026-01-01"])
def test_a_month_that_is_none_is_refused(tmp_path, asked):
    assert web_account.answer(_desk(tmp_path), _visit(asked), "read")[0] == 400


def _desk(folder):
    return types.SimpleNamespace(box=types.SimpleNamespace(folder=str(folder)))


def _visit(month):
    request = types.SimpleNamespace(asked=lambda name: month if name == "month" else "")
    return types.SimpleNamespace(request=request, language="en")
