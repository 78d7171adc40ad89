"""A meter on the same wires: a driver that only reads."""

import pytest

from .desk import Desk


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
