"""What is believed of what was read, and what follows from it."""

import pytest

from firmware.devices.driver import Driver, open_driver

from .desk import Desk


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
    assert desk.reading.ready is False, "control must let go"
    assert desk.names().count("sofar_fault_52") == 1
    desk.command(800, 60000)
    desk.run(20000)
    assert desk.reading.ready is False, "whatever it accepts meanwhile"
    desk.paper.put(3, 0x0204, 0)
    desk.paper.put(3, 0x022B, 1)
    desk.run(6000)
    assert desk.reading.ready is True
    assert (desk.reading.faults, desk.driver.hints()) == ((), ("sofar_alert_0",))
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    assert "inverter_fault_over" in desk.names()


def test_busy_has_the_state_asked_at_once(desk):
    desk.run(5900)
    desk.paper.status = (0, 3)
    desk.paper.put(3, 0x0203, 2)
    desk.command(800)
    desk.run(1000)
    assert desk.reading.faults == ("sofar_fault_34",)
    assert desk.reading.ready is False


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
    desk.command(500, 60000)
    desk.run(300)
    assert (desk.reading.charge_max_w, desk.reading.discharge_max_w) == (charge_w, discharge_w)
    desk.paper.put(3, 0x0210, 63 if desk.reading.full else 67)
    desk.run(3000)
    assert (desk.reading.full, desk.reading.empty) == (False, False)


def test_blocks_that_a_firmware_lacks_are_asked_once(desk):
    desk.paper.put(3, 0x020D, 0)
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


def test_open_driver():
    driver = open_driver("Hybrid", "Sofar", "ME3000SP", "Sofar ME3000SP (CTpv)", 1, 0)
    assert isinstance(driver, Driver)
    assert driver.commands is True


@pytest.mark.parametrize("station", [0, 64, 0x88])
def test_a_station_the_device_cannot_have_is_refused_by_name(station):
    with pytest.raises(ValueError, match=str(station)):
        open_driver("Retro", "Sofar", None, "Sofar ME3000SP", station, 0)
