"""The replayed house: its meter's civil clock, a car and a boiler under one budget."""

import datetime
import json

import pytest
import zoneinfo
from hypothesis import given
from hypothesis import strategies as some

from tools.replay import __main__ as replay
from tools.replay import profile
from tools.replay.civil import Clock
from tools.replay.contest import TRACES
from tools.replay.drive import Ours, run
from tools.replay.flexible import Boiler, Charger
from tools.replay.plant import Battery, Meter

_BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")
_BUFFERED = {"control.dead_ms": 500, "control.buffer_pct": 20}


def utc(*moment):
    return int(datetime.datetime(*moment, tzinfo=datetime.timezone.utc).timestamp())


@given(some.integers(946684800 + 86400, 4102444800 - 86400))
def test_the_meter_shows_belgian_time(epoch_s):
    here = datetime.datetime.fromtimestamp(epoch_s, _BRUSSELS)
    letter = "S" if here.utcoffset() == datetime.timedelta(hours=2) else "W"
    assert Clock().stamp(epoch_s).decode() == here.strftime("%y%m%d%H%M%S") + letter
    assert Clock().month(epoch_s) == here.year * 12 + here.month - 1


@pytest.mark.parametrize("change_s, shown", [
    (utc(2026, 3, 29, 1), (b"260329015959W", b"260329030000S")),
    (utc(2026, 10, 25, 1), (b"261025025959S", b"261025020000W")),
])
def test_a_clock_change_is_no_jump_and_ends_no_quarter_early(change_s, shown):
    law, battery, meter = Ours(_BUFFERED), Battery(60000, 3000, 35, 0, 6000), Meter(change_s - 1800)
    assert (meter._clock.stamp(change_s - 1), meter._clock.stamp(change_s)) == shown
    run([(1, 3600, 0)] * 5400, law, battery, meter)
    assert [one[1] for one in law.told if one[0] > 10].count("safe") == 0
    assert 2300 <= meter.peaks[0][1] <= 2500 and len(meter.peaks) == 1


@pytest.mark.parametrize("midnight_s", [utc(2026, 3, 31, 22), utc(2026, 10, 31, 23)])
def test_the_month_ends_at_belgian_midnight(midnight_s):
    law, battery, meter = Ours(_BUFFERED), Battery(60000, 3000, 35, 0, 6000), Meter(midnight_s - 900)
    run([(1, 7000, 0)] * 900 + [(1, 4000, 0)] * 900, law, battery, meter)
    (first, high_w), (second, low_w) = meter.peaks
    assert second == first + 1 and high_w > 3500 and low_w <= 2500


def lived(mode, rows, device, soc_pct=60, **told):
    law = Ours(dict(_BUFFERED, **told), [(mode, device)])
    battery, meter = Battery(7200, 3000, soc_pct, 1000, 1500), Meter(utc(2026, 1, 5, 17))
    return run(rows, law, battery, meter), meter


@pytest.mark.parametrize("mode, house_w, sun_w, least_wh, most_wh, peak_w", [
    ("turbo", 400, 0, 1700, 1900, 2500),
    ("turbo", 1900, 0, 0, 0, 2500),
    ("eco", 400, 0, 0, 0, 2500),
    ("eco", 400, 3400, 2400, 3000, 20),
    ("max", 400, 0, 7000, 7400, 9000),
    ("block", 400, 3400, 0, 0, 20),
])
def test_a_car_gets_what_its_mode_says_and_the_guard_leaves(mode, house_w, sun_w, least_wh, most_wh, peak_w):
    found, meter = lived(mode, [(1, house_w, sun_w)] * 3600, Charger(7400, 20000))
    assert least_wh <= found["flexible_wh"]["charger"] <= most_wh
    assert max(peak[1] for peak in meter.peaks) <= peak_w


def test_a_boiler_with_a_relay_waits_for_sun_that_lasts():
    boiler = Boiler(2000, 1500)
    cloudy = [(1, 300, 2900 if second % 240 < 120 else 500) for second in range(3600)]
    found, _ = lived("eco", cloudy, boiler)
    assert found["flexible_wh"]["boiler"] == 0
    found, _ = lived("eco", [(1, 300, 2900)] * 3600, boiler)
    assert found["flexible_wh"]["boiler"] >= 1400


@pytest.mark.parametrize("text, said", [
    ("fast", "eco, turbo, max, block"), ("turbo:much", "MODE:W:NUMBER"), ("turbo:0", "MODE:W:NUMBER"),
    ("eco:1:2:3", "MODE:W:NUMBER")])
def test_a_load_that_cannot_be_played_is_named(capsys, text, said):
    assert replay.main(["--drawn", "1", "--car", text]) == 2
    assert said in capsys.readouterr().err


def test_the_command_plays_car_and_boiler(tmp_path):
    out = tmp_path / "found.json"
    assert replay.main(["--profile", str(TRACES / "cyprus_netload.csv"), "--car", "eco:3680:5", "--boiler",
                        "turbo:2000:400", "--start", "2026-06-01T06:00", "--json", str(out)]) == 0
    summary = json.loads(out.read_text())["summary"]
    assert set(summary["flexible_wh"]) == set(summary["waiting_wh"]) == {"charger", "boiler"}
    assert summary["flexible_wh"]["boiler"] > 1000


def test_prices_of_a_profile_are_counted_the_same_in_micropython(tmp_path):
    told = tmp_path / "house.csv"
    rows = ["{},1000,0,{}".format(60 * minute, 300 if minute < 60 else -20.5) for minute in range(120)]
    told.write_text("t_s,load_w,pv_w,price_eur_mwh\n" + "\n".join(rows) + "\n")
    found = []
    for more in ([], ["--vm"]):
        out = tmp_path / "found.json"
        assert replay.main(["--profile", str(told), "--json", str(out)] + more) == 0
        found.append(json.loads(out.read_text())["summary"])
    assert found[0] == found[1]
    assert found[0]["market_without_battery_ueur"] == -20500 + 300000  # a kWh an hour
    assert 0 > found[0]["market_ueur"] - found[0]["market_without_battery_ueur"] > -300000


def test_a_price_that_is_none_is_refused_by_line(tmp_path, capsys):
    told = tmp_path / "house.csv"
    told.write_text("t_s,load_w,pv_w,price_eur_mwh\n0,1,1,50\n60,1,1,nan\n120,1,1,4\n")
    assert replay.main(["--profile", str(told)]) == 2
    assert ":3:" in capsys.readouterr().err


def test_a_drawn_house_is_the_same_for_the_same_seed():
    begin_s = utc(2026, 3, 28)
    first, again, other = [list(profile.drawn(2, seed, begin_s)) for seed in (5, 5, 6)]
    assert len(first) == 2880 and first == again != other
    assert max(row[2] for row in first) > 500 and min(row[1] for row in first) > 0


def test_days_of_minutes_over_a_clock_change_keep_the_peak(tmp_path):
    out = tmp_path / "found.json"
    assert replay.main(["--drawn", "2", "--start", "2026-03-28T12:00", "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    assert found["summary"]["seconds"] == 172800 and max(found["summary"]["month_peaks_w"]) <= 2500
    assert [one[1] for one in found["journal"]].count("safe") == 1
