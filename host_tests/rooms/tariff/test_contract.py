"""A contract's fields: what is wrong is named; the guide's form in several periods."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from household import cents, manual, months, quarters

from firmware.tariff import brussels, receipt
from firmware.tariff.bill import Bill
from firmware.tariff.contract import Contract
from firmware.tariff.faults import TariffFault

PERIOD = {"from": "2026-01-01", "peak_ct": "14.25", "off_peak_ct": "11.8", "injection_peak_ct": 3,
          "injection_off_peak_ct": "2.4", "fixed_eur_month": "5.30"}
GOOD = {"area": "Fluvius West", "contract": "manual", "periods": [PERIOD]}


def fault(fields):
    with pytest.raises(TariffFault) as caught:
        Contract(fields)
    return caught.value.word, caught.value.details[0]


@pytest.mark.parametrize("change, word, detail", [
    ({"area": None}, "contract_needs", "area"), ({"contract": "enngie"}, "contract_unknown", "enngie"),
    ({"surprise": 1}, "contract_unknown_field", "surprise"), ({"domiciled": "yes"}, "contract_field",
                                                              "domiciled"),
    ({"day_starts": 25}, "contract_field", "day_starts"), ({"periods": []}, "contract_needs", "periods"),
    ({"periods": 5}, "contract_field", "periods"), ({"month_peaks_w": [-1]}, "contract_field",
                                                    "month_peaks_w"),
    ({"month_peaks_w": "x"}, "contract_field", "month_peaks_w"), ({"periods": [3]}, "contract_field", "3"),
    ({"certificates_ct": "x"}, "contract_field", "certificates_ct"),
    ({"offtake_before_kwh": 1.5}, "contract_field", "offtake_before_kwh")])
def test_a_wrong_field_is_named(change, word, detail):
    assert fault(dict(GOOD, **change)) == (word, detail)


@pytest.mark.parametrize("name, value, word", [
    ("from", "2026-02-30", "date_wrong"), ("peak_ct", "NaN", "contract_field"), ("peak_ct", None,
                                                                                 "contract_needs"),
    ("off_peak_ct", True, "contract_field"),
    ("off_peak_ct", 10**50, "contract_field"), ("injection_peak_ct", "1e9", "contract_field")])
def test_a_wrong_figure_of_a_period_is_named(name, value, word):
    assert fault(dict(GOOD, periods=[dict(PERIOD, **{name: value})]))[0] == word


def test_prices_change_on_the_begin_date():
    """10 May to 11 May: 14.25 until the 10th, 20 ct from the 11th; two fees, two lines, half a month each."""
    later = dict(PERIOD, **{"from": "2026-05-11", "peak_ct": 20, "fixed_eur_month": 10})
    contract = Contract(dict(GOOD, periods=[later, PERIOD]))  # the form's order does not matter
    rows = [(utc, 100, 0, None) for utc in quarters("2026-05-08", 4)]  # Friday to Monday
    found = cents(contract, rows)
    assert found["energy_peak"] == [86, 120]  # 60 quarters x 0.1 kWh: 6 x 14.25 = 85.5; 6 x 20 = 120
    assert found["fee"] == [51, 32]  # 5.30 x 3/31 = 0.5129; 10 x 1/31 = 0.3226
    with pytest.raises(TariffFault) as caught:
        contract.terms(brussels.read_date("2025-12-31"))
    assert caught.value.word == "contract_not_yet" and caught.value.details == ("2026-01-01", "2025-12-31")


def test_the_mean_is_of_twelve_floored_peaks():
    """Eleven earlier months and this one; older ones fall out; those under the floor count 2.5 kW."""
    contract = manual(month_peaks_w=[9000, 9000] + [1000] * 5 + [4000] * 6)
    (tally,) = months(contract, [(utc, 1500, 0, None) for utc in quarters("2026-02-01")])
    assert tally.peaks == [2500] * 5 + [4000] * 6 + [6000]
    assert [word for word, _ in receipt.notes(tally, contract)] == ["bill_part_month"]


def test_a_year_moves_the_twelve_peaks_on():
    contract = manual()
    rows = [(utc, 500 + 100 * month, 0, None) for month in range(1, 13)
            for utc in quarters("2026-{:02d}-01".format(month))]
    tallies = months(contract, rows)
    assert [len(tally.peaks) for tally in tallies] == list(range(1, 13))
    assert tallies[-1].peaks[0] == 2500 and tallies[-1].peaks[-1] == 6800
    assert tallies[-1].before_wh == sum(96 * (500 + 100 * month) for month in range(1, 12))


@pytest.mark.parametrize("rows, word", [
    ([(1, 0, 0)], "quarter_grid"), ([(1777586400, 0, 0), (1777586400, 0, 0)], "quarter_order"),
    ([(1777586400, -1, 0)], "quarter_wh"), ([(1777586400, 0, 10**7)], "quarter_wh")])
def test_a_wrong_quarter_is_refused(rows, word):
    bill = Bill(manual())
    with pytest.raises(TariffFault) as caught:
        for row in rows:
            bill.feed(*row)
    assert caught.value.word == word


def test_the_ceiling_of_2025_is_not_made_up():
    contract = manual()
    (tally,) = months(contract, [(utc, 1, 0, None) for utc in quarters("2025-05-01", 31)])
    assert "bill_maximum" not in [line.code for line in receipt.lines(tally, contract)]
    assert ("bill_no_ceiling", ()) in receipt.notes(tally, contract)


def test_certificates_that_nobody_named_are_told():
    contract = Contract(GOOD)
    (tally,) = months(contract, [(utc, 1000, 0, None) for utc in quarters("2026-05-01")])
    assert tally.sums[("certificates", 15650000)] == [96000, 96000 * 15650000]
    assert ("bill_certificates_assumed", ()) in receipt.notes(tally, contract)


def test_gaps_are_told():
    contract = manual()
    (tally,) = months(contract, [(utc, 1, 0, None) for utc in quarters("2026-05-02") if utc % 86400 != 3600])
    assert tally.missing == 1 and ("bill_missing", (1, 95)) in receipt.notes(tally, contract)


def test_the_lines_add_up_and_are_exact_within_half_a_cent():
    contract = manual(domiciled=False)
    for tally in months(contract, [(utc, utc // 900 % 700, utc // 900 % 3, None)
                                   for utc in quarters("2026-05-20", 40)]):
        lines = receipt.lines(tally, contract)
        assert receipt.total(lines)[0] == sum(line.cents for line in lines)
        assert all(abs(line.cents * 10**10 - line.pico) <= 5 * 10**9 for line in lines)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(sorted(PERIOD)) | st.text(max_size=3), inner, max_size=3),
                        max_leaves=6)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(sorted(GOOD) + ["month_peaks_w", "day_starts", "certificates_ct"]),
                       JSON))
def test_any_fields_are_a_contract_or_refused(fields):
    for whole in (fields, dict(GOOD, **fields)):
        try:
            Contract(whole).terms(20000)
        except TariffFault:
            pass
