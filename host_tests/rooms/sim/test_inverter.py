"""The played ME3000SP, in fast-forward: its behaviour by the vendor's paper and users' reports."""

import pytest

from tools.sim.battery import Battery
from tools.sim.inverter import (
    ACCEPTED,
    AUTO_CODE,
    BAD_VALUE,
    BUSY,
    CHARGE,
    CHARGE_CODE,
    CHECK_CHARGE,
    CHECK_DISCHARGE,
    DISCHARGE,
    DISCHARGE_CODE,
    FAULT,
    STANDBY_CODE,
    WAIT,
    WRONG_MODE,
    Inverter,
)
from tools.sim.sofar import Registers


def run(unit, seconds, grid_w=0):
    for _ in range(round(seconds * 10)):
        unit.step(0.1, grid_w)


def verdict(status):
    return status & 0xFF


def test_dead_time_then_a_check_state_then_a_ramp_to_the_set_point():
    unit = Inverter()
    assert verdict(unit.command(DISCHARGE_CODE, 2000)) == ACCEPTED
    run(unit, 0.8)
    assert (unit.state, unit.power_w) == (WAIT, 0)
    run(unit, 1)
    assert (unit.state, unit.power_w) == (CHECK_DISCHARGE, 0)
    run(unit, 3.5)
    assert unit.state == DISCHARGE and 0 < unit.power_w < 2000
    run(unit, 3)
    assert unit.power_w == 2000


def test_a_reversal_empties_first_and_checks_again():
    unit = Inverter()
    unit.command(DISCHARGE_CODE, 1000)
    run(unit, 10)
    unit.command(CHARGE_CODE, 1000)
    seen = []
    for _ in range(100):
        run(unit, 0.1)
        seen.append(unit.state)
    assert seen.index(CHECK_CHARGE) < seen.index(CHARGE)
    assert unit.power_w == -1000


def test_power_moves_in_steps_of_ten_and_the_socket_feels_the_losses():
    unit = Inverter()
    unit.command(DISCHARGE_CODE, 1234)
    run(unit, 12)
    assert unit.power_w == 1230
    assert unit.ac_w < 1200
    unit.command(CHARGE_CODE, 500)
    run(unit, 12)
    assert unit.ac_w < -500


def test_a_hold_keeps_the_relay_closed_and_standby_opens_it():
    unit = Inverter()
    unit.command(CHARGE_CODE, 800)
    run(unit, 10)
    clicks = unit.relay_clicks
    unit.command(CHARGE_CODE, 0)
    run(unit, 10)
    assert (unit.state, unit.power_w, unit.relay_clicks) == (CHARGE, 0, clicks)
    unit.command(STANDBY_CODE, 0x5555)
    run(unit, 5)
    assert (unit.state, unit.relay_clicks) == (WAIT, clicks + 1)


def test_a_minute_without_a_beat_ends_the_command():
    unit = Inverter()
    unit.command(DISCHARGE_CODE, 1000)
    for _ in range(3):
        run(unit, 50)
        unit.beat()
    assert unit.power_w == 1000
    run(unit, 58)
    assert unit.power_w == 1000
    run(unit, 6)
    assert (unit.state, unit.power_w, unit.lapses) == (WAIT, 0, 1)


@pytest.mark.parametrize(
    "code, value",
    [(STANDBY_CODE, 0), (CHARGE_CODE, 3001), (DISCHARGE_CODE, 0xFFFF), (AUTO_CODE, 10000), (0x0104, 0)],
)
def test_nonsense_is_refused_by_value(code, value):
    assert verdict(Inverter().command(code, value)) == BAD_VALUE


def test_out_of_passive_mode_it_refuses_and_follows_its_own_clamp():
    unit = Inverter(mode=0)
    assert verdict(unit.command(DISCHARGE_CODE, 1000)) == WRONG_MODE
    run(unit, 10, grid_w=800)
    assert unit.power_w > 500


def test_a_fault_stops_it_and_sets_its_bit():
    unit = Inverter()
    book = Registers(unit)
    unit.command(DISCHARGE_CODE, 1000)
    run(unit, 10)
    unit.fault_ids.add(52)
    run(unit, 3)
    assert (unit.state, unit.power_w) == (FAULT, 0)
    assert verdict(unit.command(DISCHARGE_CODE, 1000)) == BUSY
    assert book.read(3, 0x0200, 6) == [FAULT, 0, 0, 0, 1 << 3, 0]


def test_full_and_empty_are_told_and_kept():
    full, empty = Inverter(Battery(soc_pct=100)), Inverter(Battery(soc_pct=10))
    assert full.command(CHARGE_CODE, 1000) == 0x0600  # full, discharge allowed: vendor's bit list
    assert empty.command(DISCHARGE_CODE, 1000) == 0x0900
    run(full, 10)
    run(empty, 10)
    assert full.power_w == 0 and empty.power_w == 0


def test_near_the_top_it_takes_less_than_it_is_told():
    unit = Inverter(Battery(soc_pct=98))
    unit.command(CHARGE_CODE, 3000)
    run(unit, 12)
    assert -900 < unit.power_w < -500


def test_energy_is_not_made_out_of_nothing():
    unit = Inverter(Battery(capacity_wh=2000, soc_pct=50))
    stored = unit.battery.stored_wh
    for code in (CHARGE_CODE, DISCHARGE_CODE):
        unit.command(code, 1500)
        for _ in range(12):
            run(unit, 50)
            unit.beat()
    assert unit.battery.charged_wh > 200
    assert unit.battery.stored_wh < stored


def test_registers_have_the_vendors_scales_and_signs():
    unit = Inverter(Battery(soc_pct=65.7))
    book = Registers(unit)
    unit.command(DISCHARGE_CODE, 1000)
    run(unit, 10, grid_w=50)
    book.load_w, book.pv_w = 1050, 400
    words = book.read(3, 0x020D, 9)
    assert words[0] == 0x10000 - 100  # 10 W, + charge
    assert 4700 < words[1] < 5600  # 0.01 V
    assert words[3] == 65  # whole percent, rounded down
    assert words[5] == 0x10000 - 5  # 10 W, + export
    assert (words[6], words[8]) == (105, 40)
    assert book.read(3, 0x0200, 1) == [DISCHARGE]
    assert book.read(3, 0x1200, 1) == [3]


def test_a_frozen_charge_stays_on_the_bus_only():
    unit = Inverter(Battery(soc_pct=50, capacity_wh=1000))
    book = Registers(unit)
    book.frozen_soc = book.soc()
    unit.command(DISCHARGE_CODE, 3000)
    run(unit, 59)
    assert book.read(3, 0x0210, 1) == [50]
    assert unit.battery.soc_pct < 47


def test_the_serial_number_and_the_limits_are_in_the_input_registers():
    book = Registers(Inverter())
    words = book.read(4, 0x2001, 7)
    assert b"".join(word.to_bytes(2, "big") for word in words).startswith(b"SE1E")
    assert book.read(4, 0x10B4, 1) == [6500]
    assert book.read(4, 0x3000, 1) == 2 and book.read(3, 0x0250, 10) == 2


def test_the_work_mode_can_be_written_and_nothing_else():
    unit = Inverter(mode=0)
    book = Registers(unit)
    assert book.write(0x1200, [3]) is None and unit.mode == 3
    assert book.write(0x1201, [3]) == 2
    assert book.write(0x1200, [9]) == 3
    assert Registers(unit, mode_writable=False).write(0x1200, [0]) == 2
