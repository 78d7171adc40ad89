"""Power flows, drawn days and the owner's own profile."""

from datetime import datetime, timedelta

import pytest

from tools.sim.belgium import from_local
from tools.sim.house import House
from tools.sim.household import Household, ProfileError, Recorded
from tools.sim.inverter import DISCHARGE_CODE, Inverter
from tools.sim.meter import Registers
from tools.sim.sofar import Registers as InverterBook

NOON = datetime(2026, 6, 22, 12, 0)


class Steady:
    """A house that asks the same for ever."""

    def __init__(self, load_w, pv_w=0):
        self.flow = [load_w, 0, 0], pv_w

    def at(self, _local):
        return self.flow


def house(load, inverter=None):
    start = from_local(NOON)
    return House(load, Registers(start), start, inverter, inverter and InverterBook(inverter))


def test_grid_is_load_minus_solar_minus_battery():
    inverter = Inverter()
    home = house(Steady(1500, 400), inverter)
    inverter.command(DISCHARGE_CODE, 1000)
    home.run_until(15)
    assert home.grid_w == pytest.approx(1500 - 400 - inverter.ac_w, abs=1)
    assert inverter.power_w == 1000


def test_the_meters_second_is_the_mean_of_that_second_and_sums_to_the_net():
    home = house(Steady(600, 900))
    home.run_until(1)
    assert home.mean_phases_w() == [600, -900, 0]
    assert home.book.export_total_wh == pytest.approx(300 / 3600)


def test_the_same_seed_draws_the_same_day_and_another_another():
    moments = [NOON + timedelta(seconds=17 * step) for step in range(400)]
    first, again, other = ([Household(seed).at(moment) for moment in moments] for seed in (3, 3, 4))
    assert first == again != other


def test_a_day_has_a_night_without_sun_and_a_dear_noon():
    day = Household(1)
    night, noon = day.at(NOON.replace(hour=1)), [day.at(NOON + timedelta(minutes=m))[1] for m in range(60)]
    assert night[1] == 0 and all(1000 < watts < 4000 for watts in noon)
    loads = [sum(day.at(NOON.replace(hour=0) + timedelta(minutes=2 * m))[0]) for m in range(720)]
    assert min(loads) > 100 and max(loads) > 1800


def test_a_profile_of_ones_own(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("t_s,load_w,pv_w\n0,450,0\n10,2000,300\n")
    played = Recorded(path)
    assert sum(played.at(NOON)[0]) == 450
    assert sum(played.at(NOON + timedelta(seconds=9.9))[0]) == 450
    assert played.at(NOON + timedelta(seconds=10))[1] == 300


@pytest.mark.parametrize(
    "text, names",
    [
        ("t_s,load\n0,1\n", "load_w"),
        ("t_s,load_w,pv_w\n", "no row"),
        ("t_s,load_w,pv_w\n0,much,0\n", "much"),
        ("t_s,load_w,pv_w\n0,inf,0\n", "finite"),
    ],
)
def test_a_wrong_profile_is_refused_by_what_is_wrong(tmp_path, text, names):
    path = tmp_path / "p.csv"
    path.write_text(text)
    with pytest.raises(ProfileError, match=names):
        Recorded(path)
