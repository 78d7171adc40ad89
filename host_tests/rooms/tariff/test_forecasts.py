"""Weather services' answers, whole and spoilt; the sun against an almanac; what a house learns of itself."""

import json
import math
import random
import sys
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from answers import asked
from household import day

from firmware.tariff import brussels, sun
from firmware.tariff.faults import TariffFault
from firmware.tariff.forecast_solar import ForecastSolar
from firmware.tariff.household_load import HouseholdLoad
from firmware.tariff.open_meteo import OpenMeteo
from firmware.tariff.yields import Yields

FIXTURES = Path(__file__).parents[2] / "fixtures" / "prices"
FIRST, UNTIL = asked()
WATTS = [max(-2.4, 900 * math.sin((at - 24) / 48 * math.pi)) for at in range(96)]


def read(reader, data, pieces=()):
    at = 0
    try:
        for size in pieces:
            reader.feed(data[at:at + size])
            at += size
        reader.feed(data[at:])
        return list(reader.end().values)
    except TariffFault as fault:
        return fault.word


def meteo(first=FIRST + 900, watts=WATTS, place=(50.86, 4.34), unit="W/m²", **more):
    """An answer: a value stands at the end of its quarter; a day before and after come along."""
    whole = [0] * 96 + list(watts) + [0] * 96
    block = {"time": [first + (at - 96) * 900 for at in range(len(whole))], "global_tilted_irradiance": whole}
    block.update(more)
    return json.dumps({
        "latitude": place[0], "longitude": place[1], "elevation": 22.0, "timezone": "GMT",
        "minutely_15_units": {"time": "unixtime", "global_tilted_irradiance": unit},
        "minutely_15": block}, ensure_ascii=False).encode()


def from_meteo(data, pieces=()):
    return read(OpenMeteo(FIRST, UNTIL, 50850, 4350), data, pieces)


def test_open_meteo_s_values_belong_to_the_quarter_before_their_time():
    assert from_meteo(meteo()) == [max(0, int(math.floor(watts + 0.5))) for watts in WATTS]


@pytest.mark.parametrize("word, data", [
    ("forecast_place", meteo(place=(52.1, 4.34))), ("forecast_unit", meteo(unit="kW/m²")),
    ("forecast_wild", meteo(watts=[5000] * 96)), ("forecast_hole", meteo(watts=[None] * 96)),
    ("forecast_count", meteo(time=[FIRST, FIRST + 900])), ("forecast_day", meteo(first=FIRST + 450)),
    ("forecast_twice", meteo(time=[FIRST, FIRST])), ("forecast_hole", meteo(time=[FIRST, FIRST + 3600])),
    ("forecast_hole", meteo(watts=WATTS[:50] + WATTS[:-46])[:0] or meteo(first=FIRST - 86400 * 1 - 900 * 50)),
    ("forecast_none", meteo(first=FIRST + 9 * 86400)), ("answer_cut", meteo()[:-9]), ("answer_not_json",
                                                                                      b"busy"),
    ("forecast_none", b'{"error":true,"reason":"limit"}')])
def test_a_spoilt_answer_of_open_meteo(word, data):
    assert from_meteo(data) == word


SOLAR = (FIXTURES / "forecast_solar.json").read_bytes()


def test_forecast_solar_keeps_each_day_s_sum():
    wanted = json.loads(SOLAR)["result"]["watt_hours_day"]
    for text, sum_wh in wanted.items():
        quarters = read(ForecastSolar(*asked(text)), SOLAR)
        assert len(quarters) == 96 and sum(quarters) == sum_wh
        assert not any(quarters[:24]) and not any(quarters[85:])  # before 6:00 and after 21:15 it is dark
    # 26 April: 825 Wh between 10:00 and 11:00, a quarter of it each
    assert sorted(read(ForecastSolar(*asked("2024-04-26")), SOLAR)[40:44]) == [206, 206, 206, 207]


@pytest.mark.parametrize("word, data", [
    ("forecast_limit", (FIXTURES / "forecast_solar_limit.json").read_bytes()), ("answer_cut", SOLAR[:-5]),
    ("forecast_limit", b'{"result":[],"message":{"code":400}}'), ("forecast_none", b'{"result":{}}'),
    ("forecast_twice", SOLAR.replace(b"2024-04-26T08:00", b"2024-04-26T07:00")),
    ("date_wrong", SOLAR.replace(b"2024-04-26T08:00:00+02:00", b"soon")),
    ("forecast_wild", SOLAR.replace(b": 376,", b": -376,")), ("number_wrong", SOLAR.replace(b": 376,",
                                                                                            b": null,")),
    ("forecast_hole", b'{"result":{"watt_hours_period":{"2024-04-26T06:00:00+02:00":0,'
                      b'"2024-04-26T12:00:00+02:00":5}}}')])
def test_a_spoilt_answer_of_forecast_solar(word, data):
    assert read(ForecastSolar(*asked("2024-04-26")), data) == word


def test_yesterday_s_answer_is_no_forecast():
    assert read(ForecastSolar(*asked("2024-04-29")), SOLAR) == "forecast_none"


@settings(max_examples=40)
@given(st.lists(st.integers(0, 900), max_size=12))
def test_every_split_reads_the_same(pieces):
    whole = meteo()
    assert from_meteo(whole, pieces) == from_meteo(whole)
    span = asked("2024-04-26")
    assert read(ForecastSolar(*span), SOLAR, pieces) == read(ForecastSolar(*span), SOLAR)


@settings(max_examples=100)
@given(st.data())
def test_a_damaged_answer_is_read_or_refused(data):
    for whole, reader in ((meteo(), OpenMeteo(FIRST, UNTIL, 50850, 4350)),
                          (SOLAR, ForecastSolar(*asked("2024-04-26")))):
        at = data.draw(st.integers(0, len(whole)))
        damaged = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + data.draw(st.integers(0, 40)):]
        result = read(reader, damaged)
        assert isinstance(result, str) or len(result) == 96


def almanac(utc, latitude, longitude):
    """The sun by the Astronomical Almanac's low-precision formulas (0.01 degree): an independent witness."""
    n = utc / 86400 + 2440587.5 - 2451545.0
    mean, anomaly = (280.460 + 0.9856474 * n) % 360, math.radians((357.528 + 0.9856003 * n) % 360)
    ecliptic = math.radians(mean + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly))
    tilt = math.radians(23.439 - 4e-7 * n)
    right = math.atan2(math.cos(tilt) * math.sin(ecliptic), math.cos(ecliptic))
    down = math.asin(math.sin(tilt) * math.sin(ecliptic))
    sidereal = math.radians((280.46061837 + 360.98564736629 * n + longitude) % 360)
    angle, north = sidereal - right, math.radians(latitude)
    elevation = math.asin(math.sin(north) * math.sin(down)
                          + math.cos(north) * math.cos(down) * math.cos(angle))
    azimuth = math.atan2(-math.cos(down) * math.sin(angle), math.cos(north) * math.sin(down)
                         - math.sin(north) * math.cos(down) * math.cos(angle))
    return math.degrees(elevation), math.degrees(azimuth) % 360


def test_the_sun_stands_where_the_almanac_has_it():
    chance = random.Random(5)
    for _ in range(2000):
        utc = chance.randrange(day("2025-01-01"), day("2035-01-01"))
        elevation, azimuth = (math.degrees(angle) for angle in sun.position(utc, 50.85, 4.35))
        right, bearing = almanac(utc, 50.85, 4.35)
        assert abs(elevation - right) < 0.2
        assert right > 60 or abs((azimuth - bearing + 180) % 360 - 180) < 0.3


def test_a_clear_day_in_belgium():
    south, east = [(10, 400, 180, 35)], [(10, 400, 90, 35)]

    def of_day(text, groups):
        return sum(sun.slot_wh(utc, 900, 50.85, 4.35, groups) for utc in range(day(text), day(text) + 86400,
                                                                               900))

    june, december = of_day("2026-06-21", south), of_day("2026-12-21", south)
    assert 22000 < june < 30000 and 6000 < december < 13000  # 4 kWp: about 6.5 and 2.3 kWh per kWp at best
    assert of_day("2026-06-21", south + east) == pytest.approx(june + of_day("2026-06-21", east), abs=96)
    morning = sum(sun.slot_wh(day("2026-06-21") + hour * 3600, 3600, 50.85, 4.35, east) for hour in range(14))
    assert morning > 0.65 * of_day("2026-06-21", east)
    assert sun.slot_wh(day("2026-06-21"), 900, 50.85, 4.35, south) == 0


def test_floats_of_24_bits_are_enough(monkeypatch):
    groups = [(9, 415, 215, 40), (5, 380, 90, 12)]
    times = [day("2026-04-01") + step * 5400 for step in range(16 * 60)]
    exact = [sun.slot_wh(utc, 900, 50.85, 4.35, groups) for utc in times]
    single = numpy.float32
    for name in ("sin", "cos", "asin", "exp"):
        function = getattr(math, name)
        monkeypatch.setattr(sun, name, lambda value, function=function: single(function(single(value))))
    monkeypatch.setattr(sun, "atan2", lambda over, under: single(math.atan2(single(over), single(under))))
    monkeypatch.setattr(sun, "pi", single(math.pi))
    monkeypatch.setattr(sun, "_RADIAN", single(math.pi / 180))
    rough = [sun.slot_wh(utc, 900, single(50.85), single(4.35), groups) for utc in times]
    assert max(exact) > 800 and max(abs(one - other) for one, other in zip(exact, rough)) <= 1


def test_a_house_learns_its_shade_and_the_weather_of_late():
    yields = Yields()
    assert yields.expect(12, 1000) == 500  # nothing seen: half a clear sky
    for _ in range(40):
        for hour in range(6, 20):
            for _ in range(4):
                yields.learn(hour, 500, 100 if hour >= 15 else 400)  # a tree in the afternoon
                yields.learn_online(hour, 450, 100 if hour >= 15 else 400)  # of which no service knows
        yields.close_day()
    assert yields.expect(10, 500, 2) == pytest.approx(400, rel=0.05)
    assert yields.expect(16, 500, 2) == pytest.approx(100, rel=0.1)
    assert yields.online(10, 900) == pytest.approx(800, rel=0.03) and yields.online(16, 900) < 350
    assert yields.online(3, 900) == 900  # nothing held against it: believed
    for _ in range(4):
        for hour in range(6, 20):
            for _ in range(4):
                yields.learn(hour, 500, 40)  # dull days
        yields.close_day()
    assert yields.expect(10, 1000) < 0.75 * yields.expect(10, 1000, 2)
    yields.learn(10, 0, 500)
    yields.learn(10, 500, None)
    assert yields.expect(3, 0) == 0


def test_a_house_learns_its_week():
    load = HouseholdLoad(3500)
    monday = brussels.read_date("2026-05-04")
    week = sum(load.expect(monday + away, quarter) for away in range(7) for quarter in range(96))
    assert week == pytest.approx(3500000 * 7 / 365.25, rel=0.02)  # cold: a standard week
    for away in range(56):  # washing on Wednesdays
        for quarter in range(96):
            wh = 50 + (400 if (monday + away + 3) % 7 == 2 and 72 <= quarter < 80 else 0)
            load.learn(monday + away, quarter, wh)
    # The weekday weighs as much as the four others: half of what Wednesdays add, an eighth on the others.
    assert load.expect(monday + 58, 75) == 250 and load.expect(monday + 57, 75) == 100
    assert load.expect(monday + 61, 75) == 50  # a Saturday knows nothing of it
    assert load.expect(monday + 58, 71) == 100  # a quarter before: it may begin early
    again = HouseholdLoad()
    assert again.unpack(load.pack()) and again.expect(monday + 58, 75) == 250
    assert not again.unpack(load.pack()[:-1]) and len(load.pack()) == 1351
    load.learn(monday, 0, None)


def test_one_odd_day_does_not_rule_and_a_new_habit_wins():
    load = HouseholdLoad()
    monday = brussels.read_date("2026-05-04")
    for week in range(10):
        load.learn(monday + 7 * week, 95, 100)
    load.learn(monday + 70, 95, 2000)
    assert load.expect(monday + 77, 95) < 450
    for week in range(11, 40):
        load.learn(monday + 7 * week, 95, 300)
    assert load.expect(monday, 95) == pytest.approx(300, abs=3)


def test_a_weekday_not_yet_seen_takes_its_kind():
    load = HouseholdLoad()
    monday = brussels.read_date("2026-05-04")
    load.learn(monday, 40, 777)
    assert load.expect(monday + 1, 40) == 777 and load.expect(monday + 5, 40) == load.standard(5, 40)
