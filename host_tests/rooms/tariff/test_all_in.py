"""The price of one more kilowatt-hour, worked by hand; the month's peak; the ceiling."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from household import day, dynamic, manual, months, quarters

from firmware.tariff import receipt
from firmware.tariff.all_in import AllIn
from firmware.tariff.contract import Contract
from firmware.tariff.faults import TariffFault

NOON = day("2026-06-10") + 12 * 3600  # a Wednesday


def test_everything_in_one_number():
    # 20 + 1.5 certificates + 5.35329 network + 5.0329 + 0.20417 = 32.09036 ct; off-peak 10 less
    assert AllIn(manual()).rates(NOON) == (320903600, 40000000)
    assert AllIn(manual()).rates(NOON + 12 * 3600) == (220903600, 30000000)
    # August: 4.876 instead of 5.23707
    assert AllIn(manual()).rates(day("2026-08-12") + 12 * 3600)[0] == 317292900


def test_a_dynamic_price_by_quarter_and_by_hour():
    rates = AllIn(dynamic())
    # (0.1 x 50 + 1) x 1.06 = 6.36; + 12.09036
    assert rates.rates(NOON, 50000) == (63600000 + 120903600, 40000000)
    assert rates.rates(NOON, 200000, 4) == rates.rates(NOON, 50000)
    assert rates.rates(NOON, 5000)[1] == -5000000  # below 10 EUR/MWh exporting costs money
    assert AllIn(dynamic(injection_network=True)).rates(NOON, 5000)[1] == -5000000 - 1856060
    with pytest.raises(TariffFault) as caught:
        rates.rates(NOON)
    assert caught.value.word == "price_missing"


def test_under_the_ceiling_a_kilowatt_hour_costs_28_ct_more():
    """Printed: about +0.28 EUR/kWh."""
    rates = AllIn(manual())
    more = rates.rates(NOON, at_ceiling=True)[0] - rates.rates(NOON)[0]
    assert more == 347273808 - 53532900 and 0.28 <= more / 1e9 <= 0.30
    assert rates.has_ceiling(NOON) and not AllIn(manual(maximum_tariff=False)).has_ceiling(NOON)
    with pytest.raises(TariffFault) as caught:
        rates.rates(day("2025-06-10"), at_ceiling=True)
    assert caught.value.word == "ceiling_unknown"


def test_a_kilowatt_of_peak_is_what_the_bills_charge_for_it():
    assert AllIn(manual()).peak_price(NOON) == 4363989  # 52.367875678 / 12 = 4.36399 EUR


def test_a_kilowatt_hour_more_moves_the_bill_by_its_price():
    contract = dynamic(maximum_tariff=False)
    rows = [[utc, 100, 0, 70000] for utc in quarters("2026-06-10")]
    before = sum(line.pico for line in receipt.lines(months(contract, rows)[0], contract))
    rows[48][1] += 400
    after = sum(line.pico for line in receipt.lines(months(contract, rows)[0], contract))
    assert after - before == 400 * AllIn(contract).rates(rows[48][0], 70000)[0]


def test_injection_a_card_leaves_open_counts_as_nothing():
    contract = Contract({"area": "Fluvius West", "contract": "ecopower"})
    assert AllIn(contract).rates(NOON, 80000)[1] == 0
