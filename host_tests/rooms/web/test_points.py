"""The self-test on boxes that lack things: each point has a verdict, a reason and, if not good, an action."""

import types

import pytest

from firmware.core.journal import Journal
from firmware.core.readings import Inverter, Meter
from firmware.roles import web_check
from firmware.roles.reception import Desk
from firmware.words.words import LANGUAGES
from host_tests.rooms.web.test_gate import Box
from host_tests.rooms.web.test_keys import got, post

NOW = 60000


class Driver:
    commands = True

    def __init__(self, **reading):
        self.reading = Inverter()
        for name, value in reading.items():
            setattr(self.reading, name, value)

    def status(self, _now_ms):
        return "inverter_ok" if self.reading.heard_ms else "inverter_silent"


def latest_of(meter, driver):
    return types.SimpleNamespace(meter=meter, meter_interval_ms=1000, meter_box=None, meter_away=False,
                                 battery=lambda: driver, command=None)


@pytest.fixture
def desk(tmp_path):
    box = Box(tmp_path)
    box.clock = lambda: NOW
    box.journal = Journal()
    box.uplink_address = lambda: None
    box.board.name = "wt32_eth01"
    box.board.line_level = lambda: 1
    record = types.SimpleNamespace(boots=3)
    box.board.guard = types.SimpleNamespace(reset_cause=lambda: "power", record=record)
    box.control = types.SimpleNamespace(manual=None)
    box.latest = latest_of(None, None)
    desk = Desk(box)
    desk.failed = lambda error: pytest.fail(repr(error))
    return desk


def points(desk, language="en"):
    found = [web_check.point(desk, number, language) for number in range(len(web_check.POINTS))]
    return {one["id"]: one for one in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_box_with_nothing_connected_says_what_to_do(desk, language):
    desk.language = language
    found = points(desk, language)
    assert len(found) == 21
    for one in found.values():
        assert one["title"] and one["text"] and not one["text"].startswith("pt_"), one
        assert bool(one["do"]) == (one["light"] in ("warn", "bad")), one
    assert found["inverter"]["light"] == found["telegrams"]["light"] == found["time"]["light"] == "bad"


def test_a_good_house_is_good(desk):
    meter = Meter()
    meter.at_ms, meter.version, meter.ean = NOW - 500, "50217", "541448820044159999"
    for name in ("import_w", "export_w", "import_t1_wh", "demand_w", "month_peak_w", "time"):
        setattr(meter, name, 1)
    meter.voltage_mv = [230000, 231000, 229000]
    driver = Driver(heard_ms=1, power_w=0, soc_pct=55, voltage_mv=50000, serial="SE1", model="M", ready=True)
    desk.box.latest = latest_of(meter, driver)
    desk.box.bus = types.SimpleNamespace(counters={"requests": 100, "timeouts": 0, "crc": 0})
    desk.box.journal.began_s = 1795000000
    desk.phone_s = 1795000000
    found = points(desk)
    for name in ("supply", "telegrams", "content", "phases", "bus", "inverter", "identity", "passive",
                 "battery", "time"):
        assert found[name]["light"] == "good", found[name]
    assert "9999" in found["content"]["text"]


@pytest.mark.parametrize("change, name, light", (
    ({"ready": False}, "passive", "bad"), ({"serial": None}, "identity", "warn"),
    ({"soc_pct": None}, "battery", "bad"),
    ({"heard_ms": None}, "inverter", "bad"), ({"faults": ("f",)}, "battery", "warn")))
def test_each_fault_of_an_inverter_is_named(desk, change, name, light):
    good = {"heard_ms": 1, "power_w": 0, "soc_pct": 55, "serial": "SE1", "model": "M", "ready": True}
    desk.box.latest = latest_of(None, Driver(**dict(good, **change)))
    assert points(desk)[name]["light"] == light


def test_a_member_is_not_blamed_for_what_hangs_elsewhere(desk):
    del desk.box.latest
    del desk.box.control
    desk.box.outward = types.SimpleNamespace(meter=None)
    found = points(desk)
    for name in ("line", "telegrams", "checksum", "content", "phases", "sign", "fallback", "time"):
        assert found[name]["light"] == "off", found[name]


def test_the_phones_clock_is_compared(desk):
    desk.box.journal.began_s = 1795000000
    for apart_s, light in ((0, "good"), (100, "good"), (500, "warn")):
        desk.phone_s = 1795000000 + apart_s
        assert points(desk)["time"]["light"] == light


def test_a_report_is_made_of_the_points_and_kept(desk):
    installer = desk.gate.open("installer", "a", NOW)
    desk.box.identity.serial = "JU-1"
    assert post(desk, "report", {"now_s": 1795000000}, session=installer)[0] == 200
    told = got(desk, "report", session=installer)[1]
    report = told["report"]
    assert len(report["points"]) == 21 and report["made_s"] == 1795000000 and len(told["sha256"]) == 64
    assert report["settings"]["control.min_soc_pct"] == 20 and report["box"]["ssid"] == desk.box.identity.ssid
    assert desk.box.identity.password not in str(told)


def test_a_number_that_is_no_point_is_refused(desk):
    installer = desk.gate.open("installer", "a", NOW)
    for wrong in (-1, 21, "x", None):
        assert post(desk, "check", {"n": wrong}, session=installer)[0] == 400
