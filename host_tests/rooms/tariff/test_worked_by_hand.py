"""Bills worked by hand, to the cent: the arithmetic stands beside each line. Antwerpen 2026 unless said.

Rates incl. VAT: network 5.35329 ct, capacity 49.4036563 x 1.06 = 52.367875678 EUR/kW/year, data management
17.85 x 1.06 = 18.921 EUR/year, excise 5.0329 ct (from August 46.00 x 1.06 = 48.76 EUR/MWh = 4.876 ct),
contribution 0.20417 ct (from August 0), ceiling 0.3276168 x 1.06 = 34.7273808 ct.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from household import cents, dynamic, manual, months, quarters

from firmware.tariff.brussels import local


def test_the_long_day_in_october():
    """Sunday 25 October 2026: 100 quarters of 50 Wh in, 20 Wh out; all off-peak. 1 day of 31."""
    rows = [(utc, 50, 20, None) for utc in quarters("2026-10-25")]
    assert len(rows) == 100
    assert cents(manual(), rows) == {
        "energy_off_peak": 50,  # 5.000 kWh x 10 ct = 50.00
        "fee": 19,  # 6 EUR x 1/31 = 0.19355
        "certificates": 8,  # 5 x 1.5 = 7.5, away from zero
        "injection_off_peak": -6,  # 2.000 kWh x 3 ct = 6
        "network": 27,  # 5 x 5.35329 = 26.77
        "capacity": 35,  # quarters of 200 W: the floor of 2.5 kW x 52.367875678 / 12 / 31 = 0.35193
        "data": 5,  # 18.921 / 12 / 31 = 0.05086
        "excise": 24,  # 5 x 4.876 = 24.38
        "total": 162,  # 50 + 19 + 8 - 6 + 27 + 35 + 5 + 24
    }  # ceiling: 5 x 34.727 = 173.6 ct is above 26.8 + 35.2: no line


def test_the_short_day_in_march():
    """Sunday 29 March 2026: 92 quarters of 100 Wh; on a Saturday of 96 the same house pays 4 more."""
    rows = [(utc, 100, 0, None) for utc in quarters("2026-03-29")]
    assert len(rows) == 92
    assert cents(manual(), rows) == {
        "energy_off_peak": 92,  # 9.2 x 10
        "fee": 19,
        "certificates": 14,  # 9.2 x 1.5 = 13.8
        "network": 49,  # 9.2 x 5.35329 = 49.25
        "capacity": 35,
        "data": 5,
        "excise": 46,  # 9.2 x 5.0329 = 46.30
        "contribution": 2,  # 9.2 x 0.20417 = 1.88
        "total": 262,
    }
    longer = cents(manual(), [(utc, 100, 0, None) for utc in quarters("2026-03-28")])
    assert longer["energy_off_peak"] == 96


def test_a_day_of_negative_prices_by_the_quarter():
    """Sunday 14 June 2026: 8 h at -50 EUR/MWh with 100 Wh in a quarter, 16 h at 5 EUR/MWh with 100 Wh out."""
    times = list(quarters("2026-06-14"))
    rows = [(utc, 100, 0, -50000) for utc in times[:32]] + [(utc, 0, 100, 5000) for utc in times[32:]]
    assert cents(dynamic(), rows) == {
        "energy_dynamic": -14,  # 3.2 kWh x (-5 + 1) ct x 1.06 = -13.568
        "fee": 17,  # 60 / 12 / 30 = 0.16667
        "certificates": 5,  # 3.2 x 1.5 = 4.8
        "injection_dynamic": 3,  # 6.4 kWh x (0.5 - 1) = -3.2 ct earned: exporting costs 3.2 ct
        "network": 17,  # 3.2 x 5.35329 = 17.13
        "capacity": 36,  # 2.5 x 52.367875678 / 12 / 30 = 0.36367
        "data": 5,  # 18.921 / 12 / 30 = 0.05256
        "excise": 16,  # 3.2 x 5.0329 = 16.105
        "contribution": 1,  # 3.2 x 0.20417 = 0.653
        "total": 86,
    }  # ceiling: 3.2 x 34.727 = 111.1 ct is above 17.1 + 36.4


def test_an_hour_contract_pays_the_mean_of_its_hour():
    """One hour at 0, 0, 0 and 400 EUR/MWh, all energy in the last quarter: hour 100, quarter 400 EUR/MWh."""
    rows = [(utc, 1000 * (at == 3), 0, 400000 * (at == 3)) for at, utc in enumerate(quarters("2026-06-14"))
            if at < 4]
    assert cents(dynamic(grid="hour"), rows)["energy_dynamic"] == 12  # 1 kWh x (10 + 1) x 1.06 = 11.66
    assert cents(dynamic(), rows)["energy_dynamic"] == 43  # 1 kWh x (40 + 1) x 1.06 = 43.46


def test_the_hour_that_comes_twice_is_two_hours():
    """25 October 2026, both 2 o'clocks by an hourly contract: 1 kWh at 0 and 1 kWh at 100 EUR/MWh."""
    twice = [utc for utc in quarters("2026-10-25") if local(utc)[1] // 60 == 2]
    assert len(twice) == 8
    rows = [(utc, 250, 0, 0 if at < 4 else 100000) for at, utc in enumerate(twice)]
    assert cents(dynamic(grid="hour"), rows)["energy_dynamic"] == 13  # (1 + 11) x 1.06 = 12.72


def test_the_hour_that_does_not_come_is_not_missed():
    """29 March 2026: after 01:45 comes 03:00; no gap is told, and nothing is at 2 o'clock."""
    (tally,) = months(manual(), [(utc, 1, 0, None) for utc in quarters("2026-03-29")])
    assert (tally.quarters, tally.missing) == (92, 0)
    assert not [utc for utc in quarters("2026-03-29") if local(utc)[1] // 60 == 2]


def test_the_year_s_offtake_begins_anew_in_january():
    rows = [(utc, 1000, 0, None) for utc in quarters("2025-12-31", 2)]
    december, january = months(manual(offtake_before_kwh=19990), rows)
    assert (december.before_wh, january.before_wh) == (19990000, 0)
    assert (december.tariffs.kwh, january.tariffs.kwh) == (59900000, 53532900)


def test_august_2026_the_whole_month():
    """31 days, 21 of them weekdays (the 1st is a Saturday). 50 Wh a quarter: 148.8 kWh; one of 1000 Wh.

    Weekdays 21 x 60 quarters are peak = 1260; the other 2976 - 1260 = 1716 are off-peak. The 1000 Wh fall
    on Monday 3 August, 18:00 (peak): 4 kW. Earlier months: 2.0 (counts 2.5) and 3.5 kW.
    """
    rows = [[utc, 50, 0, None] for utc in quarters("2026-08-01", 31)]
    rows[2 * 96 + 72][1] = 1000
    assert cents(manual(month_peaks_w=[2000, 3500]), rows) == {
        "energy_peak": 1279,  # (1260 x 0.05 + 0.95) = 63.95 kWh x 20 ct
        "energy_off_peak": 858,  # 1716 x 0.05 = 85.8 kWh x 10 ct
        "fee": 600,
        "certificates": 225,  # 149.75 x 1.5 = 224.625
        "network": 802,  # 149.75 x 5.35329 = 801.655
        "capacity": 1455,  # (2.5 + 3.5 + 4) / 3 = 3.3333 kW x 52.367875678 / 12 = 14.5466
        "data": 158,  # 18.921 / 12 = 1.57675
        "excise": 730,  # 149.75 x 4.876 = 730.181
        "total": 6107,
    }


def test_july_2026_still_has_the_old_levies():
    """The same 2976 quarters a month earlier: 148.8 kWh."""
    found = cents(manual(), [(utc, 50, 0, None) for utc in quarters("2026-07-01", 31)])
    assert found["excise"] == 749  # 148.8 x 5.0329 = 748.8955
    assert found["contribution"] == 30  # 148.8 x 0.20417 = 30.38


def test_the_month_that_the_levies_change_is_two_bills():
    rows = [(utc, 50, 0, None) for utc in quarters("2026-07-31", 2)]
    july, august = months(manual(), rows)
    assert [row[1] for row in july.levied] == ["5.0329 20 4.8188 50 4.7467", "0.20417"]
    assert [row[1] for row in august.levied] == ["4.876", "0"]


def test_the_ceiling_gives_back_what_is_above_it():
    """June, 30 days, 10 Wh a quarter = 28.8 kWh: ceiling 28.8 x 34.7273808 = 1000.149 ct.

    Network 28.8 x 5.35329 = 154.175, capacity 2.5 x 52.367875678 / 12 = 1090.997: 1245.172, back 245.023.
    """
    rows = [(utc, 10, 0, None) for utc in quarters("2026-06-01", 30)]
    found = cents(manual(), rows)
    assert (found["network"], found["capacity"], found["maximum"]) == (154, 1091, -245)
    assert "maximum" not in cents(manual(maximum_tariff=False), rows)


def test_excise_brackets_count_the_year():
    """19 990 kWh before: of 96 kWh the first 10 at 5.0329, the other 86 at 4.8188 ct."""
    rows = [(utc, 1000, 0, None) for utc in quarters("2026-03-10")]
    assert cents(manual(offtake_before_kwh=19990), rows)["excise"] == [50, 414]  # 50.329; 414.4168


def test_not_domiciled_pays_the_fund_and_injection_may_pay_the_network():
    rows = [(utc, 0, 100, None) for utc in quarters("2026-04-01", 30)]
    found = cents(manual(domiciled=False, injection_network=True), rows)
    assert found["fund"] == 1007
    assert found["injection_network"] == 53  # 288 kWh x 0.185606 = 53.45
    assert "excise" not in found and found["maximum"] == -1091  # nothing taken: nothing due for the network
