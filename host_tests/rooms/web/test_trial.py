"""The sign and fallback trials against batteries of every character, in invented time."""

import asyncio
import types

import pytest

from firmware.core.journal import Journal
from firmware.core.readings import Decision, Inverter, Snapshot
from firmware.roles import web_trial


class Battery:
    """Obeys `gain` times what it is asked; the meter sees `seen` times that; clings when told nothing."""

    commands = True

    def __init__(self, gain=1.0, seen=1.0, clings=False, full=False):
        self.gain, self.seen, self.clings = gain, seen, clings
        self.reading = Inverter()
        self.reading.power_w, self.reading.soc_pct, self.reading.full = 0, 50, full
        self.silent_ms = 0

    def step(self, control, ms):
        if self.commands and control.manual is not None:
            self.silent_ms = 0
            self.reading.power_w = int(self.gain * (control.manual[0] or 0))
        else:
            self.silent_ms += ms
            if self.silent_ms > 10000 and not self.clings:
                self.reading.power_w = 0


class House:
    """As much of a gateway as the trial touches; `pass_ms` lets time pass."""

    def __init__(self, battery, rule="manual"):
        self.now, self.battery = 1000, battery
        self.control = types.SimpleNamespace(manual=None)
        self.journal = Journal()
        self.team = None
        self.drivers = [battery]
        self.latest = self
        self.decision = Decision(rule, None, ("why_off",))
        self.rule = rule
        battery_of = lambda: next((one for one in self.drivers if one.commands), None)  # noqa: E731
        self.found = battery_of

    def clock(self):
        return self.now

    def freeze(self, now_ms):
        seen = Snapshot()
        seen.battery_w = self.battery.reading.power_w
        seen.grid_w = 700 - int(self.battery.seen * seen.battery_w)
        return seen

    async def pass_ms(self, ms):
        self.now += ms
        self.battery.step(self.control, ms)


def tried(monkeypatch, battery, rule="manual"):
    house = House(battery, rule)
    house.latest = types.SimpleNamespace(
        battery=house.found, drivers=house.drivers, team=None, freeze=house.freeze, decision=house.decision)
    desk = types.SimpleNamespace(box=house, trial=web_trial.Trial(), failed=pytest.fail)
    monkeypatch.setattr(web_trial, "asyncio", types.SimpleNamespace(sleep_ms=house.pass_ms))
    asyncio.run(web_trial._run(desk))
    assert house.control.manual is None and desk.trial.step is None
    assert all(one.commands for one in house.drivers)
    return desk.trial


def test_a_battery_that_obeys_and_lets_go_is_good(monkeypatch):
    trial = tried(monkeypatch, Battery())
    assert trial.sign == ("good", "trial_sign_good", (-500, -500, 500), None)
    assert trial.fallback[0] == "good" and 10 <= trial.fallback[2][1] <= 12


def test_a_full_battery_gives_instead(monkeypatch):
    assert tried(monkeypatch, Battery(full=True)).sign[2] == (500, 500, -500)


@pytest.mark.parametrize("battery, light, word", (
    (Battery(gain=-1.0), "bad", "trial_reversed"),
    (Battery(gain=0.1), "bad", "trial_not_obeyed"),
    (Battery(seen=-1.0), "bad", "trial_sign_wrong"),
    (Battery(seen=0.2), "warn", "trial_not_seen"),
))
def test_each_wrong_sign_is_named(monkeypatch, battery, light, word):
    trial = tried(monkeypatch, battery)
    assert trial.sign[:2] == (light, word) and trial.sign[3]


def test_a_battery_that_clings_is_bad(monkeypatch):
    trial = tried(monkeypatch, Battery(clings=True))
    assert trial.fallback[:2] == ("bad", "trial_fallback_bad")


def test_control_with_something_better_to_do_is_told(monkeypatch):
    trial = tried(monkeypatch, Battery(), rule="force")
    assert trial.sign[:3] == ("warn", "trial_not_now", ("force",))
