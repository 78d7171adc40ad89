"""The faults of the house (facts: ems 4.6), what the last gate makes of each, and the step test."""

import pytest

from firmware.control.commission import StepTest
from firmware.control.envelope import LEASE_MS, Envelope
from firmware.core.readings import Decision
from host_tests.rooms.control.lived import BEGIN_S, Lived
from tools.replay.contest import traces
from tools.replay.drive import Ours, run
from tools.replay.plant import Battery, Meter


@pytest.mark.parametrize("changed, word", [
    ({"meter_age_ms": 9100}, "why_meter_silent"),
    ({"heard_age_ms": 5100}, "why_inverter_silent"),
    ({"battery_age_ms": 5100}, "why_power_unknown"),
    ({"soc_pct": None}, "why_soc_unknown"),
    ({"away": True, "far": "shed"}, "why_link_lost"),
])
def test_what_cannot_be_seen_is_not_acted_on(changed, word):
    house = Lived(soc_pct=60)
    house.live(30, 900)
    assert house.live(1, 900, **changed).power_w is None and house.why[0] == word
    assert abs(house.live(30, 900).power_w - 900) <= 15


@pytest.mark.parametrize("changed", [
    {"meter_age_ms": 30001}, {"meter_age_ms": None}, {"battery_age_ms": 5001}, {"battery_age_ms": None}])
def test_the_gate_refuses_old_readings_whatever_a_rule_says(changed):
    seen = Lived(soc_pct=60).see(500, **changed)
    command = Envelope().admit(Decision("wrong", 1000, ("why_balance", 0, 0)), seen, 20)
    assert command.power_w is None and command.why == ("why_stale",)


def test_a_charge_that_stands_still_over_a_kilowatt_hour_is_not_believed():
    house = Lived(soc_pct=60)
    house.live(20 * 60, 2900)
    assert house.battery_w > 2800
    house.live(4 * 60, 2900)
    assert house.battery_w == 0 and house.why == ("why_soc_frozen", 60)
    assert house.live(20, -500).power_w < -400  # charging stays allowed
    house.soc_pct = 59
    assert house.live(20, 900).power_w > 800


def test_a_charge_that_jumps_gives_nothing_for_a_minute():
    house = Lived(soc_pct=60)
    house.live(60, 900)
    house.soc_pct = 85
    assert house.live(1, 900).power_w == 0 and house.why == ("why_soc_jump", 60, 85)
    house.live(62, 900)
    assert house.live(10, 900).power_w > 800


@pytest.mark.parametrize("power_w, most_w, least_w", [(9000, 4000, 0), (-9000, 0, -4000)])
def test_one_glitch_moves_no_more_than_a_step(power_w, most_w, least_w):
    seen = Lived(soc_pct=60).see(0, charge_max_w=9000, discharge_max_w=9000)
    command = Envelope().admit(Decision("wrong", power_w, ("why_balance", 0, 0)), seen, 20)
    assert least_w <= command.power_w <= most_w and command.power_w
    assert command.why[0] == "why_ramp" and command.until_ms == LEASE_MS


@pytest.mark.parametrize("dead_s", [0, 1, 2, 4, 6])
@pytest.mark.parametrize("ramp_w_s", [100, 400, 3000])
def test_the_step_test_finds_dead_time_and_ramp_once_and_keeps_them(dead_s, ramp_w_s):
    law, kept = Ours({"control.buffer_pct": 0}), []
    law.control.keep = kept.append
    run(traces()["household"][:2000], law, Battery(60000, 3000, 60, dead_s * 1000, ramp_w_s), Meter(BEGIN_S))
    assert len(kept) == 1 and law.wishes.dead_ms == kept[0]["control.dead_ms"]
    assert abs(law.wishes.dead_ms - dead_s * 1000) <= 600
    assert law.wishes.ramp_w_s >= min(ramp_w_s, 500) * 8 // 10
    assert sum(rule[1] == "trial" for rule in law.told) == 1


@pytest.mark.parametrize("name, order, tested", [
    ("plan", (None, 0, "why_plan"), True), ("plan", (0, None, "why_plan"), True), ("manual", None, False)])
def test_a_plan_does_not_keep_the_step_test_away_and_a_hand_does(name, order, tested):
    house = Lived(soc_pct=60)
    house.wishes.dead_ms = None
    house.live(20, 900)
    until_ms = house.now_ms + 3600000
    setattr(house.control, name, (0, until_ms) if order is None else order[:2] + (until_ms, order[2]))
    rules = set()
    for _ in range(400):
        house.live(1, 900)
        rules.add(house.rule)
    assert ("trial" in rules) == tested == (house.wishes.dead_ms is not None)


def test_a_battery_that_does_not_follow_is_not_measured():
    house = Lived(soc_pct=60)
    seen = house.see(500)
    trial = StepTest(seen)
    for _ in range(25):
        house.now_ms += 1000
        seen = house.see(500)
        if trial.ask(seen) is None:
            break
    assert trial.found is None and house.now_ms <= 22000


@pytest.mark.parametrize("dead_s", [0, 1, 2, 3, 4, 5, 6])
def test_the_loop_does_not_swing_at_any_dead_time(dead_s):
    law = Ours({"control.dead_ms": dead_s * 1000, "control.buffer_pct": 0})
    battery, meter = Battery(60000, 3000, 60, dead_s * 1000, 600), Meter(BEGIN_S)
    run([(1, 300, 0)] * 30, law, battery, meter)
    found = run([(1, 1800, 0)] * 60, law, battery, meter)
    assert found["direction_changes"] == 0 and abs(meter.grid_w) <= 30
    again = run([(1, 1800, 0)] * 60, law, battery, meter)
    assert again["import_wh"] + again["export_wh"] - found["import_wh"] - found["export_wh"] <= 1


def test_a_lasting_error_inside_the_dead_band_is_removed_and_noise_is_not_followed():
    house = Lived(soc_pct=60)
    house.live(60, 1000)
    house.live(10, 1020)
    assert abs(house.grid_w()) <= 10
    commands = set()
    for second in range(60):
        commands.add(house.live(1, 1020 + (8 if second % 2 else -8)).power_w)
    assert len(commands) <= 2
