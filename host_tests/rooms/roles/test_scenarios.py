"""Where meter and inverter hang is nobody's business: the house comes to zero, and fails safe."""

import statistics

import pytest

from .world import house

SHED, ATTIC = "3C:E9:0E:77:60:F8", "3C:E9:0E:77:60:F9"
INVERTER = ["sofar_me3000sp"]
PLACES = {
    "B: inverter at an extender": dict(meter_at="gateway", extenders=(("shed", SHED, INVERTER),)),
    "C: meter at an extender": dict(meter_at="shed", extenders=(("shed", SHED, []),), own=INVERTER),
    "D: both at one extender": dict(meter_at="shed", extenders=(("shed", SHED, INVERTER),)),
    "E: two extenders": dict(meter_at="shed", extenders=(("shed", SHED, []), ("attic", ATTIC, INVERTER))),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("loss", [0.0, 0.1])
def test_the_house_comes_to_zero(tmp_path, place, loss):
    world = house(tmp_path, loss=loss, **PLACES[place])
    world.run(10000)
    assert abs(world.grid_w()) <= 50
    ages = [age for ms, age, _ in world.decided if ms > 12000]
    assert statistics.median(ages) < 100
    assert sorted(ages)[len(ages) * 99 // 100] < 500
