"""What the pages keep and judge: last hour and day, panels, contract, report, the Wi-Fi's hours, Apply."""

import hashlib
import json
import os
import sys
import types

import pytest

from firmware.core.journal import Journal
from firmware.roles.reception import Desk
from firmware.settings import kept, report_file
from firmware.settings.panels import groups
from firmware.settings.quarters import Quarters
from firmware.settings.quarters_tail import tail
from firmware.settings.store import load
from firmware.settings.values import SettingError
from firmware.web.history import POINTS, History
from host_tests.rooms.web.test_gate import Box, asked
from host_tests.rooms.web.test_keys import got, post


@pytest.fixture
def desk(tmp_path):
    return Desk(Box(tmp_path))


def test_the_last_hour_is_means_of_half_minutes_oldest_first():
    history = History(0)
    for second in range(91):
        history.take(second * 1000, 100 + second, None, -40000)
    assert list(history.rows()) == [[115 - 1, None, -32767], [145 - 1, None, -32767], [175 - 1, None, -32767]]
    for second in range(91, 2 * POINTS * 30):
        history.take(second * 1000, second, 1, 2)
    rows = list(history.rows())
    assert len(rows) == POINTS and rows[0][0] < rows[-1][0]


def test_an_hour_of_nothing_is_gaps_and_not_zeros():
    history = History(0)
    history.take(0, 5, 5, 5)
    history.take(120000, 7, 7, 7)
    assert list(history.rows())[1:] == [[None] * 3] * 3


def test_the_day_comes_from_flash_without_spoilt_records(tmp_path):
    quarters = Quarters(str(tmp_path))
    for number in range(200):
        quarters.append(24321, 1000, (1000 + number, number, 2, 3, 4, True))
    found = list(tail(str(tmp_path), 24321, 1000, 96))
    assert [one[0] for one in found] == list(range(1104, 1200)) and found[-1] == (1199, 199, 2)
    data = bytearray((tmp_path / "quarters" / "24321").read_bytes())
    data[-5] ^= 1
    (tmp_path / "quarters" / "24321").write_bytes(data + b"torn")
    assert len(list(tail(str(tmp_path), 24321, 1000, 96))) == 95
    assert list(tail(str(tmp_path), 1, 0, 96)) == []


def test_history_over_the_api(desk):
    desk.history = History(0)
    for second in range(3600):
        desk.history.take(second * 1000, second, -second, None)
    status, rows = got(desk, "history?span=hour")
    assert status == 200 and len(rows) == 119 and rows[0] == [14, -15, None]
    assert got(desk, "history?span=day") == (200, [])


def test_panels_are_read_or_refused_by_name():
    assert groups("12x400@180/35; 8x380@90/20") == [(12, 400, 180, 35), (8, 380, 90, 20)]
    assert groups("") == []
    for wrong in ("12", "12x400@360/35", "0x400@1/1", "12x5@1/1", "1x400@1/91", ";".join(["1x400@1/1"] * 7)):
        with pytest.raises(SettingError):
            groups(wrong)


CONTRACT = {"area": "Fluvius Antwerpen", "contract": "manual", "periods": [
    {"from": "2026-01-01", "peak_ct": "14.25", "off_peak_ct": "11.80", "injection_peak_ct": "3.10",
     "injection_off_peak_ct": "2.40", "fixed_eur_month": "5.30"}]}


def test_a_contract_is_checked_and_kept(desk):
    owner = desk.gate.open("owner", "a", 1000)
    read = got(desk, "contract", session=owner)[1]
    assert read["contract"] is None and "Fluvius West" in read["areas"] and len(read["contracts"]) > 10
    assert post(desk, "contract", CONTRACT, session=owner)[0] == 200
    assert got(desk, "contract", session=owner)[1]["contract"] == CONTRACT
    for change, word in (({"area": "Nowhere"}, "area_unknown"), ({"contract": "gold"}, "contract_unknown"),
                         ({"periods": [{}]}, "contract_needs"), ({"extra": 1}, "contract_unknown_field")):
        status, answer = post(desk, "contract", dict(CONTRACT, **change), session=owner)
        assert status == 400 and answer["error"] == word and answer["text"] != word
    assert kept.load("contract", desk.box.folder) == CONTRACT


def test_a_report_carries_the_sum_of_its_bytes(tmp_path):
    assert b"".join(report_file.told(str(tmp_path))) == b"null"
    report_file.save(str(tmp_path), [b'{"points": [', b"1, 2]}"])
    told = json.loads(b"".join(report_file.told(str(tmp_path))))
    assert told["report"] == {"points": [1, 2]}
    assert told["sha256"] == hashlib.sha256(b'{"points": [1, 2]}').hexdigest()


class Wire:
    """The access point, as firmware/board has it."""

    def __init__(self):
        self.on, self.joined = False, 0

    def bring_up(self, _channel, _ssid, password):
        assert password
        self.on = True

    def guests(self):
        return self.joined

    def shut(self):
        self.on = False


@pytest.fixture
def wifi(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "network", types.ModuleType("network"))
    from firmware.roles import web_wifi

    box = Box(tmp_path, **{"web.ap_minutes": 15})
    box.now, box.journal = 0, Journal()
    box.clock = lambda: box.now
    wire, button = Wire(), types.SimpleNamespace(pressed=lambda: button.held, held=False)
    monkeypatch.setattr(web_wifi, "access_point", wire)
    made = web_wifi.Wifi(box, button)
    made.bring_up(0)
    made.box, made.wire, made.button = box, wire, button
    return made


def wait(wifi, minutes):
    for _ in range(minutes * 60):
        wifi.box.now += 1000
        wifi.turn(wifi.box.now)


def test_the_wifi_closes_after_the_last_guest_and_the_button_opens_it(wifi):
    wifi.wire.joined = 1
    wait(wifi, 40)
    assert wifi.open and wifi.wire.on
    wifi.wire.joined = 0
    wait(wifi, 14)
    assert wifi.open and wifi.seen(wifi.box.now)
    wait(wifi, 14)
    assert wifi.open
    wait(wifi, 2)
    assert not wifi.open and not wifi.wire.on and not wifi.seen(wifi.box.now)
    wifi.button.held = True
    wait(wifi, 1)
    assert wifi.open and wifi.wire.on
    assert "web_wifi_open" in [one[3] for one in wifi.box.journal.after(0)]


def test_a_gateway_with_a_link_stays_on_the_air_and_answers_nobody(wifi):
    wifi.box.corridor = types.SimpleNamespace(peers=types.SimpleNamespace(channel=0))
    wait(wifi, 16)
    assert not wifi.open and wifi.wire.on
    desk = Desk(wifi.box)
    desk.wifi = wifi
    assert asked(desk, "GET", "/")[0] == 403


def test_zero_minutes_is_always(wifi):
    wifi.box.settings.change({"web.ap_minutes": 0})
    wait(wifi, 100)
    assert wifi.open


class Power:
    """Goes after so many steps: from then on nothing reaches the flash."""

    def __init__(self, steps):
        self.left = steps

    def until_cut(self, real):
        """`real` as long as there is power."""
        def step(*paths):
            self.left -= 1
            if self.left < 0:
                raise OSError("power")
            return real(*paths)

        return step


def test_apply_is_all_or_nothing_at_every_cut(desk, monkeypatch):
    """The power goes at each single step of the writing: what a restart finds is the old or the new."""
    installer = desk.gate.open("installer", "a", 1000)
    monkeypatch.setattr("firmware.roles.web_settings.asyncio.create_task", lambda task: task.close())
    assert post(desk, "settings", {"control.min_soc_pct": "21"}, session=installer)[0] == 200
    before = 21, 20
    for cut in range(6):
        power = Power(cut)
        with monkeypatch.context() as cable:
            for name in ("rename", "remove"):
                cable.setattr(os, name, power.until_cut(getattr(os, name)))
            changes = {"control.min_soc_pct": str(30 + cut), "control.buffer_pct": str(10 + cut)}
            post(desk, "settings", changes, session=installer)
        after = load(desk.box.folder)[0]
        pair = after.get("control.min_soc_pct"), after.get("control.buffer_pct")
        assert pair in ((30 + cut, 10 + cut), before), cut
        before = pair


def test_one_wrong_value_keeps_all_others_out(desk):
    installer = desk.gate.open("installer", "a", 1000)
    status, answer = post(desk, "settings", {"control.min_soc_pct": "30", "control.buffer_pct": "99"},
                          session=installer)
    assert status == 400 and answer["name"] == "control.buffer_pct" and "99" in answer["text"]
    assert desk.box.settings.get("control.min_soc_pct") == 20
    owner = desk.gate.open("owner", "b", 1000)
    assert post(desk, "settings", {"modbus.station": "2"}, session=owner)[1]["error"] == "web_not_allowed"
