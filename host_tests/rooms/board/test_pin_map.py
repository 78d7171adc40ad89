"""A pin map that cannot be is refused by the name of the use; the maps that come along can be."""

import copy

import pytest

from firmware.board.boards import names
from firmware.board.choose import BoardError, profile
from firmware.board.pin_map import PinError, check
from tools.flash.steps import safe_pins


def changed(board, **changes):
    """A copy of a board's profile with "p1__rx"=12 style changes."""
    made = copy.deepcopy(profile(board))
    for path, value in changes.items():
        part, _, key = path.partition("__")
        if key:
            made[part][key] = value
        else:
            made[part] = value
    return made


@pytest.mark.parametrize("name", names())
def test_the_boards_that_come_along_are_possible(name):
    found = profile(name)
    check(found)
    assert found["name"] == name
    assert (found["p1"]["uart"], found["rs485"]["uart"]) == (1, 2)


def test_the_three_boards_of_the_shelf_are_there():
    assert names() == ["esp32_devkit", "s3_w5500", "wt32_eth01"]


@pytest.mark.parametrize("name", ["nothing", "", "../boot", "__init__"])
def test_an_unknown_board_names_those_there_are(name):
    with pytest.raises(BoardError) as caught:
        profile(name)
    assert "wt32_eth01" in str(caught.value)


@pytest.mark.parametrize("board, changes, use, why", [
    ("wt32_eth01", {"p1__rx": 6}, "p1.rx", "flash"),
    ("wt32_eth01", {"p1__rx": 22}, "p1.rx", "RMII"),
    ("wt32_eth01", {"p1__rx": 1}, "p1.rx", "console"),
    ("wt32_eth01", {"p1__rx": 40}, "p1.rx", "no GPIO 40"),
    ("wt32_eth01", {"p1__rx": 24}, "p1.rx", "no GPIO 24"),
    ("wt32_eth01", {"p1__rx": "35"}, "p1.rx", "no GPIO number"),
    ("wt32_eth01", {"p1__rx": -1}, "p1.rx", "no GPIO -1"),
    ("wt32_eth01", {"p1__request": 39}, "p1.request", "only listens"),
    ("wt32_eth01", {"rs485__direction": 36}, "rs485.direction", "only listens"),
    ("wt32_eth01", {"rs485__tx": 12}, "rs485.tx", "flash voltage"),
    ("wt32_eth01", {"rs485__tx": 5}, "rs485.rx", "already rs485.tx"),
    ("wt32_eth01", {"rs485__tx": 16}, "ethernet.power", "already rs485.tx"),
    ("wt32_eth01", {"psram": "quad"}, "rs485.tx", "PSRAM"),
    ("wt32_eth01", {"p1__uart": 0}, "p1.uart", "console"),
    ("wt32_eth01", {"p1__uart": 2}, "rs485.uart", "p1"),
    ("wt32_eth01", {"p1__tx": None}, "p1.tx", "spare"),
    ("wt32_eth01", {"ethernet__phy": "ENC28J60"}, "ethernet.phy", "ENC28J60"),
    ("wt32_eth01", {"ethernet__clock": 5}, "ethernet.clock", "GPIO 0"),
    ("wt32_eth01", {"chip": "esp32c3"}, "chip", "esp32s3"),
    ("s3_w5500", {"ethernet__interrupt": None}, "ethernet.interrupt", "INT"),
    ("s3_w5500", {"ethernet__phy": "LAN8720"}, "ethernet.phy", "RMII"),
    ("s3_w5500", {"rs485__tx": 35}, "rs485.tx", "octal PSRAM"),
    ("s3_w5500", {"rs485__tx": 20}, "rs485.tx", "USB"),
    ("s3_w5500", {"rs485__tx": 27}, "rs485.tx", "flash"),
    ("s3_w5500", {"rs485__tx": 23}, "rs485.tx", "no GPIO 23"),
    ("s3_w5500", {"lamp": {"pin": 13, "lit": 1}}, "ethernet.sck", "already lamp"),
    ("esp32_devkit", {"lamp": {"pin": 35, "lit": 1}}, "lamp", "only listens"),
])
def test_an_impossible_pin_is_refused_by_its_use(board, changes, use, why):
    with pytest.raises(PinError) as caught:
        check(changed(board, **changes))
    assert caught.value.use == use and why in str(caught.value)


@pytest.mark.parametrize("key", ["chip", "p1", "rs485", "ethernet", "button"])
def test_a_missing_part_is_refused_by_name(key):
    made = changed("wt32_eth01")
    del made[key]
    with pytest.raises(PinError) as caught:
        check(made)
    assert caught.value.use == key


def test_a_board_may_lack_parts():
    check(changed("wt32_eth01", ethernet=None, lamp=None, button=None, p1=None))
    check(changed("wt32_eth01", rs485__direction=None, p1__request=None))
    assert safe_pins(changed("wt32_eth01", rs485=None, p1=None)) == "\n"


def test_the_pins_held_at_boot_are_the_ones_that_drive_a_line():
    assert safe_pins(profile("wt32_eth01")) == "33=0 4=0\n"
