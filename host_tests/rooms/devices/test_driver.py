"""Stories of the ME3000SP's driver in virtual time: rhythm, moods, silence and leases."""

import pytest

from firmware.core.ticks import diff
from firmware.devices.driver import Driver, open_driver
from firmware.modbus.faults import Malformed

from .desk import Desk, set_point

FAST = bytes.fromhex("03020D0009")
SLOW = bytes.fromhex("030200003A")
MODE = bytes.fromhex("0312000001")


@pytest.fixture(params=[0, 0x3FFFFFFF - 20000], ids=["from 0", "across the wrap of ticks"])
def desk(request):
    return Desk(start_ms=request.param)


def obeying(desk, power_w, ms=3000):
    """A desk under command, its power where it should be."""
    desk.paper.put(3, 0x020D, -power_w // 10 & 0xFFFF)
    desk.power_w = power_w
    desk.run(ms)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    return desk


# Rhythm

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
    assert fast[2:] == [ms for ms in range(fast[2] // 1000 * 1000, 10000, 1000)]
    desk.driver.sync(desk.now_ms)
    desk.run(200)
    assert diff(desk.now_ms, desk.reading.at_ms) == 130


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
    assert first.gap_ms == second.gap_ms == 50


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


# Leases

def test_a_command_lapses_by_itself(desk):
    obeying(desk, 1500)
    desk.power_w = None
    desk.paper.put(3, 0x020D, 0)
    desk.run(4000)
    assert set_point(desk.said(0x42)[-1][1]) is None
    assert ("inverter_lease_over", (1500,)) in desk.events
    assert desk.names().count("inverter_lease_over") == 1


def test_neutral_means_rest_now(desk):
    obeying(desk, 1500)
    desk.power_w = None
    desk.driver.neutral(desk.now_ms)
    desk.run(100)
    assert set_point(desk.said(0x42)[-1][1]) is None
    desk.run(5000)
    assert "inverter_lease_over" not in desk.names()


# Passive mode

def test_leaving_passive_is_seen_by_the_answer_and_mended_by_the_owner(desk):
    obeying(desk, 800)
    desk.paper.status = (0, 1)
    desk.paper.put(3, 0x1200, 0)
    desk.command(900)
    desk.run(300)
    assert (desk.reading.ready, desk.driver.status(desk.now_ms)) == (False, "inverter_not_passive")
    before = len(desk.said(0x42))
    desk.power_w = None
    desk.run(60000)
    assert len(desk.said(0x42)) - before <= 5, "a device that says no is asked rarely"
    assert len([1 for ms, pdu in desk.log if pdu == MODE and ms > 5000]) >= 5
    assert desk.reading.mode == "auto"
    assert desk.names().count("inverter_not_passive") == 1
    desk.paper.status = (3, 0)
    desk.paper.put(3, 0x1200, 3)
    desk.paper.put(3, 0x020D, -80 & 0xFFFF)
    desk.power_w = 800
    desk.run(16000)
    assert desk.reading.ready is True
    assert set_point(desk.said(0x42)[-1][1]) == 800
    assert "inverter_obeys" in desk.names()
    assert desk.driver.status(desk.now_ms) == "inverter_ok"


def test_leaving_passive_is_seen_by_the_register_while_resting(desk):
    desk.run(5000)
    desk.paper.put(3, 0x1200, 0)
    desk.paper.status = (0, 1)
    desk.run(35000)
    assert desk.reading.ready is False
    desk.paper.put(3, 0x1200, 3)
    desk.paper.status = (3, 0)
    desk.run(16000)
    assert desk.reading.ready is True


def test_firmware_without_the_mode_register(desk):
    desk.paper.refused[0x1200] = 2
    desk.run(40000)
    assert len([1 for _, pdu in desk.log if pdu == MODE]) == 1
    assert ("inverter_lacks", ("0x1200",)) in desk.events
    assert desk.reading.ready is True, "it accepted standby: that is proof enough"
    desk.paper.status = (0, 1)
    desk.command(500)
    desk.run(300)
    assert desk.reading.ready is False
    desk.paper.status = (3, 0)
    desk.run(16000)
    assert desk.reading.ready is True


def test_a_mode_register_that_contradicts_obedience_is_not_believed(desk):
    desk.paper.put(3, 0x1200, 0)
    desk.run(60000)
    assert desk.reading.ready is True
    assert ("inverter_mode_doubted", ("auto",)) in desk.events
    assert len([code for code in desk.names() if code in ("inverter_not_passive", "inverter_obeys")]) <= 2


def test_the_mode_is_set_only_when_asked_and_only_once(desk):
    desk.paper.put(3, 0x1200, 0)
    desk.paper.status = (0, 1)
    desk.run(20000)
    assert desk.said(16) == []
    assert desk.driver.set_mode(desk.now_ms) is True
    desk.run(1000)
    assert [pdu.hex() for _, pdu in desk.said(16)] == ["1012000001020003"]
    assert "inverter_mode_set" in desk.names()
    desk.run(60000)
    assert len(desk.said(16)) == 1


def test_a_mode_that_cannot_be_set_is_told(desk):
    desk.run(2000)
    desk.paper.refused[0x1200] = 2
    desk.driver.set_mode(desk.now_ms)
    desk.run(1000)
    assert ("inverter_mode_refused", (2,)) in desk.events


# Silence

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


# Following

def test_a_battery_that_stands_still_is_noticed_and_pushed_once(desk):
    desk.paper.put(3, 0x020D, 0)
    desk.power_w = 1000
    desk.run(44000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok", "a change of direction takes its time"
    start = len(desk.log)
    desk.run(3000)
    assert desk.driver.status(desk.now_ms) == "inverter_not_following"
    assert ("inverter_not_following", (1000, 0)) in desk.events
    desk.run(8000)
    pushed = [(ms, set_point(pdu)) for ms, pdu in desk.log[start:] if pdu[0] == 0x42]
    assert [power_w for _, power_w in pushed] == [None, 1000]
    assert pushed[1][0] - pushed[0][0] >= 3000
    desk.run(120000)
    assert desk.names().count("inverter_pushed") == 1
    desk.paper.put(3, 0x020D, -100 & 0xFFFF)
    desk.run(2000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"


def test_in_the_same_direction_10_s_are_enough(desk):
    obeying(desk, 1000, 60000)
    desk.power_w = 2000
    desk.run(9000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    desk.run(9000)
    assert desk.driver.status(desk.now_ms) == "inverter_not_following"
    assert "inverter_pushed" not in desk.names(), "it moves, if not enough: no relay is clicked for that"


def test_a_change_of_direction_has_45_s(desk):
    obeying(desk, 1000, 60000)
    desk.power_w = -1000
    desk.paper.put(3, 0x020D, 0)
    desk.run(44000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    desk.run(5000)
    assert desk.driver.status(desk.now_ms) == "inverter_not_following"


def test_a_battery_that_lags_behind_a_lively_house_follows(desk):
    for turn in range(120):
        desk.command(1000 + (turn % 7) * 250)
        desk.paper.put(3, 0x020D, -(1000 + ((turn - 3) % 7) * 250) // 10 & 0xFFFF)
        desk.run(1000)
        assert desk.driver.status(desk.now_ms) == "inverter_ok"


def test_a_full_battery_is_not_blamed(desk):
    obeying(desk, 1000, 5000)
    desk.paper.status = (6, 0)
    desk.paper.put(3, 0x020D, 0)
    desk.power_w = -1000
    desk.run(80000)
    assert desk.reading.full is True
    assert desk.driver.status(desk.now_ms) == "inverter_ok"


def test_a_battery_that_does_not_rest_is_told_again(desk):
    desk.paper.put(3, 0x020D, -100 & 0xFFFF)
    desk.run(100000)
    assert len(desk.said(0x42)) == 2
    assert {set_point(pdu) for _, pdu in desk.said(0x42)} == {None}


# Readings

@pytest.mark.parametrize("raw, millivolts", [(5120, 51200), (512, 51200), (4200, 42000), (580, 58000)])
def test_both_voltage_scales(desk, raw, millivolts):
    desk.paper.put(3, 0x020E, raw)
    desk.run(1500)
    assert desk.reading.voltage_mv == millivolts


def test_a_bogus_level_of_0_is_not_believed_a_real_one_is(desk):
    desk.run(2000)
    assert desk.reading.soc_pct == 65
    desk.paper.put(3, 0x0210, 0)
    desk.run(700)
    desk.paper.put(3, 0x0210, 65)
    desk.run(3000)
    assert desk.reading.soc_pct == 65
    desk.paper.put(3, 0x0210, 40)
    seen = set()
    for _ in range(30):
        desk.run(100)
        seen.add(desk.reading.soc_pct)
    assert seen == {65, 40}


def test_a_level_that_makes_no_sense_becomes_unknown(desk):
    desk.run(2000)
    desk.paper.put(3, 0x0210, 0x4202)
    desk.run(1000)
    assert desk.reading.soc_pct == 65
    desk.run(3000)
    assert desk.reading.soc_pct is None


def test_an_impossible_power_is_dropped_whole(desk):
    """An echo read as an answer shows 0x0E00 steps of 10 W."""
    desk.run(3000)
    at_ms = desk.reading.at_ms
    desk.paper.put(3, 0x020D, 0x0E00)
    desk.run(1500)
    assert (desk.reading.power_w, desk.reading.at_ms) == (-1000, at_ms)
    assert ("inverter_implausible", ("0x020D",)) in desk.events


def test_faults_come_and_go(desk):
    desk.run(2000)
    desk.paper.put(3, 0x0204, 0x0008)
    desk.run(6000)
    assert desk.reading.faults == ("sofar_fault_52",)
    assert desk.driver.status(desk.now_ms) == "inverter_fault"
    assert desk.names().count("sofar_fault_52") == 1
    desk.paper.put(3, 0x0204, 0)
    desk.paper.put(3, 0x022B, 1)
    desk.run(6000)
    assert (desk.reading.faults, desk.driver.hints()) == ((), ("sofar_alert_0",))
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    assert "inverter_fault_over" in desk.names()


@pytest.mark.parametrize("raw, word, status", [
    (0, "waiting", "inverter_ok"), (1, "checking_charge", "inverter_ok"), (2, "charging", "inverter_ok"),
    (3, "checking_discharge", "inverter_ok"), (4, "discharging", "inverter_ok"), (5, "backup", "inverter_ok"),
    (6, "fault", "inverter_fault"), (7, "broken", "inverter_fault"), (8, None, "inverter_ok"),
])
def test_states(desk, raw, word, status):
    desk.paper.put(3, 0x0200, raw)
    desk.run(2000)
    assert (desk.reading.state, desk.driver.status(desk.now_ms)) == (word, status)


@pytest.mark.parametrize("raw, word", [(100, "charging"), (0xFF9C, "discharging"), (3, "waiting")])
def test_hyd_es_takes_its_state_from_the_power(raw, word):
    desk = Desk("sofar_hyd_es")
    desk.paper.put(3, 0x0200, 4)  # fault in one list, discharging in the other
    desk.paper.put(3, 0x020D, raw)
    desk.run(3000)
    assert (desk.reading.state, desk.driver.status(desk.now_ms)) == (word, "inverter_ok")
    assert dict(desk.driver.details())["state"] == 4


def test_limits_follow_from_the_batterys_currents(desk):
    desk.run(6000)
    assert desk.reading.charge_max_w == 25 * 51200 // 1000
    assert desk.reading.discharge_max_w == 3000


def test_currents_that_a_firmware_does_not_fill_limit_nothing(desk):
    desk.paper.put(4, 0x10B4, 0)
    desk.paper.put(4, 0x10B7, 0)
    desk.run(6000)
    assert (desk.reading.charge_max_w, desk.reading.discharge_max_w) == (3000, 3000)


@pytest.mark.parametrize("status, charge_w, discharge_w", [((0x06, 0), 0, 3000), ((0x09, 0), 1280, 0)])
def test_full_and_empty_come_from_the_status_bits_and_go_with_the_level(desk, status, charge_w, discharge_w):
    desk.run(6000)
    desk.paper.status = status
    desk.command(500)
    desk.run(300)
    assert (desk.reading.charge_max_w, desk.reading.discharge_max_w) == (charge_w, discharge_w)
    desk.paper.put(3, 0x0210, 63 if desk.reading.full else 67)
    desk.run(3000)
    assert (desk.reading.full, desk.reading.empty) == (False, False)


def test_blocks_that_a_firmware_lacks_are_asked_once(desk):
    for address in (0x023A, 0x104D, 0x10B0, 0x2000):
        desk.paper.refused[address] = 2
    desk.run(150000)
    asked = [pdu[1] << 8 | pdu[2] for _, pdu in desk.log if pdu[0] in (3, 4)]
    assert [asked.count(address) for address in (0x023A, 0x104D, 0x10B0, 0x2000)] == [1, 1, 1, 1]
    assert desk.names().count("inverter_lacks") == 4
    assert desk.driver.status(desk.now_ms) == "inverter_ok"


def test_another_model_than_chosen_is_told():
    desk = Desk("sofar_me3000sp")
    desk.paper.put(4, 0x2001, 0x534D)  # "SM"
    desk.run(3000)
    assert ("inverter_other_model", ("HYD-ES", "ME3000SP")) in desk.events
    assert desk.reading.model == "HYD-ES"


def test_details_hold_everything_that_was_read(desk):
    desk.run(6000)
    details = dict(desk.driver.details())
    assert len(details) == 59
    assert (details["battery_cycles"], details["software"], details["clamp_w"]) == (148, "V260", 1230)


# The choice

def test_open_driver():
    driver = open_driver("Hybrid", "Sofar", "ME3000SP", "Sofar ME3000SP (CTpv)", 1, 0)
    assert isinstance(driver, Driver)
    assert driver.commands is True


@pytest.mark.parametrize("station", [0, 64, 0x88])
def test_a_station_the_device_cannot_have_is_refused_by_name(station):
    with pytest.raises(ValueError, match=str(station)):
        open_driver("Retro", "Sofar", None, "Sofar ME3000SP", station, 0)


# A meter on the same wires

def test_a_meter_measures_and_takes_no_commands():
    desk = Desk("eastron_sdm630")
    desk.run(3000)
    reading = desk.reading
    assert (reading.grid_w, reading.import_wh, reading.export_wh) == (-400, 12345670, 123456)
    assert reading.at_ms is not None and reading.power_w is None
    assert (desk.driver.commands, desk.driver.status(desk.now_ms)) == (False, "busmeter_ok")
    desk.driver.neutral(desk.now_ms)
    desk.command(None)
    with pytest.raises(ValueError, match="SDM630 takes no commands"):
        desk.command(500)
    assert desk.driver.set_mode(desk.now_ms) is False
    desk.mute = True
    desk.run(8000)
    assert desk.driver.status(desk.now_ms) == "busmeter_silent"
    assert {pdu[0] for _, pdu in desk.log} == {4}


def test_a_smaller_meter_lacks_the_phases_and_still_measures():
    desk = Desk("eastron_sdm630")
    desk.paper.refused[0x0000] = 2
    desk.run(20000)
    assert desk.reading.grid_w == -400
    assert len([1 for _, pdu in desk.log if pdu[1:3] == b"\x00\x00"]) == 1
