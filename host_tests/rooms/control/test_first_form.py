"""Stories of the control room as rows: what it sees, second by second, and what must come out."""

import pytest

from firmware.control.decide import Control
from firmware.control.envelope import LEASE_MS, Envelope
from firmware.control.safe import silence_ms
from firmware.control.wishes import Wishes
from firmware.core.readings import Snapshot


class House:
    """A battery that obeys at once, one second a step."""

    def __init__(self, **wishes):
        self.wishes = Wishes().take(lambda name: wishes.get(name.split(".")[1]))
        self.control = Control(self.wishes)
        self.envelope = Envelope()
        self.now_ms = 0
        self.battery_w = 0

    def see(self, load_w=0, **changed):
        seen = Snapshot()
        seen.now_ms = self.now_ms
        seen.grid_w = load_w - self.battery_w
        seen.meter_age_ms = seen.battery_age_ms = seen.heard_age_ms = 100
        seen.battery_w, seen.skew_ms, seen.soc_pct = self.battery_w, 20, 55
        seen.charge_max_w = seen.discharge_max_w = 3000
        seen.ready = True
        for name, value in changed.items():
            setattr(seen, name, value)
        return seen

    def step(self, load_w=0, **changed):
        seen = self.see(load_w, **changed)
        decision = self.control.decide(seen)
        command = self.envelope.admit(decision, seen, self.wishes.min_soc_pct)
        if command.power_w is not None:
            self.control.follow.clamp(command.power_w)
        self.now_ms += 1000
        self.battery_w = command.power_w or 0
        return command

    def calm(self, load_w=0):
        for _ in range(20):
            command = self.step(load_w)
        return command


def test_load_is_followed_to_within_the_dead_band():
    assert abs(House().calm(1200).power_w - 1200) <= 30
    assert abs(House().calm(-800).power_w + 800) <= 30


def test_target_is_held_instead_of_zero():
    assert abs(House(target_w=200).calm(1200).power_w - 1000) <= 30


def test_command_is_a_lease():
    house = House()
    assert house.step(500).until_ms == LEASE_MS


def test_start_is_neutral_until_five_good_seconds():
    house = House()
    firsts = [house.step(900) for _ in range(6)]
    assert [command.power_w for command in firsts[:5]] == [None] * 5
    assert firsts[0].why == ("why_starting",)
    assert firsts[5].power_w > 0


@pytest.mark.parametrize("changed, word", [
    ({"meter_age_ms": None, "grid_w": None}, "why_meter_never"),
    ({"grid_w": None}, "why_meter_never"),
    ({"meter_age_ms": 9001}, "why_meter_silent"),
    ({"heard_age_ms": None}, "why_inverter_never"),
    ({"heard_age_ms": 5001}, "why_inverter_silent"),
    ({"ready": False, "status": "inverter_not_passive"}, "why_inverter_not_ready"),
    ({"battery_w": None}, "why_power_unknown"),
    ({"battery_age_ms": 5001}, "why_power_unknown"),
    ({"soc_pct": None}, "why_soc_unknown"),
])
def test_each_fault_ends_neutral_and_comes_back(changed, word):
    house = House()
    house.calm(1000)
    command = house.step(1000, **changed)
    assert command.power_w is None and command.why[0] == word
    back = [house.step(1000).power_w for _ in range(7)]
    assert back[:5] == [None] * 5
    assert back[6] is not None


def test_switched_off_is_neutral():
    house = House(enabled=False)
    assert house.calm(1000).why == ("why_off",)
    assert house.calm(1000).power_w is None


def test_floor_is_hard_and_opens_one_percent_above():
    house = House(min_soc_pct=20)
    house.calm(1000)
    for soc_pct in range(52, 20, -4):
        house.step(1000, soc_pct=soc_pct)
    assert house.step(4000, soc_pct=20).why == ("why_floor", 20, 20)
    assert house.step(4000, soc_pct=20).power_w == 0
    assert house.step(-1000, soc_pct=20).power_w < 0      # charging stays allowed
    house.step(4000, soc_pct=21)
    assert house.step(4000, soc_pct=21).power_w > 0


@pytest.mark.parametrize("load_w, changed, power_w, word", [
    (9000, {}, 3000, "why_discharge_limit"),
    (-9000, {}, -3000, "why_charge_limit"),
    (2000, {"discharge_max_w": None}, 0, "why_discharge_limit"),
    (-2000, {"charge_max_w": None}, 0, "why_charge_limit"),
    (-2000, {"full": True}, 0, "why_full"),
    (-2000, {"soc_pct": 100}, 0, "why_full"),
    (2000, {"empty": True}, 0, "why_empty"),
])
def test_limits_are_the_last_word(load_w, changed, power_w, word):
    house = House()
    house.calm(0)
    for _ in range(15):
        command = house.step(load_w, **changed)
    assert (command.power_w, command.why[0]) == (power_w, word)


def test_the_loop_does_not_wind_up_at_a_limit():
    house = House()
    for _ in range(60):
        house.step(9000)
    house.step(500)
    assert house.step(500).power_w < 1500


def test_readings_too_far_apart_move_nothing():
    house = House()
    before = house.calm(1000).power_w
    assert house.step(2000, skew_ms=2600).power_w == before
    assert house.step(2000, skew_ms=None).power_w == before


def test_a_small_turn_stops_at_zero():
    house = House()
    house.calm(100)
    assert house.step(-60).power_w == 0


@pytest.mark.parametrize("interval_ms, limit_ms", [
    (None, 9000), (1000, 9000), (10000, 25000), (60000, 30000)])
def test_slow_meters_are_given_their_own_interval(interval_ms, limit_ms):
    assert silence_ms(interval_ms) == limit_ms
