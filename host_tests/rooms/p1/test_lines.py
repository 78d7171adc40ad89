"""Single lines: numbers, times, months, texts, devices; what is odd in the field and what it must give."""

import datetime

import pytest
import zoneinfo
from hypothesis import given
from hypothesis import strategies as st

from firmware.core.readings import Meter
from firmware.p1 import clock, codes, grid, obis
from firmware.p1.changed import hexed, message
from firmware.p1.values import Values
from host_tests.rooms.p1.reader import Reader, read, sealed

OLDEST = 1420070400  # 2015-01-01


def one(*lines):
    """The reading of a telegram with these lines and a right checksum."""
    found, = read(sealed(b"/FLU5\\253769484_A\r\n\r\n" + b"\r\n".join(lines) + b"\r\n!"))
    assert found["crc"] == "ok"
    return found


def number(text, bare=3):
    values = Values()
    values.buffer = text + b"\r\n!"
    values.end = len(text)
    return values.number(bare)


@pytest.mark.parametrize("text, value", [
    (b"00.153*kW)", 153), (b"009087.306*kWh)", 9087306), (b"0000.59*kW)", 590), (b"233.0*V)", 233000),
    (b"002*A)", 2000), (b"000.63*A)", 630), (b"000000621*W)", 621), (b"000326641*Wh)", 326641),
    (b"01.234kW)", 1234), (b"00007.506)", 7506), (b"240.860*GJ)", 240860), (b"12*MJ)", 12),
    (b"-063*A)", -63000), (b"0.1239*kW)", 123),
    (b"999999.999*kWh)", 999999999), (b"4294967.296*kWh)", 4294967296),
    (b")", None), (b"*kW)", None), (b"-)", None), (b".)", None), (b"1x)", None), (b"12", None),
    (b"1" * 14 + b"*kW)", None), (b"9" * 2000 + b"*kW)", None),
    (b"1.2.3*kW)", None), (b"xxx)", None), (b"50.00*Hz)", None),
])
def test_numbers(text, value):
    assert number(text) == value


def test_a_count_has_no_decimals():
    assert number(b"0001)", 0) == 1


@given(st.integers(OLDEST, 2871763199), st.booleans())
def test_any_time_by_its_flag(seconds, summer):
    """S is UTC+2, W is UTC+1, whatever the season: Sweden prints W all year."""
    zone = datetime.timezone(datetime.timedelta(hours=2 if summer else 1))
    local = datetime.datetime.fromtimestamp(seconds, zone)
    if 2015 <= local.year <= 2060:
        stamp = local.strftime("%y%m%d%H%M%S").encode() + (b"S" if summer else b"W")
        assert clock.epoch(stamp, 0, True) == seconds


@given(st.integers(OLDEST + 3600, 2871759599))
def test_any_time_without_a_flag(seconds):
    """DSMR 2.2 and 3.0: the zone's rule. Of the hour that October has twice, the second is meant."""
    zone = zoneinfo.ZoneInfo("Europe/Amsterdam")
    local = datetime.datetime.fromtimestamp(seconds, zone)
    expect = int(local.replace(fold=1).timestamp())
    assert clock.epoch(local.strftime("%y%m%d%H%M%S").encode() + b")", 0, False) == expect


@pytest.mark.parametrize("stamp, seconds", [(b"251026025959S", 1761440399), (b"251026020000W", 1761440400)])
def test_the_hour_that_october_has_twice(stamp, seconds):
    assert clock.epoch(stamp, 0, True) == seconds


@pytest.mark.parametrize("stamp", [
    b"632525252525W", b"632525252525S", b"000101000001W", b"700101010000W", b"000000000000W",
    b"000101010000W", b"141231235959W", b"610101000000W", b"240230120000W", b"230229120000W",
    b"240001120000W", b"241301120000W", b"240431120000W", b"240101240000W", b"240101126000W",
    b"240101120060W", b"240101120000X", b"24010112000aW",
])
def test_times_that_are_none(stamp):
    assert clock.epoch(stamp, 0, True) is None


def test_an_ended_month():
    assert clock.month(b"240101000000W", 0) == 202312
    assert clock.month(b"230701000000S", 0) == 202306
    assert clock.month(b"230712153000S", 0) == 202307
    assert clock.month(b"632525252525W", 0) is None


@pytest.mark.parametrize("raw, text", [
    (b"3153414733313030313338373236", "1SAG3100138726"), (b"ADC3100000158491", "ADC3100000158491"),
    (b"", None),
    (b"2D2D2D2D", None), (b"0000000000", None), (b"20202020", None), (b"xxx", "xxx"), (b"4A4", "4A4"),
    (b"353431343430303132333435363738393030", "541440012345678900"), (b"\xff\x00", "??"),
])
def test_texts(raw, text):
    assert hexed(raw) == text


def test_a_message_may_have_accents():
    assert message("Coupure prévue".encode().hex().upper().encode()) == "Coupure prévue"
    assert message("café".encode("latin-1").hex().encode()) == "café"
    assert message(b"") is None


def test_codes():
    assert codes.key(b"1-0:1.8.1(", 0) == 1 << 28 | 1 << 14 | 8 << 7 | 1
    table = obis.table()
    assert table[codes.key(b"0-0:96.3.10(", 0)] != table.get(codes.key(b"0-1:96.3.10(", 0))
    for odd in (b"1,0:2.7.0(", b"(00000.000)", b"1-0:1.8(", b"1-0:1.8.128(", b"k0.000*kW)", b"9-0:1.8.1("):
        assert codes.key(odd, 0) == -1, odd


def test_relays_are_not_the_breaker():
    """50221: 0-1:96.3.10 ends as the breaker's code does."""
    found = one(b"0-0:96.3.10(1)", b"0-1:96.3.10(0)", b"0-4:96.3.10(0)")
    assert found["breaker"] == 1


@pytest.mark.parametrize("line, name, value", [
    (b"0-0:17.0.0(999.9*kW)", "limiter_w", None), (b"0-0:17.0.0(99.999*kW)", "limiter_w", None),
    (b"0-0:17.0.0(0999.00*kW)", "limiter_w", None), (b"0-0:17.0.0(016*A)", "limiter_w", None),
    (b"0-0:17.0.0(90.000*kW)", "limiter_w", 90000), (b"0-0:17.0.0(069.0*kVA)", "limiter_w", 69000),
    (b"1-0:31.4.0(999*A)", "fuse_ma", None), (b"1-0:31.4.0(999.99*A)", "fuse_ma", None),
    (b"1-0:31.4.0(040*A)", "fuse_ma", 40000), (b"1-1:31.4.0(100*A)(-063*A)", "fuse_ma", 100000),
    (b"0-0:96.1.2()", "ean", None), (b"0-0:96.13.0()", "message", None), (b"0-0:96.14.0(0002)", "tariff", 2),
    (b"1-0:1.6.0(632525252525W)(00.000*kW)", "month_peak_w", None), (b"1-0:1.4.0(00.000*kW)", "demand_w", 0),
])
def test_one_line(line, name, value):
    assert one(line)[name] == value


def test_totals_serve_where_there_are_no_tariffs():
    found = one(b"1-0:1.8.0(000025.653*kWh)", b"1-0:2.8.0(000000.040*kWh)")
    assert (found["import_t1_wh"], found["import_t2_wh"], found["export_t1_wh"]) == (25653, None, 40)
    found = one(b"1-0:1.8.0(000326641*Wh)", b"1-0:1.8.1(000230515*Wh)", b"1-0:1.8.2(000096126*Wh)")
    assert (found["import_t1_wh"], found["import_t2_wh"]) == (230515, 96126)


def test_history():
    rows = b"(240201000000W)(240126200000W)(03.966*kW)(240101000000W)(231224193000W)(04.328*kW)"
    head = b"(1-0:1.6.0)(1-0:1.6.0)"
    expect = [["2023-12", 4328, 1703442600], ["2024-01", 3966, 1706295600]]
    assert one(b"0-0:98.1.0(2)" + head + rows)["history"] == expect
    assert one(b"0-0:98.1.0(13)" + head + rows)["history"] == expect
    assert one(b"0-0:98.1.0(12)")["history"] == []
    assert one(b"0-0:98.1.0(0)" + head + b"()")["history"] == []
    assert one(b"0-0:98.1.0()")["history"] is None
    assert one(b"0-0:98.1.0(230701000000S)(000040.777*kWh)(000008.950*kWh)")["history"] is None
    holed = b"(230801000000S)(632525252525W)(00.000*kW)(251101000000W)(251029190000W)(03.225*kW)(2512"
    assert one(b"0-0:98.1.0(3)" + head + holed)["history"] == [["2025-10", 3225, 1761760800]]


def gas_and_water(first, second):
    return one(b"0-1:24.1.0(%s)" % first, b"0-1:96.1.1(4131)", b"0-1:24.2.3(240708200459S)(00001.000*m3)",
               b"0-2:24.1.0(%s)" % second, b"0-2:96.1.1(4232)", b"0-2:24.2.1(240708200500S)(00002.000*m3)")


def test_devices_go_by_their_type():
    assert gas_and_water(b"003", b"007")["gas"] == {"serial": "A1", "litres": 1000, "time": 1720461899}
    found = gas_and_water(b"007", b"003")
    assert (found["water"]["serial"], found["gas"]["serial"]) == ("A1", "B2")


def test_of_two_the_one_read_last():
    found = gas_and_water(b"003", b"003")
    assert found["gas"]["serial"] == "B2" and found["water"] is None


def test_not_read_yet_is_no_reading():
    for value in (b"(632525252525W)(00000.000)", b"(700101010000W)(00000000)", b"(632525252525W)()", b"()()"):
        assert one(b"0-1:24.1.0(003)", b"0-1:24.2.3" + value)["gas"] is None
    assert one(b"0-1:24.1.0(003)", b"0-1:24.2.3(632525252525W)(00012.000*m3)")["gas"]["litres"] == 12000


def test_the_type_may_come_last():
    found = one(b"0-3:24.2.1(240708200459S)(00001.500*GJ)", b"0-3:96.1.0(43)", b"0-3:24.1.0(004)")
    assert found["heat"] == {"serial": "C", "mj": 1500, "time": 1720461899}


def test_heat_is_energy_and_gas_is_volume():
    found = one(b"0-3:24.1.0(012)", b"0-3:96.1.0(43)", b"0-3:24.2.1(240708200459S)(00001.500*GJ)")
    assert found["heat"] == {"serial": "C", "mj": 1500, "time": 1720461899}
    assert one(b"0-1:24.1.0(003)", b"0-1:24.2.1(240708200459S)(00001.500*GJ)")["gas"] is None
    assert one(b"0-1:24.1.0(004)", b"0-1:24.2.1(240708200459S)(00001.500*m3)")["heat"] is None


def test_delta_grid():
    meter = Meter()
    assert grid.is_delta(meter) is None
    meter.voltage_mv, meter.current_ma = [233000, 0, 233900], [630, 750, 1030]
    assert grid.is_delta(meter) is True
    meter.voltage_mv = [234300, 233000, 233400]
    assert grid.is_delta(meter) is False
    meter.voltage_mv = [234300]
    assert grid.is_delta(meter) is None


def test_lists_are_used_again_and_shrink():
    """In place for the same phases; a meter with fewer phases gets lists of its own."""
    reader = Reader()
    three = sealed(b"/FLU5\\2\r\n\r\n1-0:32.7.0(230.0*V)\r\n1-0:52.7.0(231.0*V)\r\n1-0:72.7.0(232.0*V)\r\n!")
    single = sealed(b"/FLU5\\2\r\n\r\n1-0:32.7.0(229.0*V)\r\n!")
    reader.feed(three)
    first = reader.meter.voltage_mv
    reader.feed(three)
    assert reader.meter.voltage_mv is first == [230000, 231000, 232000]
    assert reader.feed(single).meter.voltage_mv == [229000]
    assert reader.feed(sealed(b"/FLU5\\2\r\n\r\n!")).meter.voltage_mv is None
