"""Costs and comparison: three bills over the same quarters, each the bill engine's own, to the cent."""

import json
import struct

import pytest

from firmware.control.months import first_quarter, month_of
from firmware.core.crc16 import crc16
from firmware.roles import costs_told
from firmware.settings import kept
from firmware.settings.price_days import PriceDays
from firmware.settings.quarters import Quarters
from firmware.settings.quarters_in_order import oldest_first
from firmware.tariff import brussels, comparison, receipt
from firmware.tariff.bill import Bill
from firmware.tariff.contract import Contract
from firmware.tariff.costs import Costs
from firmware.tariff.faults import TariffFault

FIXED = {"area": "Fluvius West", "contract": "manual", "periods": [
    {"from": "2026-01-01", "peak_ct": "14", "off_peak_ct": "11", "injection_peak_ct": "3",
     "injection_off_peak_ct": "2", "fixed_eur_month": "5"}]}
ENGIE = {"area": "Fluvius West", "contract": "engie"}
FIRST = brussels.midnight(brussels.read_date("2026-03-01"))
MONTH = month_of(FIRST)


def quarter(number):
    """(import, export, both without the battery) of a drawn quarter."""
    net = (number * 7919 % 900) - 250
    given = max(-200, min(300, net))
    return max(0, net - given), max(0, given - net), max(0, net), max(0, -net)


def price(number):
    return (number * 37 % 251 - 60) * 1000


def bill(fields, column, count, known=True):
    made, sums = Bill(Contract(fields)), 0
    for number in range(count):
        one = quarter(number)
        made.feed(FIRST + number * 900, one[column], one[column + 1], price(number) if known else None)
    sums = receipt.total(receipt.lines(made.close(), Contract(fields)))[0]
    return sums


class Halved:
    """Rules that serve half of the load."""

    def quarter(self, net_wh):
        return max(0, net_wh) // 2, max(0, -net_wh)


@pytest.mark.parametrize("fields", [FIXED, ENGIE])
def test_each_column_is_the_bill_of_that_house(fields):
    made = Costs(Contract(fields), Halved(), brussels.read_date("2026-03-02"), 90000)
    for number in range(400):
        made.feed(FIRST + number * 900, quarter(number), price(number), 100)
    found = made.told()
    assert found["billed"]["cents"] == bill(fields, 0, 400) == sum(one[2] for one in found["billed"]["lines"])
    assert found["no_battery"]["cents"] == bill(fields, 2, 400)
    assert found["saved_cents"] == found["no_battery"]["cents"] - found["billed"]["cents"] > 0
    assert found["saved_by_plan_cents"] == found["rules_only"]["cents"] - found["billed"]["cents"]
    assert found["wear_cents"] == 400 * 100 * 9 // 1000 and found["quarters"] == 400
    assert found["today_cents"]["no_battery"] > found["today_cents"]["billed"]
    assert (found["from"], found["to"]) == ("2026-03-01", "2026-03-05")
    json.dumps(found)


def test_a_quarter_without_a_price_is_in_no_bill_and_counted():
    made = Costs(Contract(ENGIE))
    for number in range(10):
        made.feed(FIRST + number * 900, quarter(number), None if number == 4 else price(number))
    found = made.told()
    assert (found["quarters"], found["skipped"], found["rules_only"]) == (9, 1, None)
    with pytest.raises(TariffFault) as fault:
        Costs(Contract(ENGIE)).told()
    assert fault.value.word == "costs_none"


def last(steps):
    found = None
    for one in steps:
        found = one if one is not None else found
    return found


def test_contracts_are_ranked_by_their_whole_bill():
    def walk():
        return ((FIRST + number * 900, *quarter(number)[:2], price(number)) for number in range(2976))
    rows = last(comparison.compared(dict(FIXED, certificates_ct="1.5"), walk))
    assert {row["id"] for row in rows} >= {"own", "engie", "eneco", "octaplus"}
    summed = [row for row in rows if row["cents"] is not None]
    assert [row["cents"] for row in summed] == sorted(row["cents"] for row in summed) and rows[0]["cents"]
    by_id = {row["id"]: row for row in rows}
    assert by_id["octaplus"]["fault"] == "contract_needs" and by_id["octaplus"]["cents"] is None
    assert rows.index(by_id["octaplus"]) >= len(summed)
    json.dumps(rows)


def test_a_row_is_the_bill_engines_own():
    def walk():
        return ((FIRST + number * 900, *quarter(number)[:2], price(number)) for number in range(300))
    rows = {row["id"]: row for row in last(comparison.compared(FIXED, walk))}
    assert rows["own"]["cents"] == bill(FIXED, 0, 300) and rows["engie"]["cents"] == bill(ENGIE, 0, 300)


def test_without_market_prices_a_dynamic_contract_stands_last():
    def walk():
        return ((FIRST + number * 900, *quarter(number)[:2], None) for number in range(300))
    rows = last(comparison.compared(FIXED, walk))
    assert rows[0]["id"] == "own" and all(row["skipped"] == 300 for row in rows[1:] if not row["fault"])


def test_prices_of_a_day_outlive_a_torn_record(tmp_path):
    days = PriceDays(str(tmp_path))
    values = [price(number) for number in range(96)]
    days.append(MONTH, 1, values)
    days.append(MONTH, 2, [-500000, 4000000] * 46)  # 92 quarters; the market's limits
    path = tmp_path / "prices" / str(MONTH)
    with open(path, "ab") as file:
        file.write(b"\x03\x60torn")
    days.append(MONTH, 4, values)
    days.append(MONTH, 1, [0] * 100)  # said again: the newer counts
    assert days.day(MONTH, 1) == [0] * 100 and days.day(MONTH, 2) == [-500000, 4000000] * 46
    assert days.day(MONTH, 3) is None and days.day(MONTH, 4) == values
    assert days.has(MONTH, 4) and not days.has(MONTH + 1, 4)
    for month in range(MONTH + 1, MONTH + 15):
        days.append(month, 1, values)
    assert len(list((tmp_path / "prices").iterdir())) == 13 and days.day(MONTH, 1) is None


def test_quarters_come_in_order_and_the_newer_of_two_counts(tmp_path):
    first = first_quarter(MONTH)
    kept_ones = Quarters(str(tmp_path))
    for number in (0, 1, 1, 2):
        kept_ones.append(MONTH, first, (first + number, 400 + number, 0, 500, 0, number != 1))
    path = tmp_path / "quarters" / str(MONTH)
    data = bytearray(path.read_bytes())
    body = struct.pack("<5H", 1, 4444, 0, 0, 0)
    data[24:36] = body + struct.pack("<H", crc16(body))
    data[36] ^= 1  # the last one is spoilt
    path.write_bytes(data)
    found = list(oldest_first(str(tmp_path), MONTH, first))
    assert [(one[0] - first, one[1]) for one in found] == [(0, 400), (1, 4444)]
    assert list(oldest_first(str(tmp_path), MONTH + 1, first)) == []


def test_costs_out_of_what_lies_on_flash(tmp_path):
    folder = str(tmp_path)
    kept.save("contract", ENGIE, folder)
    first = first_quarter(MONTH)
    for number in range(192):
        imported, exported, without, without_export = quarter(number)
        Quarters(folder).append(MONTH, first, (
            first + number, imported * 4, exported, without * 4, without_export, True))
    PriceDays(folder).append(MONTH, 1, [price(number) for number in range(96)])
    settings = {"inverter.capacity_wh": 7200, "inverter.cost_eur_kwh": 90000, "control.min_soc_pct": 10,
                "control.buffer_pct": 10, "control.desired_peak_w": 2500}.get
    found = last(costs_told.costs(folder, MONTH, settings, FIRST + 40000))
    assert (found["quarters"], found["skipped"]) == (96, 96)
    assert found["billed"]["cents"] == bill(ENGIE, 0, 96) and found["rules_only"]["cents"] > 0
    assert found["today_cents"]["billed"] is not None
    rows = last(costs_told.compared(folder, [MONTH], ENGIE))
    assert {row["id"]: row for row in rows}["own"]["cents"] == bill(ENGIE, 0, 96)
