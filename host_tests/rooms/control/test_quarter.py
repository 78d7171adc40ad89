"""The quarter as a budget: on the meter's clock, with and without 1.4.0, at its edges; the month's peak."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from firmware.control.months import month_of
from host_tests.rooms.control.lived import BEGIN_S, Lived
from tools.replay import profile
from tools.replay.contest import TRACES
from tools.replay.drive import Ours, run
from tools.replay.plant import Battery, Meter

_PEAK_ZONE = {"soc_pct": 40}


@pytest.mark.parametrize("meter_counts", [True, False])
def test_a_spike_that_the_quarter_can_absorb_is_left_alone(meter_counts):
    house = Lived(meter_counts=meter_counts, **_PEAK_ZONE)
    house.live(700, 600)
    house.live(60, 3400)
    assert house.battery_w == 0
    house.live(140, 600)
    assert house.quarters[0] < 2500


@pytest.mark.parametrize("meter_counts", [True, False])
def test_what_lasts_is_kept_under_the_peak_and_not_far_under(meter_counts):
    house = Lived(meter_counts=meter_counts, **_PEAK_ZONE)
    house.live(900, 4200)
    assert 2350 <= house.quarters[0] <= 2500


def test_after_a_spike_beyond_the_battery_the_rest_of_the_quarter_pays():
    house = Lived(**_PEAK_ZONE)
    house.live(120, 2400)
    house.live(60, 7500)  # 2 kW more than peak and battery together
    house.live(720, 2400)
    assert house.quarters[0] <= 2500


def test_the_lost_case_limits_the_damage_and_accepts_the_new_peak():
    house = Lived(**_PEAK_ZONE)
    house.live(600, 9000)
    house.live(200, 2000)
    assert house.rule == "guard" and house.why[0] == "why_guard_lost"
    assert house.grid_w() <= 30  # at most, but exporting nothing
    house.live(100, 2000)
    assert 4000 <= house.quarters[0] == house.month_w
    house.live(60, 3500)
    assert house.battery_w == 0  # up to the new peak costs nothing more this month
    assert house.control.quarter.peak_w == house.month_w


def test_the_paid_month_peak_is_adopted_and_told():
    house = Lived(month_w=2500, **_PEAK_ZONE)
    house.live(30, 500)
    house.control.news = None
    house.month_w = 4100  # while we were away
    house.live(1, 500)
    assert house.control.news == ("peak_adopted", 4100)
    assert house.control.quarter.peak_w == 4100


def test_a_new_month_forgets_the_old_peak_although_the_meter_still_shows_it():
    end = int(datetime.datetime(2026, 1, 31, 23, 0, tzinfo=datetime.timezone.utc).timestamp())
    house = Lived(month_w=5000, time_s=end - 60, **_PEAK_ZONE)
    house.live(60, 500)
    assert house.control.quarter.peak_w == 5000
    house.used_ws, house.month_w = 0, 5000
    house.live(60, 500)
    assert house.control.quarter.peak_w == 2500


def test_a_new_month_without_the_meters_peak():
    end = int(datetime.datetime(2026, 6, 30, 22, 0, tzinfo=datetime.timezone.utc).timestamp())
    house = Lived(meter_counts=False, time_s=end - 1800, **_PEAK_ZONE)
    house.live(900, 8000)
    house.live(60, 500)
    assert house.control.quarter.peak_w > 4000
    house.live(900, 500)
    assert house.control.quarter.peak_w == 2500


@pytest.mark.parametrize("meter_counts", [True, False])
def test_a_start_in_mid_quarter_knows_or_fears_what_was_used(meter_counts):
    house = Lived(time_s=BEGIN_S + 600, meter_counts=meter_counts, **_PEAK_ZONE)
    house.used_ws = 2400 * 600
    house.live(10, 300)
    house.live(290, 4500)
    assert house.quarters[0] <= 2500


def test_without_the_register_it_is_said():
    house = Lived(meter_counts=False, **_PEAK_ZONE)
    house.live(1, 500)
    assert house.control.quarter.rebuilt and house.control.news == ("quarter_rebuilt",)


def test_without_a_clock_the_peak_is_kept_literally():
    house = Lived(**_PEAK_ZONE)
    house.live(60, 4000, meter_time=None)
    assert abs(house.grid_w() - 2485) <= 30


def test_strict_is_the_literal_clamp():
    house = Lived(strict=True, **_PEAK_ZONE)
    house.live(600, 600)
    house.live(30, 3400)
    assert abs(house.grid_w() - 2485) <= 30


def test_a_clock_that_jumps_is_a_reason_to_rest_and_passes():
    house = Lived(soc_pct=60)
    house.live(60, 800)
    house.time_s += 400
    assert house.live(1, 800).power_w is None and house.why == ("why_clock_jump",)
    assert abs(house.live(20, 800).power_w - 800) <= 15


def test_summer_time_is_no_jump_because_time_is_counted_in_utc():
    change = int(datetime.datetime(2026, 3, 29, 1, 0, tzinfo=datetime.timezone.utc).timestamp())
    house = Lived(time_s=change - 30, soc_pct=60)
    house.live(90, 800)
    assert house.rule == "balance"


@given(some.integers(946684800 + 86400 * 61, 4102444800 - 86400))
def test_months_are_belgian(epoch_s):
    import zoneinfo
    local = datetime.datetime.fromtimestamp(epoch_s, zoneinfo.ZoneInfo("Europe/Brussels"))
    assert month_of(epoch_s) == local.year * 12 + local.month - 1


@pytest.mark.parametrize("share, most_w", [(2.0, 2650), (2.5, 3340), (3.0, 4240)])
def test_spikes_beyond_the_battery_end_lower_than_the_clamp_and_the_measured_guard(share, most_w):
    rows = profile.rows(TRACES / "rae_household.csv")
    # The literal clamp on the same rows ends at 2.86, 3.65 and 4.41 kW (facts: ems 4.9 c).
    clamped = [max(min(row[1] * share, 2500), row[1] * share - 3000) for row in rows]
    worst = max(sum(clamped[i:i + 900]) / 900 for i in range(0, len(clamped), 900))
    assert worst > most_w
    law = Ours({"control.min_soc_pct": 10, "control.buffer_pct": 80})
    scaled = [(1, int(row[1] * share), 0) for row in rows]
    found = run(scaled, law, Battery(60000, 3000, 80, 1000, 1500), Meter(BEGIN_S))
    assert found["month_peaks_w"][0] <= most_w


@settings(max_examples=60)
@given(some.lists(some.integers(0, 100), min_size=15, max_size=40), some.integers(0, 6),
       some.sampled_from((300, 1500, 10000)), some.integers(2500, 6000), some.integers(35, 40))
def test_no_quarter_ends_above_the_peak_the_battery_can_hold(minutes, delay_s, ramp_w_s, peak_w, soc_pct):
    """Each minute's load less what the battery can give is under the peak, at any dead time and ramp."""
    law = Ours({"control.dead_ms": delay_s * 1000, "control.desired_peak_w": peak_w})
    battery, meter = Battery(24000, 3000, soc_pct, delay_s * 1000, ramp_w_s), Meter(BEGIN_S)
    loads = [share * (peak_w + 2700) // 100 for share in minutes]
    run([(1, 500, 0)] * 15 + [(1, load_w, 0) for load_w in loads for _ in range(60)], law, battery, meter)
    assert max([peak[1] for peak in meter.peaks] or [0]) <= peak_w
