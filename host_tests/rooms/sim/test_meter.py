"""The played meter, read by dsmr_parser: somebody else's idea of a Fluvius telegram."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from dsmr_parser import telegram_specifications
from dsmr_parser.exceptions import InvalidChecksumError
from dsmr_parser.parsers import TelegramParser

from tools.sim.belgium import from_local, offset_hours, stamp, to_local
from tools.sim.meter import Meter, Registers

START = from_local(datetime(2026, 6, 22, 12, 5))


def read(message):
    return TelegramParser(telegram_specifications.BELGIUM_FLUVIUS).parse(message.decode("ascii"))


def meter(start=START, **more):
    return Meter(Registers(start, **more))


def test_an_independent_reader_takes_every_field():
    told = meter()
    told.registers.add([700, -1200, 300], 1)
    seen = read(told.message([700, -1200, 300]))
    assert seen.BELGIUM_VERSION_INFORMATION.value == "50217"
    assert bytes.fromhex(seen.BELGIUM_EQUIPMENT_IDENTIFIER.value) == b"1SAG3100004711"
    assert seen.P1_MESSAGE_TIMESTAMP.value == (START + timedelta(seconds=1)).replace(tzinfo=timezone.utc)
    assert seen.ELECTRICITY_ACTIVE_TARIFF.value == "0001"
    assert (seen.CURRENT_ELECTRICITY_USAGE.value, seen.CURRENT_ELECTRICITY_DELIVERY.value) == (
        0,
        Decimal("0.200"),
    )
    assert seen.INSTANTANEOUS_ACTIVE_POWER_L1_POSITIVE.value == Decimal("0.700")
    assert seen.INSTANTANEOUS_ACTIVE_POWER_L2_NEGATIVE.value == Decimal("1.200")
    assert seen.INSTANTANEOUS_ACTIVE_POWER_L2_POSITIVE.value == 0
    assert seen.INSTANTANEOUS_ACTIVE_POWER_L3_POSITIVE.value == Decimal("0.300")
    assert 225 < seen.INSTANTANEOUS_VOLTAGE_L1.value < 240
    assert abs(float(seen.INSTANTANEOUS_CURRENT_L2.value) - 5.3) < 0.2
    assert seen.ACTUAL_SWITCH_POSITION.value == 1
    assert seen.MBUS_DEVICES[0].MBUS_DEVICE_TYPE.value == 3
    assert bytes.fromhex(seen.MBUS_DEVICES[0].MBUS_EQUIPMENT_IDENTIFIER.value) == b"7FLO2119000815"
    assert seen.MBUS_DEVICES[0].MBUS_METER_READING.unit == "m3"


def test_one_wrong_byte_is_seen_by_the_checksum():
    message = bytearray(meter().message([1, 2, 3]))
    message[200] ^= 1
    with pytest.raises(InvalidChecksumError):
        read(bytes(message))


def test_registers_count_what_flows_and_net_the_phases():
    told = meter()
    before = read(told.message([0, 0, 0]))
    for _ in range(3600):
        told.registers.add([3000, -1000, 0], 1)
    for _ in range(1800):
        told.registers.add([0, -4000, 0], 1)
    after = read(told.message([0, 0, 0]))
    assert after.ELECTRICITY_USED_TARIFF_1.value - before.ELECTRICITY_USED_TARIFF_1.value == Decimal("2.000")
    assert (
        after.ELECTRICITY_DELIVERED_TARIFF_1.value - before.ELECTRICITY_DELIVERED_TARIFF_1.value
        == Decimal("2.000")
    )
    assert after.ELECTRICITY_USED_TARIFF_2.value == before.ELECTRICITY_USED_TARIFF_2.value


def test_demand_is_a_saw_tooth_on_the_meters_own_quarter():
    told = meter(earlier_w=0)  # 12:05, five minutes into the quarter, nothing used before
    for _ in range(300):
        told.registers.add([3000, 0, 0], 1)
    assert read(told.message([0] * 3)).BELGIUM_CURRENT_AVERAGE_DEMAND.value == Decimal("1.000")
    for _ in range(300):
        told.registers.add([-9000, 0, 0], 1)  # injection is not subtracted
    told.registers.add([0, 0, 0], 1)
    seen = read(told.message([0] * 3))
    assert seen.BELGIUM_CURRENT_AVERAGE_DEMAND.value == 0  # a new quarter began at 12:15


def test_a_higher_quarter_becomes_the_peak_of_the_month_with_its_end_time():
    told = meter()
    for _ in range(600):
        told.registers.add([9000, 0, 0], 1)
    peak = read(told.message([0] * 3)).BELGIUM_MAXIMUM_DEMAND_MONTH
    assert abs(float(peak.value) - 6.1) < 0.01
    assert peak.datetime == datetime(2026, 6, 22, 10, 15, tzinfo=timezone.utc)


def test_the_turn_of_the_month_closes_its_peak_into_the_history():
    start = from_local(datetime(2026, 6, 30, 23, 59, 50))
    told = meter(start)
    old = told.registers.peak
    for _ in range(20):
        told.registers.add([500, 0, 0], 1)
    rows = told.registers.history
    assert len(rows) == 13
    assert stamp(rows[-1][0]) == "260701000000S" and rows[-1][1:] == old
    assert told.registers.peak[1] < 10
    seen = read(told.message([0] * 3)).BELGIUM_MAXIMUM_DEMAND_13_MONTHS
    assert len(seen) == 13


def test_history_is_thirteen_months_oldest_first_on_quarter_marks():
    rows = meter().registers.history
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    for end, at, watts in rows:
        assert at < end and to_local(at).minute % 15 == 0 and 2000 < watts < 6000


@pytest.mark.parametrize(
    "local, hours",
    [((2026, 3, 29, 1, 59), 1), ((2026, 3, 29, 3, 0), 2), ((2026, 10, 25, 3, 0), 1), ((2026, 7, 1, 0, 0), 2)],
)
def test_summer_time_by_the_rule(local, hours):
    utc = from_local(datetime(*local))
    assert offset_hours(utc) == hours
    assert to_local(utc) == datetime(*local)
    assert stamp(utc)[-1] == ("S" if hours == 2 else "W")


def test_the_night_and_the_weekend_have_tariff_two():
    for local, tariff in (
        ((2026, 6, 22, 6, 59), 2),
        ((2026, 6, 22, 7, 0), 1),
        ((2026, 6, 22, 22, 0), 2),
        ((2026, 6, 21, 12, 0), 2),
    ):
        assert meter(from_local(datetime(*local))).registers.tariff() == tariff
