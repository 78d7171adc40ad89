"""Belgian time against the zone database of the desk, and the two-rate meter's hours."""

import datetime

import pytest
import zoneinfo

from firmware.tariff import brussels
from firmware.tariff.faults import TariffFault
from firmware.tariff.regime import is_peak, peak_at

ZONE = zoneinfo.ZoneInfo("Europe/Brussels")


def test_dates_and_midnights_of_a_century_and_of_thirty_years():
    day = datetime.date(1970, 1, 1)
    for number in range(0, 47000, 3):
        when = day + datetime.timedelta(number)
        assert brussels.date(number) == (when.year, when.month, when.day)
        assert brussels.days(when.year, when.month, when.day) == number
        assert brussels.weekday(number) == when.weekday()
        if 2010 <= when.year < 2040:
            assert brussels.midnight(number) == datetime.datetime(
                when.year, when.month, when.day, tzinfo=ZONE).timestamp()


@pytest.mark.parametrize("text, quarters", [
    ("2026-03-29", 92), ("2026-10-25", 100), ("2026-03-28", 96), ("2027-03-28", 92), ("2025-10-26", 100)])
def test_days_of_92_and_100_quarters(text, quarters):
    assert brussels.quarters(brussels.read_date(text)) == quarters


def test_every_hour_around_the_clock_changes():
    for year in range(2020, 2035):
        for month in (3, 10):
            begin = int(datetime.datetime(year, month, 24, tzinfo=datetime.timezone.utc).timestamp())
            for utc in range(begin, begin + 8 * 86400, 1800):
                shown = datetime.datetime.fromtimestamp(utc, ZONE)
                day, minute = brussels.local(utc)
                assert brussels.date(day) == (shown.year, shown.month, shown.day)
                assert minute == shown.hour * 60 + shown.minute


def test_months_know_their_length():
    assert brussels.month_days(brussels.read_date("2028-02-10")) == (brussels.read_date("2028-02-01"), 29)
    assert brussels.month_days(brussels.read_date("2026-12-31")) == (brussels.read_date("2026-12-01"), 31)


@pytest.mark.parametrize("text", [
    "2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "", "2026/01/01", "2026-0\u00b2-01",
                                  "abcd-ef-gh"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(TariffFault) as caught:
        brussels.read_date(text)
    assert caught.value.word == "date_wrong"


def test_day_rate_on_weekdays_from_seven_to_ten():
    friday = brussels.read_date("2026-05-01")  # a public holiday: the meter's clock knows none
    assert not is_peak(friday, 419) and is_peak(friday, 420) and is_peak(friday,
                                                                         1319) and not is_peak(friday, 1320)
    assert not any(is_peak(friday + away, 720) for away in (1, 2)) and is_peak(friday + 3, 720)
    assert is_peak(friday, 6 * 60, starts=6) and not is_peak(friday, 21 * 60, starts=6)


def test_the_day_rate_follows_the_clock_on_the_wall():
    # Monday 30 March 2026, the day after summer time began: 7 h is 05:00 UTC; the Friday before it was 06:00.
    monday = brussels.midnight(brussels.read_date("2026-03-30"))
    friday = brussels.midnight(brussels.read_date("2026-03-27"))
    assert monday % 86400 == 22 * 3600 and friday % 86400 == 23 * 3600
    for midnight in (monday, friday):
        assert not peak_at(midnight + 7 * 3600 - 1) and peak_at(midnight + 7 * 3600)
