"""One budget for the car, the boiler and the battery: who comes first, who gives way, who waits."""

import pytest

from firmware.control.loads import Flexible, Load
from host_tests.rooms.control.lived import Lived


class Home:
    """A house with flexible loads that draw what they may, and a battery."""

    def __init__(self, loads, **house):
        self.house = Lived(**house)
        self.house.control = Flexible(self.house.wishes, loads)
        self.loads = self.house.control.loads

    def live(self, seconds, base_w, **changed):
        for _ in range(seconds):
            flexible_w = sum(load.now_w for load in self.loads.loads)
            self.house.live(1, base_w + flexible_w, **changed)
            for load in self.loads.loads:
                load.now_w = load.ceiling_w
        return self


def car(mode):
    return Load("car", mode, most_w=7400, least_w=1380, car=True)


def boiler(mode="eco", most_w=2000, rank=0):
    return Load("boiler", mode, most_w=most_w, rank=rank)


@pytest.mark.parametrize("mode, base_w, drawn_w", [
    ("block", 500, 0),
    ("turbo", 500, 1850),   # the desired peak less the margin, less the house
    ("turbo", 1500, 0),     # less than 6 A is left: it waits
    ("max", 500, 7400),
    ("eco", 500, 0),
    ("eco", -2000, 2000),
])
def test_modes(mode, base_w, drawn_w):
    one = car(mode)
    Home([one], soc_pct=60).live(300, base_w)
    assert abs(one.ceiling_w - drawn_w) <= 20


@pytest.mark.parametrize("paid, drawn_w", [(False, 1850), (True, 4350)])
def test_a15_turbo_takes_the_desired_peak_or_the_paid_one(paid, drawn_w):
    one = car("turbo")
    Home([one], soc_pct=60, month_w=5000, turbo_paid=paid).live(300, 500)
    limit = drawn_w + (150 if not paid else 0)  # under a paid peak the desired one needs no margin
    assert drawn_w - 20 <= one.ceiling_w <= limit + 20


def test_a13_force_first_then_the_car_then_recharging():
    one = car("turbo")
    home = Home([one], soc_pct=15).live(300, 300)
    assert one.ceiling_w == 0 and home.house.battery_w < -1500
    one = car("turbo")
    home = Home([one], soc_pct=25).live(600, 300)
    assert one.ceiling_w >= 1380 and home.house.battery_w > -700


def test_a13_a_car_that_paused_waits_three_minutes():
    one = car("turbo")
    home = Home([one], soc_pct=60).live(300, 500).live(5, 1800)
    assert one.ceiling_w == 0
    home.live(170, 500)
    assert one.ceiling_w == 0
    home.live(20, 500)
    assert one.ceiling_w >= 1380


@pytest.mark.parametrize("feed, battery_w", [(False, 500), (True, 2350)])
def test_a14_the_battery_serves_the_house_and_not_the_car(feed, battery_w):
    home = Home([car("turbo")], soc_pct=60, feed_ev=feed).live(300, 500)
    assert abs(home.house.battery_w - battery_w) <= 30
    assert home.house.why[0] == ("why_balance" if feed else "why_aside")


def test_what_is_for_comfort_comes_before_the_car_and_together_they_keep_the_peak():
    one, other = car("turbo"), boiler("turbo", 600)
    home = Home([one, other], soc_pct=40).live(1200, 300)
    assert other.ceiling_w == 600 and one.ceiling_w >= 1380 and one.ceiling_w + 600 + 300 <= 2360
    home.live(60, 700)  # room for both no longer: the car pauses, the boiler stays
    assert other.ceiling_w == 600 and one.ceiling_w == 0
    assert max(home.house.quarters) <= 2500


def test_a_rank_puts_the_car_first():
    one, other = car("turbo"), boiler("turbo", 2000, rank=1)
    Home([one, other], soc_pct=40).live(1200, 300)
    assert one.ceiling_w >= 1380 and one.ceiling_w + other.ceiling_w + 300 <= 2360


@pytest.mark.parametrize("changed", [
    {"heard_age_ms": 6000, "battery_age_ms": 6000}, {"ready": False}, {"soc_pct": None}, {"battery_w": None}])
def test_without_the_inverter_loads_share_what_the_house_leaves(changed):
    one = car("turbo")
    home = Home([one], soc_pct=60).live(300, 500)
    home.house.battery_w = 0  # it rests: its lease has lapsed
    home.live(400, 900, **changed)
    assert home.house.rule == "safe"
    assert abs(one.ceiling_w - 1450) <= 20  # 2500 less the margin, less the house
    home.live(20, 2000, **changed)
    assert one.ceiling_w == 0


def test_switched_off_nothing_is_shared():
    one = car("turbo")
    home = Home([one], soc_pct=60).live(300, 500)
    home.house.wishes.enabled = False
    home.live(61, 500)
    assert one.ceiling_w == 0


def test_no_quarter_ends_above_the_peak_while_loads_run():
    home = Home([car("turbo"), boiler("turbo")], soc_pct=40)
    for base_w in (300, 2400, 200, 3500, 600) * 3:
        home.live(240, base_w)
    assert max(home.house.quarters) <= 2500


def test_a_fuse_bounds_even_max():
    one = car("max")
    home = Home([one], soc_pct=60, fuse_a=25)
    for _ in range(300):
        home.live(1, 500, current_ma=[4000 + one.now_w * 1000 // 230, 2000, 2000])
    assert 4000 <= one.ceiling_w <= 21000 * 230 // 1000


def test_without_a_meter_a_car_falls_to_six_amperes_and_then_stops():
    one, other = car("turbo"), boiler("turbo", rank=1)
    home = Home([one, other], soc_pct=60).live(300, 200)
    home.live(2, 200, meter_age_ms=12000)
    assert (one.ceiling_w, other.ceiling_w) == (1380, 0)
    home.live(60, 200, meter_age_ms=12000)
    assert one.ceiling_w == 0
