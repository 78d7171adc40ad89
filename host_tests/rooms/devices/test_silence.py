"""A device that stops answering, comes back, or never was there."""

import pytest

from firmware.core.ticks import add
from firmware.modbus.faults import Malformed

from .desk import FAST, MODE, SLOW, obeying, set_point


def test_silence_drops_the_command_and_says_rest_now_and_then(desk):
    obeying(desk, 2000)
    desk.mute = True
    desk.run(7000)
    assert desk.driver.status(desk.now_ms) == "inverter_silent"
    assert "inverter_silent" in desk.names()
    start = len(desk.log)
    desk.run(60000)
    said = [set_point(pdu) for _, pdu in desk.log[start:] if pdu[0] == 0x42]
    assert 3 <= len(said) <= 5
    assert set(said) == {None}, "a command given to a dead device is not kept"
    assert {pdu for _, pdu in desk.log[start:] if pdu[0] in (3, 4)} == {FAST}


def test_a_device_that_comes_back_is_told_again(desk):
    obeying(desk, 2000)
    desk.mute = True
    desk.run(20000)
    desk.mute = False
    desk.run(6000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    assert "inverter_back" in desk.names()
    assert set_point(desk.said(0x42)[-1][1]) == 2000


def test_never_an_answer(desk):
    desk.mute = True
    desk.run(12000)
    assert desk.driver.status(desk.now_ms) == "inverter_silent"
    assert desk.reading.heard_ms is None
    assert desk.reading.at_ms is None


def test_a_set_point_lost_on_the_wire_is_said_again(desk):
    desk.run(1000)
    desk.command(600, 60000)
    request = desk.driver.next(desk.now_ms)
    desk.driver.fault(request, Malformed("crc"), desk.now_ms)
    desk.run(1500)
    assert [set_point(pdu) for _, pdu in desk.said(0x42)] == [None, 600]


@pytest.mark.parametrize("status, within_ms", [((3, 3), 2000), ((3, 2), 2000), ((3, 4), 11000)])
def test_busy_garbled_and_invalid_come_again(desk, status, within_ms):
    desk.run(1000)
    desk.paper.status = status
    desk.power_w = 600
    desk.run(1000)
    desk.paper.status = (3, 0)
    start = len(desk.log)
    desk.run(within_ms)
    assert [set_point(pdu) for _, pdu in desk.log[start:] if pdu[0] == 0x42] == [600]


def days_pass(desk, days):
    """Let time jump, a day at a time, the driver being looked at as the bus task does."""
    for _ in range(days):
        desk.now_ms = add(desk.now_ms, 86400000)
        desk.driver.next(desk.now_ms)


def test_a_week_of_silence_is_still_silence(desk):
    """Ticks wrap: what is older than six days must not look new."""
    desk.run(5000)
    desk.mute = True
    desk.run(8000)
    for _ in range(13):
        days_pass(desk, 1)
        assert desk.driver.status(desk.now_ms) == "inverter_silent"
    desk.mute = False
    before = len(desk.log)
    desk.run(6000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    assert {FAST, SLOW, MODE} <= {pdu for _, pdu in desk.log[before:]}


def test_a_week_without_telegrams(desk):
    desk.run(5000)
    desk.beat_ms = None
    for _ in range(13):
        days_pass(desk, 1)
        before = len(desk.log)
        desk.run(12000)
        assert SLOW in [pdu for _, pdu in desk.log[before:]]


def test_a_battery_that_strays_after_a_quiet_week(desk):
    desk.paper.put(3, 0x020D, -100 & 0xFFFF)
    desk.power_w = 1000
    desk.run(60000)
    for _ in range(8):
        days_pass(desk, 1)
        desk.run(60000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    desk.paper.put(3, 0x020D, 0)
    desk.run(17000)
    assert desk.driver.status(desk.now_ms) == "inverter_not_following"
