"""The radio over the documented API of network and espnow, played with the chip's own limits."""

import importlib
import sys
import types

import pytest

BROADCAST = b"\xff" * 6


class Wlan:
    """A WLAN interface; Wi-Fi outlives its object."""

    IF_STA, IF_AP, PM_NONE = 0, 1, 0
    on = {0: True, 1: True}
    told = []

    def __init__(self, interface):
        self.interface = interface

    def active(self, on=None):
        if on is not None:
            Wlan.on[self.interface] = on
            Wlan.told.append((self.interface, "active", on))
        return Wlan.on[self.interface]

    def config(self, **more):
        Wlan.told.append((self.interface, more, Wlan.on[self.interface]))


class EspNow:
    """Peers, limits and errors as in ports/esp32/modespnow.c."""

    def __init__(self):
        self.peers, self.sent, self.waiting, self.peers_table = {}, [], [], {}
        self.full = False

    def active(self, on):
        self.peers.clear()

    def config(self, rxbuf):
        assert rxbuf > 528

    def set_pmk(self, key):
        assert len(key) == 16

    def add_peer(self, mac, lmk=None, encrypt=None, ifidx=None):
        if mac in self.peers:
            raise OSError(-12395, "ESP_ERR_ESPNOW_EXIST")
        if len(self.peers) >= 20 or (lmk and sum(1 for key, _ in self.peers.values() if key) >= 6):
            raise OSError(-12392, "ESP_ERR_ESPNOW_FULL")
        assert lmk is None or len(lmk) == 16
        self.peers[mac] = (lmk, ifidx)

    def del_peer(self, mac):
        if self.peers.pop(mac, None) is None:
            raise OSError(-12393, "ESP_ERR_ESPNOW_NOT_FOUND")

    def send(self, mac, frame, sync):
        assert sync is False and mac in self.peers
        if self.full:
            raise OSError(-12391, "ESP_ERR_ESPNOW_NO_MEM")
        self.sent.append((mac, bytes(frame)))

    def recvinto(self, got, timeout_ms):
        assert timeout_ms == 0
        if not self.waiting:
            return 0
        got[0], frame, got[2] = self.waiting.pop(0)
        got[1][: len(frame)] = frame
        return len(frame)


@pytest.fixture
def radio(monkeypatch):
    """radio(…) opens one; the fakes are its `now` and Wlan."""
    Wlan.on, Wlan.told = {0: True, 1: True}, []
    now = EspNow()
    network = types.SimpleNamespace(WLAN=Wlan, AUTH_WPA2_PSK=3)
    monkeypatch.setitem(sys.modules, "network", network)
    monkeypatch.setitem(sys.modules, "espnow", types.SimpleNamespace(ESPNow=lambda: now))
    monkeypatch.delitem(sys.modules, "firmware.board.radio", raising=False)
    module = importlib.import_module("firmware.board.radio")

    def open_radio(*parts):
        one = module.Radio(*parts)
        one.now = now
        return one

    yield open_radio
    sys.modules.pop("firmware.board.radio", None)


def mac(number):
    return bytes([2, 0, 0, 0, 0, number])


def test_a_gateways_station_stays_off_and_its_point_is_never_open(radio):
    radio(11, "JULLIX_4006E4", "secret-of-sticker")
    assert Wlan.on == {0: False, 1: True}
    up = Wlan.told.index((1, "active", True))
    before = [told for told in Wlan.told[:up] if told[0] == 1 and isinstance(told[1], dict)]
    closed = {"ssid": "JULLIX_4006E4", "key": "secret-of-sticker", "security": 3, "channel": 11}
    assert before == [(1, closed, False)]


def test_a_gateways_frames_leave_through_its_point(radio):
    one = radio(6, "JULLIX_4006E4", "secret")
    assert one.send(mac(1), b"x") and one.now.peers[mac(1)] == (None, 1) == one.now.peers[BROADCAST]


def test_a_member_is_on_its_channel_and_awake(radio):
    one = radio(0)
    assert Wlan.on == {0: True, 1: False}
    assert (0, {"pm": 0}, True) in Wlan.told and Wlan.told[-1] == (0, {"channel": 1}, True)
    one.tune(7)
    assert Wlan.told[-1] == (0, {"channel": 7}, True)


def test_what_was_heard_on_the_channel_before_is_not_heard_on_the_next(radio):
    one = radio(6)
    one.now.waiting = [(mac(1), b"here", -61), (mac(1), b"here", -61)]
    one.tune(7)
    assert one.take() is None


def test_a_gateways_channel_is_fixed(radio):
    one = radio(6, "JULLIX_4006E4", "secret")
    count = len(Wlan.told)
    one.tune(7)
    assert len(Wlan.told) == count


def test_what_comes_in_is_given_with_its_sender_and_strength(radio):
    one = radio(6)
    assert one.take() is None
    one.now.waiting = [(mac(1), b"abc", -61), (mac(2), b"d", -70)]
    route, frame, rssi = one.take()
    assert (route, bytes(frame), rssi) == (mac(1), b"abc", -61)
    assert bytes(one.take()[1]) == b"d"


def test_more_boxes_than_the_chip_has_room_for_take_turns(radio):
    one = radio(6)
    for _ in range(2):
        for number in range(25):
            assert one.send(mac(number), b"x")
    assert len(one.now.peers) == 20 and BROADCAST in one.now.peers and len(one.now.sent) == 50


def test_forged_senders_do_not_fill_the_memory(radio):
    one = radio(6)
    for number in range(200):
        one.now.peers_table[bytes([3, 0, 0, 0, number, 0])] = [-60, 0]
        one.now.waiting.append((mac(1), b"x", -60))
        one.take()
    assert len(one.now.peers_table) <= 41


def test_a_full_radio_is_said_and_not_waited_for(radio):
    one = radio(6)
    one.now.full = True
    assert one.send(BROADCAST, b"x") is False


def test_six_are_locked_and_the_seventh_is_told_so(radio):
    one = radio(6)
    key = bytes(16)
    assert all(one.lock(mac(number), key) for number in range(6)) and not one.lock(mac(6), key)
    for number in range(7):
        assert one.send(mac(number), b"x")
    assert [one.now.peers[mac(number)][0] for number in range(7)] == [key] * 6 + [None]
    assert one.lock(mac(0), None) and one.lock(mac(6), key)
    assert one.send(mac(6), b"x") and one.send(mac(0), b"x")
    assert (one.now.peers[mac(6)][0], one.now.peers[mac(0)][0]) == (key, None)


def test_a_soft_reset_leaves_peers_behind(radio, monkeypatch):
    monkeypatch.setattr(EspNow, "active", lambda self, on: self.peers.setdefault(BROADCAST, (None, 0)))
    assert radio(6).send(BROADCAST, b"x")
