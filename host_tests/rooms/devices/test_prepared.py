"""What is made at start and filled in later is what would be made each time."""

import sys

import pytest

from firmware.devices import writes
from firmware.devices.driver import _filled, open_driver

STEPS = (
    (0x42, 0x0100, "u16", (0x5555,)),
    (0x42, 0x0101, "u16", ((1, 1),)),
    (0x42, 0x0102, "u16", ((-1, 1),)),
    (0x10, 0x1200, "u16", (3,)),
    (16, 700, "s32", ((1, 1),)),
    (16, 700, "s16", (4, (1, 10), 5)),
    (16, 700, "f32", ((1, 1),)),
    (6, 80, "s16", ((-1, 10),)),
    (5, 9, "u16", (1,)),
)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("power_w", [-3000, -10, 0, 7, 2500])
def test_the_same_pdu(step, power_w):
    try:
        whole = writes.build(step, power_w)
    except ValueError as error:
        with pytest.raises(ValueError, match=str(error).split(":")[0]):
            _filled(writes.prepared(step), power_w)
    else:
        assert _filled(writes.prepared(step), power_w) == whole


def test_what_makes_pdus_is_let_go():
    driver = open_driver("Retro", "Sofar", None, "Sofar ME3000SP", 1, 0)
    assert not [name for name in sys.modules if name.startswith("umodbus") or name.endswith(
        ("firmware.modbus.pdu", "devices.writes", "devices.entry"))]
    assert [driver.next(0).pdu[0] for _ in range(2)] == [0x42, 3]


def test_it_is_let_go_when_the_station_is_wrong_too():
    with pytest.raises(ValueError, match="station 99"):
        open_driver("Retro", "Sofar", None, "Sofar ME3000SP", 99, 0)
    assert "firmware.devices.entry" not in sys.modules
