"""What is asked and said when: telegrams set the beat, set-points go first."""

from firmware.core.ticks import diff

from .desk import FAST, SLOW, Desk, obeying, set_point


def test_at_start_the_battery_rests_and_the_device_is_asked_who_it_is(desk):
    assert desk.driver.status(desk.now_ms) == "inverter_starting"
    desk.run(4000)
    assert set_point(desk.said(0x42)[0][1]) is None
    assert (desk.reading.serial, desk.reading.model) == ("SE1ES130LBL394", "ME3000SP")
    assert (desk.reading.mode, desk.reading.ready) == ("passive", True)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    assert len(desk.said(4)) == 3


def test_a_telegram_has_the_battery_measured_at_once(desk):
    desk.run(10000)
    fast = [ms for ms, pdu in desk.log if pdu == FAST]
    assert fast[2:] == list(range(fast[2] // 1000 * 1000, 10000, 1000))
    desk.driver.sync(desk.now_ms)
    desk.run(200)
    assert diff(desk.now_ms, desk.reading.at_ms) == 140


def test_other_reads_keep_out_of_the_way_of_telegram_and_command(desk):
    obeying(desk, 1000, 70000)
    background = [ms % 1000 for ms, pdu in desk.log[30:] if pdu[0] in (3, 4) and pdu != FAST]
    assert background
    assert all(250 <= phase < 650 for phase in background)
    slow = [ms for ms, pdu in desk.log if pdu == SLOW]
    assert 12 <= len(slow) <= 15


def test_without_telegrams_it_asks_every_second():
    desk = Desk(beat_ms=None)
    desk.run(20000)
    assert 18 <= len([1 for _, pdu in desk.log if pdu == FAST]) <= 21
    assert 4 <= len([1 for _, pdu in desk.log if pdu == SLOW]) <= 5


def test_telegrams_that_stop_are_missed_for_two_seconds_only(desk):
    desk.run(5000)
    desk.beat_ms = None
    desk.run(3600)
    assert diff(desk.now_ms, desk.reading.at_ms) < 1200


def test_a_command_is_urgent_and_goes_before_a_poll():
    desk = Desk()
    desk.run(1000)
    desk.driver.sync(desk.now_ms)
    desk.command(700)
    first, second = desk.driver.next(desk.now_ms), desk.driver.next(desk.now_ms)
    assert (first.urgent, set_point(first.pdu)) == (True, 700)
    assert (second.urgent, second.pdu) == (False, FAST)
    assert first.gap_ms == second.gap_ms == 35


def test_a_new_power_is_said_at_once_the_same_power_every_20_s(desk):
    obeying(desk, 1000, 50000)
    said = [ms for ms, pdu in desk.said(0x42) if set_point(pdu) == 1000]
    assert len(said) == 3
    assert all(20000 <= later - ms <= 21500 for ms, later in zip(said, said[1:]))
    before = len(desk.log)
    desk.command(1010)
    desk.run(10)
    assert set_point(desk.log[before][1]) == 1010


def test_heartbeat_when_nothing_else_was_accepted_for_9_s(desk):
    desk.paper.put(3, 0x020D, 0)
    desk.run(60000)
    beats = [ms for ms, pdu in desk.said(0x49)]
    assert len(beats) == 6
    assert all(9000 <= later - ms <= 9500 for ms, later in zip(beats, beats[1:]))
    said = sorted(ms for ms, _ in desk.said(0x42, 0x49))
    assert max(later - ms for ms, later in zip(said, said[1:])) < 60000


def test_no_heartbeat_while_set_points_flow(desk):
    for turn in range(30):
        desk.command(1000 + 10 * turn)
        desk.run(1000)
    assert desk.said(0x49) == []


def test_a_heartbeat_that_is_not_known_is_not_repeated(desk):
    desk.paper.refused[0x2201] = 1
    desk.run(60000)
    assert len(desk.said(0x49)) == 1


def test_standby_is_said_once_because_its_relay_clicks(desk):
    desk.paper.put(3, 0x020D, 0)
    desk.run(1800000)
    assert len(desk.said(0x42)) == 1
