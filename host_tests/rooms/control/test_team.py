"""Several inverters, one decision: split by what each battery can still do, each behind its own gate."""

import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.control.team import Team, split
from firmware.core.readings import Decision, Inverter, Snapshot

NOW = 500000


class Driver:
    """A driver as the team sees it."""

    commands = True

    def __init__(self, soc_pct, power_w=0, wh=None, most_w=3000, **more):
        self.reading = Inverter()
        self.reading.soc_pct, self.reading.power_w = soc_pct, power_w
        self.reading.charge_max_w = self.reading.discharge_max_w = most_w
        self.reading.at_ms = self.reading.heard_ms = NOW - 300
        self.capacity_wh = wh
        self.said = None
        for name, value in more.items():
            setattr(self.reading, name, value)

    def status(self, now_ms):
        return "inverter_ok"

    def command(self, command, now_ms):
        self.said = command


def snapshot():
    """Of NOW."""
    one = Snapshot()
    one.now_ms = NOW
    return one


def told(drivers, power_w, min_soc_pct=20):
    """What each driver is told, and the Command of all."""
    team = Team(drivers)
    team.look(NOW)
    command = team.admit(Decision("balance", power_w, ("why_balance", power_w, 0)), snapshot(), min_soc_pct)
    team.command(command, NOW)
    return [driver.said.power_w for driver in drivers], command


def test_to_give_goes_by_the_energy_above_the_minimum():
    assert told([Driver(60), Driver(40)], 1500)[0] == [1000, 500]


def test_to_charge_goes_by_the_room_there_is():
    assert told([Driver(80), Driver(40)], -1600)[0] == [-400, -1200]


def test_a_bigger_battery_does_more():
    assert told([Driver(60, wh=10000), Driver(60, wh=5000)], 1500)[0] == [1000, 500]


def test_what_one_cannot_the_other_does():
    assert told([Driver(90, most_w=1000), Driver(40)], 2800)[0] == [1000, 1800]


def test_beyond_all_limits_each_does_its_most_and_the_reason_is_said():
    parts, command = told([Driver(60), Driver(60)], 9000)
    assert parts == [3000, 3000] and command.power_w == 6000
    assert command.why[0] == "why_discharge_limit"


def test_one_at_its_floor_rests_while_the_other_gives():
    assert told([Driver(20), Driver(70)], 1000)[0] == [0, 1000]


def test_all_at_the_floor_give_nothing_and_say_why():
    parts, command = told([Driver(20), Driver(19)], 1000)
    assert parts == [0, 0] and command.why[0] == "why_floor"


def test_a_full_one_takes_nothing():
    assert told([Driver(100, full=True), Driver(70)], -1000)[0] == [0, -1000]


def test_a_small_power_is_one_inverters_work():
    assert told([Driver(60), Driver(50)], 200)[0] == [200, 0]


@pytest.mark.parametrize("unfit", [{"ready": False}, {"soc_pct": None}, {"power_w": None},
                                   {"heard_ms": NOW - 6000}, {"at_ms": NOW - 6000}])
def test_who_cannot_be_counted_on_rests(unfit):
    drivers = [Driver(60), Driver(60)]
    for name, value in unfit.items():
        setattr(drivers[0].reading, name, value)
    assert told(drivers, 1000)[0] == [None, 1000]


def test_neutral_is_for_all():
    assert told([Driver(60), Driver(60)], None)[0] == [None, None]


def test_nobody_fit_is_neutral():
    drivers = [Driver(60, ready=False), Driver(60, ready=False)]
    parts, command = told(drivers, 1000)
    assert parts == [None, None] and command.power_w is None


def test_their_reading_is_a_sum_and_its_level_by_capacity():
    team = Team([Driver(80, 500, wh=15000), Driver(40, -200, wh=5000)])
    team.look(NOW)
    reading = team.reading
    assert (reading.power_w, reading.soc_pct) == (300, 70)
    assert (reading.charge_max_w, reading.discharge_max_w) == (6000, 6000)


def test_their_reading_is_as_old_as_the_oldest():
    drivers = [Driver(80), Driver(40)]
    drivers[1].reading.at_ms = NOW - 900
    team = Team(drivers)
    team.look(NOW)
    assert team.reading.at_ms == NOW - 900


def test_one_that_joins_later_takes_part():
    drivers = [Driver(60)]
    team = Team(drivers)
    team.look(NOW)
    drivers.append(Driver(60))
    team.look(NOW)
    assert team.reading.discharge_max_w == 6000


def test_a_meter_among_the_drivers_is_passed_over():
    meter = types.SimpleNamespace(commands=False, reading=Inverter())
    assert told([Driver(60), meter, Driver(60)][::2], 1000)[0] == [500, 500]
    team = Team([meter, Driver(60)])
    team.look(NOW)
    assert team.reading.soc_pct == 60


@given(power_w=st.integers(0, 20000), rows=st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 6000)), min_size=1, max_size=5))
def test_a_split_loses_nothing_and_keeps_to_limits(power_w, rows):
    weights, limits = [row[0] for row in rows], [row[1] for row in rows]
    parts = split(power_w, weights, limits)
    able_w = sum(limit for weight, limit in rows if weight)
    assert sum(parts) == power_w and min(parts) >= 0
    if power_w <= able_w:
        assert all(part <= limit for part, limit, weight in zip(parts, limits, weights) if weight)
