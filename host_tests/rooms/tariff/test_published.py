"""The figures that cards, the regulator and the market print, within the digits they print."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from household import day, dynamic, manual, months, quarters

from firmware.tariff import brussels, contract_form, levies, receipt
from firmware.tariff.bill import share
from firmware.tariff.contract import Contract
from firmware.tariff.faults import TariffFault
from firmware.tariff.network import areas, network

IN_2025, IN_2026 = brussels.read_date("2025-06-01"), brussels.read_date("2026-06-01")
# area without "Fluvius": kWh 2026, night 2026, capacity 2026; kWh 2025, night 2025, capacity 2025; incl. VAT
PRINTED = {
    "Antwerpen": (5.353, 4.813, 52.37, 5.99, 4.98, 53.26),
    "Halle-Vilvoorde": (5.637, 5.119, 59.41, 6.20, 5.23, 59.56),
    "Imewo": (5.542, 5.014, 57.45, 6.24, 5.21, 56.44),
    "Kempen": (6.337, 5.661, 59.58, 6.44, 5.34, 56.30),
    "Limburg": (5.753, 5.187, 51.99, 6.80, 5.63, 51.81),
    "Midden-Vlaanderen": (5.279, 4.778, 53.13, 5.61, 4.73, 51.99),
    "West": (6.699, 5.993, 60.53, 7.47, 6.14, 60.35),
    "Zenne-Dijle": (5.872, 5.315, 59.49, 6.42, 5.41, 59.15),
}


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_an_area_as_its_card_prints_it(name):
    newer, older = network("Fluvius " + name, IN_2026), network("Fluvius " + name, IN_2025)
    # The sheet's sixth digit ends in 5 for one: half a unit of the printed digit is the printed rounding.
    assert newer.kwh / 1e7 == pytest.approx(PRINTED[name][0], abs=0.000501)
    assert newer.night / 1e7 == pytest.approx(PRINTED[name][1], abs=0.000501)
    assert newer.capacity / 1e9 == pytest.approx(PRINTED[name][2], abs=0.00501)
    assert older.kwh / 1e7 == PRINTED[name][3] and older.night / 1e7 == PRINTED[name][4]
    assert older.capacity / 1e9 == pytest.approx(PRINTED[name][5], abs=0.00501)
    assert newer.data == 18921000 and older.data == 18560000 and older.ceiling is None
    assert newer.ceiling == pytest.approx(347273800, abs=50)  # 0.3472738 EUR/kWh incl.


def test_the_same_eight_areas_in_both_years():
    assert areas(IN_2025) == areas(IN_2026) == ["Fluvius " + name for name in sorted(PRINTED)]


def test_the_composition_of_antwerpen():
    use, service, night_service, surcharge = 23449200, 25484500, 20387600, 1569000
    antwerpen = network("Fluvius Antwerpen", IN_2026)
    assert antwerpen.kwh == pytest.approx((use + service + surcharge) * 1.06, abs=50)
    assert antwerpen.night == pytest.approx((use + night_service + surcharge) * 1.06, abs=100)


def test_the_network_bill_of_2025_for_3500_kwh_and_428_kw():
    """Printed: 483 EUR for Flanders. By hand: 3500 x 6.39625 ct + 4.28 x 56.1075 + 18.56 = 482.57."""
    whole = 0
    for area in areas(IN_2025):
        tariffs = network(area, IN_2025)
        whole += 3500 * tariffs.kwh / 1e9 + 4.28 * tariffs.capacity / 1e9 + tariffs.data / 1e6
    assert round(whole / 8) == 483


def test_a_year_of_months_is_the_network_bill_of_a_year():
    """The bill engine over the twelve months of 2025 in Antwerpen: 3500 kWh, each month's peak 4.28 kW.

    By hand: 3500 x 5.99 = 209.65; 4.28 x 53.26 = 227.95; 18.56: 456.16 EUR.
    """
    rows = []
    for month in range(1, 13):
        first, length = brussels.month_days(brussels.days(2025, month, 1))
        begin, end = brussels.midnight(first), brussels.midnight(first + length)
        rows.extend([utc, 1070 if utc == begin else 0, 0, None] for utc in range(begin, end, 900))
    rows[-1][1] = 0
    plain = [row for row in rows if not row[1]]
    rest = 3500000 - 12 * 1070
    for at, row in enumerate(plain):
        row[1] = rest * (at + 1) // len(plain) - rest * at // len(plain)
    bill = manual()
    of_network = ("bill_network", "bill_capacity", "bill_data")
    cents = sum(line.cents for tally in months(bill, rows) for line in receipt.lines(tally, bill)
                if line.code in of_network)
    assert abs(cents - 45616) <= 12  # each of 36 lines is rounded to a cent


def test_a_kilowatt_more_in_one_month_costs_430_to_504():
    costs = [share(network(area, IN_2026).capacity // 1000, 31, 31) / 1e12 for area in areas(IN_2026)]
    assert 4.3 <= round(min(costs), 1) and round(max(costs), 1) <= 5.0


def test_the_ceiling_binds_below_37_to_45_kwh_a_month():
    """Printed: below about 44 kWh at the floor. The bound: capacity x 2.5 / 12 / (ceiling - kWh part)."""
    for area, bound in (("Fluvius Antwerpen", 37.14), ("Fluvius Kempen", 43.72), ("Fluvius West", 44.99)):
        for kwh, binds in ((bound - 0.1, True), (bound + 0.1, False)):
            bill = manual(area=area)
            wh = round(kwh * 1000)
            rows = [(utc, wh * (at + 1) // 2976 - wh * at // 2976, 0, None)
                    for at, utc in enumerate(quarters("2026-05-01", 31))]
            (tally,) = months(bill, rows)
            codes = [line.code for line in receipt.lines(tally, bill)]
            assert ("bill_maximum" in codes) == binds, (area, kwh)


def test_levies_as_printed():
    july, august = brussels.read_date("2026-07-31"), brussels.read_date("2026-08-01")
    assert levies.rate(levies.levy("excise", july)) == 50329000
    assert levies.rate(levies.levy("excise", august)) == 46000000 * 106 // 100
    assert levies.levy("contribution", july) == "0.20417" and levies.levy("contribution", august) == "0"
    assert levies.levy("fund", IN_2025) == "9.88" and levies.levy("fund", IN_2026) == "10.07"
    assert list(levies.brackets(levies.levy("excise", july), 0, 60000000)) == [
        (20000000, 50329000), (30000000, 48188000), (10000000, 47467000)]


@pytest.mark.parametrize("what, item, last", [
    (lambda day: network("Fluvius West", day), "network", "2026-12-31"),
    (lambda day: levies.levy("excise", day), "excise", "2026-12-31")])
def test_2027_is_refused_with_the_date_of_the_last_table(what, item, last):
    with pytest.raises(TariffFault) as caught:
        what(brussels.read_date("2027-01-01"))
    assert (caught.value.word, caught.value.details) == ("tariff_expired", (item, last, "2027-01-01"))
    what(brussels.read_date("2026-12-31"))
    with pytest.raises(TariffFault) as caught:
        what(brussels.read_date("2024-12-31"))
    assert caught.value.word == "tariff_not_yet"


def test_a_bill_that_runs_into_2027_is_refused():
    rows = [(utc, 50, 0, None) for utc in quarters("2026-12-31", 2)]
    with pytest.raises(TariffFault) as caught:
        months(manual(), rows)
    assert caught.value.word == "tariff_expired"


# Offtake incl. VAT and injection in ct/kWh at 100 EUR/MWh, worked out from the printed formula.
AT_100 = {
    "engie": ((10.39 + 0.8702) * 1.06, 8.6865), "luminus": ((10.19 + 1.9591) * 1.06, 8.9163),
    "eneco": ((10.2 + 1) * 1.06, 8.812), "totalenergies": ((10.34 + 1.55) * 1.06, 8.7),
    "mega": (10.5 + 1.35, 6.0), "ebem": ((10.8 + 1.625) * 1.06, 8.15), "ecofix": ((10 + 1.102) * 1.06, 8.34),
    "ecofix_online": ((10.1 + 0.9) * 1.06, None), "ecopower": ((10.2 + 0.4) * 1.06, None),
    "frank": ((10.68 + 1.5) * 1.06, 8.85), "frank_second": ((10.68 + 1.5) * 1.06, 8.0),
    "bolt": ((11.68 + 1.69) * 1.06, None), "bolt_online": ((11.68 + 1.69) * 1.06, None),
}
HOURLY = {"eneco", "frank", "frank_second", "luminus", "mega", "totalenergies", "agilis"}


def named(name, **own):
    return Contract({"area": "Fluvius West", "contract": name, "periods": [own] if own else None})


@pytest.mark.parametrize("name", sorted(AT_100))
def test_a_dynamic_contract_as_its_card_prints_it(name):
    terms = named(name).terms(IN_2026)
    offtake, injection = AT_100[name]
    assert terms.buy(100000, 1, False) / 1e7 == pytest.approx(offtake, abs=1e-6)
    assert terms.hour == (name in HOURLY)
    if injection is not None:
        assert terms.sell(100000, 1, False) / 1e7 == pytest.approx(injection, abs=1e-6)
    else:
        with pytest.raises(TariffFault) as caught:
            terms.sell(100000, 1, False)
        assert caught.value.word == "contract_needs"


@pytest.mark.parametrize("name, below", [
    ("engie", 13.135), ("eneco", 11.88), ("totalenergies", 13), ("ebem", 11.89), ("frank", 11.5)])
def test_injection_costs_money_below_ten_to_thirteen(name, below):
    terms = named(name).terms(IN_2026)
    assert terms.sell(round(below * 1000) - 20, 1, False) < 0 < terms.sell(round(below * 1000) + 20, 1, False)


def test_a_formula_that_changed_in_august():
    bill = named("agilior", fee_eur_year=50)
    july, august = bill.terms(brussels.read_date("2026-07-31")), bill.terms(brussels.read_date("2026-08-01"))
    assert july.buy(100000, 1, False) == round((10.7 + 0.7) * 1.06 * 1e7)
    assert august.buy(100000, 1, False) == round((10 + 1.2) * 1.06 * 1e7)
    assert not july.hour and named("agilis", fee_eur_year=50).terms(IN_2026).hour


def test_what_a_card_leaves_open_the_owner_must_name():
    for name, needs in (("octaplus", "factor"), ("agilior", "fee_eur_year"), ("cociter", "grid")):
        with pytest.raises(TariffFault) as caught:
            named(name)
        assert (caught.value.word, caught.value.details) == ("contract_needs", (needs,))
    own = {"factor": "0.1083", "constant": "1.160", "fee_eur_year": 75, "injection_constant": "1.389"}
    terms = named("octaplus", **own).terms(IN_2026)
    assert terms.buy(50000, 1, False) / 1e7 == pytest.approx((5.415 + 1.16) * 1.06, abs=1e-6)


def test_every_contract_of_the_list_is_offered_once():
    names = [name for name, _ in contract_form.choices()]
    assert len(names) == len(set(names)) == 17 and set(AT_100) < set(names)


def test_rounding_before_and_after_vat():
    """p = 33.33: 3.333 + 1 = 4.333 ct; to 2 places 4.33; x 1.06 = 4.5898; to 2 places 4.59."""
    plain, once, twice = (dynamic(**how).terms(IN_2026) for how in (
        {}, {"round_ct": 2}, {"round_ct": 2, "round_ct_incl": 2}))
    assert [terms.buy(33330, 1, False) for terms in (plain, once, twice)] == [45929800, 45898000, 45900000]


def test_the_third_of_may_hour_against_quarter():
    """The market's worst hour of the sample, 17:00 on 3 May 2026: 37 to 192 EUR/MWh within it."""
    prices = {}
    text = (Path(__file__).parents[2] / "fixtures/prices/be_dayahead_15min_2026-05-03_04.csv").read_text()
    for at, line in enumerate(text.splitlines()[1:]):
        prices[day("2026-05-02") + 23 * 3600 + at * 900] = round(float(line.split(",")[1]) * 1000)
    five = day("2026-05-03") + 17 * 3600
    hour = [prices[five + at * 900] for at in range(4)]
    assert round(min(hour) / 1000) == 37 and round(max(hour) / 1000) == 192
    assert round((max(hour) - min(hour)) / 1000) == 155
    cheapest = five + 900 * hour.index(min(hour))
    rows = [(utc, 1000 * (utc == cheapest), 0, prices[utc]) for utc in range(five, five + 3600, 900)]
    paid = [months(dynamic(grid=grid), rows)[0].sums[("energy_dynamic", None)][1] for grid in ("quarter",
                                                                                               "hour")]
    assert paid[1] - paid[0] == pytest.approx((sum(hour) / 4 - min(hour)) * 1.06 * 1e6, abs=2000)
