"""The month's account: two columns, kept on flash without loss, turned into what the battery earned."""

import datetime

import pytest
import zoneinfo
from hypothesis import given
from hypothesis import strategies as some

from firmware.control.months import first_quarter, month_of
from firmware.control.receipt import Account
from firmware.settings.quarters import MONTHS, Quarters
from firmware.settings.quarters_month import newest_first
from host_tests.rooms.control.lived import BEGIN_S, Lived

_MONTH = month_of(BEGIN_S)
_FIRST = first_quarter(_MONTH)


def read(folder, month=_MONTH, first=_FIRST):
    """Records of a month, oldest first."""
    return sorted(newest_first(str(folder), month, first))


def record(number, mean_w=1000, whole=True):
    return (_FIRST + number, mean_w, 10, 2 * mean_w, 20, whole)


def lived(quarters, load_w, **told):
    house = Lived(**told)
    house.control.account, records = Account(), []
    house.control.keep_quarter = records.append
    for load in [load_w] * quarters + [0]:
        house.live(900 if load else 5, load)
    return house, records


@pytest.mark.parametrize("load_w, billed_w, without", [(1100, 0, (1100, 0)), (-1200, 0, (0, 300))])
def test_both_columns_of_a_balanced_quarter(load_w, billed_w, without):
    _, records = lived(3, load_w, soc_pct=60)
    number, mean_w, export_wh, mean_without_w, export_without_wh, whole = records[-1]
    assert abs(mean_w - billed_w) <= 10 and export_wh <= 1 and whole
    assert abs(mean_without_w - without[0]) <= 5 and abs(export_without_wh - without[1]) <= 2
    assert number == BEGIN_S // 900 + 2


def test_the_billed_import_is_the_meters_own():
    house, records = lived(2, 2000, soc_pct=40)
    assert [one[1] for one in records] == pytest.approx(house.quarters[:2], abs=3)


def test_a_quarter_that_was_not_seen_whole_says_so():
    house = Lived(soc_pct=60, time_s=BEGIN_S + 500)
    house.control.account, records = Account(), []
    house.control.keep_quarter = records.append
    house.live(1310, 500)
    assert [one[5] for one in records] == [False, True]


@given(some.lists(some.tuples(some.integers(0, 2975), some.integers(0, 65535), some.booleans()), max_size=30))
def test_what_was_appended_is_read_back(rows):
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        kept, told = Quarters(folder), {}
        for number, mean_w, whole in rows:
            told[number] = (_FIRST + number, mean_w, 10, 100, 20, whole)
            kept.append(_MONTH, _FIRST, told[number])
        assert read(folder) == [told[number] for number in sorted(told)]


@pytest.mark.parametrize("cut", range(12))
def test_a_power_cut_costs_the_newest_record_at_most(tmp_path, cut):
    kept = Quarters(str(tmp_path))
    for number in range(3):
        kept.append(_MONTH, _FIRST, record(number))
    path = tmp_path / "quarters" / str(_MONTH)
    path.write_bytes(path.read_bytes()[:24 + cut])
    assert read(tmp_path) == [record(0), record(1)]
    kept.append(_MONTH, _FIRST, record(3))
    assert read(tmp_path) == [record(0), record(1), record(3)]


def test_a_spoilt_record_is_left_out_and_the_others_stay(tmp_path):
    kept = Quarters(str(tmp_path))
    for number in range(3):
        kept.append(_MONTH, _FIRST, record(number))
    path = tmp_path / "quarters" / str(_MONTH)
    spoilt = bytearray(path.read_bytes())
    spoilt[15] ^= 4
    path.write_bytes(spoilt)
    assert read(tmp_path) == [record(0), record(2)]


def test_thirteen_months_are_kept(tmp_path):
    kept = Quarters(str(tmp_path))
    for number in range(16):
        first = first_quarter(_MONTH + number)
        kept.append(_MONTH + number, first, (first, 1, 1, 1, 1, True))
    assert kept.months() == list(range(_MONTH + 16 - MONTHS, _MONTH + 16))


@pytest.mark.parametrize("number", range(2024 * 12, 2030 * 12))
def test_a_months_first_quarter_is_belgian_midnight(number):
    here = datetime.datetime(number // 12, number % 12 + 1, 1, tzinfo=zoneinfo.ZoneInfo("Europe/Brussels"))
    assert first_quarter(number) * 900 == here.timestamp()
