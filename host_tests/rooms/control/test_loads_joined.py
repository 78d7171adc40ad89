"""Charger and boiler of the settings joined to the decision, and the door for who drives them."""

import json
import types

import pytest

from firmware.control.decide import Control
from firmware.control.loads import Flexible
from firmware.control.wishes import Wishes
from firmware.roles import web_order
from firmware.roles.flexible import control_of
from firmware.settings.values import Settings
from host_tests.rooms.control.lived import Lived

_CAR = {"loads.enabled": True, "loads.car_w": 7400, "loads.car_mode": "turbo"}


class Box:
    """What web_loads.py needs of a gateway, with a house around it."""

    def __init__(self, folder, **values):
        self.folder = str(folder)
        self.settings = Settings(dict(values))
        self.house = Lived(soc_pct=60)
        self.control = self.house.control = control_of(self.house.wishes, self.settings.get)

    def clock(self):
        return self.house.now_ms

    def ask(self, body=None):
        desk = types.SimpleNamespace(box=self)
        visit = types.SimpleNamespace(request=types.SimpleNamespace(body=json.dumps(body)), language="en")
        status, _, pieces = web_order.answer(desk, visit, "told" if body is not None else "known")
        return status, json.loads(b"".join(pieces))


@pytest.mark.parametrize("values, names", [
    (_CAR, ["car"]),
    ({"loads.boiler_w": 2000}, ["boiler"]),
    (dict(_CAR, **{"loads.boiler_w": 2000}), ["boiler", "car"]),
    ({}, []),
])
def test_the_settings_say_which_loads_there_are(values, names):
    control = control_of(Wishes(), Settings(dict(values)).get)
    assert isinstance(control, Flexible) and [load.name for load in control.loads.loads] == names


def test_a_house_without_loads_decides_the_same(tmp_path):
    plain, shared = Lived(soc_pct=60), Box(tmp_path).house
    for load_w in (500, 2800, -1200, 4000, 300):
        assert plain.live(60, load_w).power_w == shared.live(60, load_w).power_w
    assert type(plain.control) is Control


def test_who_drives_the_charger_tells_its_draw_and_gets_its_ceiling(tmp_path):
    box = Box(tmp_path, **_CAR)
    drawn_w = 0
    for _ in range(80):  # each five seconds
        status, found = box.ask({"name": "car", "now_w": drawn_w})
        box.house.live(5, 500 + drawn_w)
        drawn_w = found["ceiling_w"]
    assert status == 200 and found["for_s"] == 60 and abs(found["ceiling_w"] - 1850) <= 150
    box.house.live(70, 500 + drawn_w)  # nobody tells any more
    (known,) = box.ask()[1]
    assert known["ceiling_w"] == 0 and not known["running"] and known["now_w"] == 0


def test_a_mode_holds_at_once_and_after_a_start(tmp_path):
    box = Box(tmp_path, **_CAR)
    assert box.ask({"name": "car", "now_w": 0, "mode": "block"})[1]["mode"] == "block"
    box.house.live(300, 200)
    assert box.ask()[1][0]["ceiling_w"] == 0
    assert box.settings.get("loads.car_mode") == "block"
    from firmware.settings.store import Store
    assert Store(box.folder).load().get("loads.car_mode") == "block"


@pytest.mark.parametrize("body, code", [
    ({"name": "pool", "now_w": 0}, "web_no_load"),
    ({"name": "car", "now_w": -1}, "web_load_bounds"),
    ({"name": "car", "now_w": True}, "web_load_bounds"),
    ({"name": "car", "now_w": 60000}, "web_load_bounds"),
    ({"name": "car", "now_w": 0, "mode": "fast"}, "web_load_bounds"),
    ({"name": "car"}, "web_garbled"),
    ([], "web_garbled"),
])
def test_what_cannot_be_is_refused(tmp_path, body, code):
    status, found = Box(tmp_path, **_CAR).ask(body)
    assert status == 400 and found["error"] == code and len(found["text"]) > 10


def test_a_box_that_does_not_decide_has_no_loads(tmp_path):
    box = Box(tmp_path, **_CAR)
    del box.control
    assert box.ask() == (200, [])
    assert box.ask({"name": "car", "now_w": 0})[1]["error"] == "web_no_load"
