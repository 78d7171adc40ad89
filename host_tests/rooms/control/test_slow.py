"""A battery that answers after seconds: what is over is not chased, what goes on is met ahead of time."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firmware.control.follow import Follow
from firmware.control.slow import Slow
from firmware.control.wishes import Wishes
from firmware.core.readings import Snapshot
from tools.replay.drive import Ours, run
from tools.replay.plant import Battery, Meter

_EPOCH_S = 1767571200


def exchanged_wh(loads, dead_s, told_ms):
    """Import and export of a house of one load a second, with a battery of dead_s told as told_ms."""
    law = Ours({"control.dead_ms": told_ms, "control.buffer_pct": 0, "control.min_soc_pct": 10})
    battery, meter = Battery(60000, 3000, 60, dead_s * 1000, 10000), Meter(_EPOCH_S)
    run([(1, 300, 0)] * 20, law, battery, meter)
    before_ws = meter.import_ws + meter.export_ws
    run([(1, load_w, 0) for load_w in loads], law, battery, meter)
    return (meter.import_ws + meter.export_ws - before_ws) // 3600


@pytest.mark.parametrize("dead_s", [3, 4, 6])
def test_a_kettle_that_is_over_before_the_battery_answers_is_not_bought_twice(dead_s):
    spikes = ([2300] * 2 + [300] * 58) * 10
    chased_wh = exchanged_wh(spikes, dead_s, 1000)  # told that it is quick, it follows all there is
    assert chased_wh >= 2 * 2000 * 2 * 10 // 3600 - 2
    assert exchanged_wh(spikes, dead_s, dead_s * 1000) <= chased_wh * 8 // 10


@pytest.mark.parametrize("dead_s", [2, 4, 6])
def test_a_cloud_that_comes_slowly_is_met_ahead(dead_s):
    ramp = [300 + 12 * second for second in range(120)] + [1740 - 12 * second for second in range(120)]
    behind_ws = 2 * 120 * 12 * dead_s  # a loop that only follows is late by the dead time at least
    assert exchanged_wh(ramp, dead_s, dead_s * 1000) * 3600 < behind_ws * 7 // 10


@pytest.mark.parametrize("dead_s", [2, 4, 6])
def test_a_step_is_reached_and_not_passed(dead_s):
    law = Ours({"control.dead_ms": dead_s * 1000, "control.buffer_pct": 0, "control.min_soc_pct": 10})
    battery, meter, asked = Battery(60000, 3000, 60, dead_s * 1000, 10000), Meter(_EPOCH_S), []
    run([(1, 300, 0)] * 20, law, battery, meter)
    for _ in range(40):
        run([(1, 2300, 0)], law, battery, meter)
        asked.append(law.control.follow.power_w)
    assert max(asked) <= 2310 and asked[-1] >= 2270
    assert asked.index(asked[-1]) <= 3 * dead_s + 3


@given(some.lists(some.integers(-9000, 9000), min_size=1, max_size=40), some.integers(1001, 6000))
def test_nothing_moves_further_in_the_dead_time_than_it_may(wanted, dead_ms):
    slow, power_w = Slow(), 0
    for want_w in wanted:
        after_w = slow.lead(want_w, power_w, dead_ms, 1000)
        assert abs(after_w - power_w) <= 900 * 1000 // (dead_ms - 1000)
        assert min(power_w, want_w) - 300 <= after_w <= max(power_w, want_w) + 300
        power_w = after_w


@pytest.mark.parametrize("wanted", [
    [0] * 9 + [2000], [0, 40] * 5, [0] * 5 + [2000] * 5, [500, 400, 600, 300, 700, 500, 400, 600, 300, 700]])
def test_a_step_or_noise_has_no_slope(wanted):
    slow = Slow()
    for want_w in wanted:
        found_w = slow.lead(want_w, want_w, 4000, 1000)
    assert found_w == wanted[-1]


@pytest.mark.parametrize("dead_ms, balancing, after_w", [
    (4000, True, 300), (4000, False, 2500), (900, True, 2500), (None, True, 1500)])
def test_only_balancing_with_a_slow_battery_waits(dead_ms, balancing, after_w):
    seen, wishes, follow = Snapshot(), Wishes(), Follow()
    wishes.dead_ms, seen.battery_w, seen.skew_ms = dead_ms, 0, 0
    assert follow.step(seen, 2500, wishes, balancing) == after_w
