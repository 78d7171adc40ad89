"""Sessions, the login's proof, delays, and the table of routes walked with every role."""

import asyncio
import hashlib
import hmac
import os

import pytest

from firmware.core.journal import Journal
from firmware.core.ticks import add
from firmware.roles.reception import Desk
from firmware.settings import kept
from firmware.settings.identity import Identity
from firmware.settings.store import defaults
from firmware.settings.values import Settings
from firmware.web import proof, routes, shelf
from firmware.web.gate import Gate, same
from firmware.web.portal import is_near, is_ours
from firmware.web.request import Request

HOUR_MS = 3600000


def account_of(password, rounds=1000):
    salt = os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    return [salt.hex(), hashlib.sha256(key).hexdigest(), rounds], key


def proof_of(key, nonce):
    mask = hmac.new(hashlib.sha256(key).digest(), nonce.encode(), "sha256").digest()
    return bytes(a ^ b for a, b in zip(key, mask)).hex()


def test_the_right_password_and_no_other_proves_itself():
    account, key = account_of("a cupboard full of wires")
    assert proof.proves(account, "n1", proof_of(key, "n1"))
    assert not proof.proves(account, "n2", proof_of(key, "n1"))
    assert not proof.proves(account, "n1", proof_of(account_of("another one")[1], "n1"))
    assert not proof.proves(account, "n1", "zz") and not proof.proves(account, "n1", "")
    assert not proof.proves(None, "n1", proof_of(key, "n1"))


def test_what_is_kept_does_not_log_in():
    account, _ = account_of("a cupboard full of wires")
    stolen = bytes.fromhex(account[1])
    assert not proof.proves(account, "n", proof_of(stolen, "n"))


def test_hmac_is_the_standards():
    for key, data in ((b"k", b"d"), (b"\x0b" * 20, b"Hi There"), (b"a" * 64, b"")):
        assert proof.hmac_sha256(key, data) == hmac.new(key, data, "sha256").digest()


def test_a_nonce_is_good_once_and_for_two_minutes():
    gate = Gate(os.urandom)
    nonce = gate.nonce(0)
    assert gate.spend(nonce, 1000) and not gate.spend(nonce, 1000)
    assert not gate.spend(gate.nonce(0), 121000) and not gate.spend("", 0)


def test_wrong_passwords_wait_longer_and_longer():
    gate = Gate(os.urandom)
    waits = []
    for _ in range(9):
        gate.counted(False, 0)
        waits.append(gate.wait_s(0))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert gate.wait_s(59000) == 1 and gate.wait_s(61000) == 0
    gate.counted(True, 0)
    assert gate.wait_s(0) == 0


def test_sessions_end_by_themselves_and_on_demand():
    gate = Gate(os.urandom)
    first = gate.open("owner", "a", 0)
    assert gate.session(first.name, 800000) is first
    assert gate.session(first.name, 1600000) is first
    assert gate.session(first.name, 1600000 + 900000) is None
    kept = gate.open("owner", "a", 0)
    for now in range(0, 9 * HOUR_MS, 600000):
        found = gate.session(kept.name, add(0, now))
        assert (found is kept) == (now < 8 * HOUR_MS), now
    five = [gate.open("user", str(n), n) for n in range(5)]
    assert len(gate.sessions) == 4 and gate.session(five[0].name, 10) is None
    gate.close(session=five[4])
    assert gate.session(five[4].name, 10) is None
    assert len(five[1].name) == 32 and five[1].token not in five[1].name


def test_compare_is_of_the_whole():
    assert same("abc", "abc") and not same("abc", "abd") and not same("abc", "ab") and not same("ab", "abc")
    assert not same("", "a") and same(b"\1\2", b"\1\2")


def test_near_and_ours():
    assert is_near(("192.168.4.2", 1)) and not is_near(("192.168.1.9", 1))
    assert is_ours("192.168.4.1:80", ("192.168.4.1",))
    assert not is_ours("192.168.4.1.evil.com", ("192.168.4.1",))


class Board:
    random = staticmethod(os.urandom)


class Box:
    """As much of a role as the desk asks for before a page is made."""

    def __init__(self, folder, **changes):
        self.settings = Settings(dict(defaults(), **changes))
        self.identity = Identity("F4:12:FA:40:06:E4", password="ABCDEFGHJKMN", pop="x")
        self.journal = Journal()
        self.board = Board()
        self.folder = str(folder)
        self.door = self.corridor = self.bus = None
        self.drivers = []

    def clock(self):
        return 1000

    def uplink_address(self):
        return "192.168.7.2"

    def status(self, _now_ms):
        return {}


def asked(desk, method, path, peer=("192.168.4.2", 5), host="192.168.4.1", session=None, body=b"{}", **more):
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n"
    headers = {"Content-Type": "application/json", "Origin": "http://" + host} if method == "POST" else {}
    if session:
        headers.update(Cookie="s=" + session.name)
        headers.setdefault("X-Token", session.token)
    headers.update(more)
    head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items() if value)
    if method == "POST":
        head += f"Content-Length: {len(body)}\r\n"
    request = Request()
    assert request.feed(head.encode() + b"\r\n" + (body if method == "POST" else b""))
    return asyncio.run(desk.answer(request, peer))


ROUTES = [line.decode().split() for line in shelf.routes() if line[:1] != b"#"]


@pytest.fixture
def desk(tmp_path):
    desk = Desk(Box(tmp_path))
    desk.hands = []

    async def hand(handler, visit, detail):
        desk.hands.append((handler, detail))
        return 200, "", ()

    desk._hand = hand
    desk._static = lambda _shelf, name: (desk.hands.append(("file", name)), (200, "", ()))[1]
    return desk


@pytest.mark.parametrize("route", ROUTES, ids=lambda one: one[0] + " " + one[1])
def test_every_route_with_every_role(desk, route):
    method, path, least, _, _ = route
    for rank, role in enumerate(routes.RANKS):
        session = desk.gate.open(role, "a", 1000) if rank else None
        status = asked(desk, method, path, session=session)[0]
        if rank >= routes.RANKS.index(least):
            assert status == 200, role
        elif path.startswith("/api/"):
            assert status == (403 if rank else 401), role
        else:
            assert status == 302, role
    assert len(desk.hands) == 4 - routes.RANKS.index(least)


def test_what_is_not_in_the_table_does_not_exist(desk):
    owner = desk.gate.open("installer", "a", 1000)
    for path in ("/settings.json", "/../identity.json", "/identity.json", "/api/v1/", "/config/", "/s/../x"):
        assert asked(desk, "GET", path, session=owner)[0] == 404, path
    assert asked(desk, "POST", "/", session=owner)[0] == 405
    assert asked(desk, "GET", "/api/v1/login", session=owner)[0] == 405


def test_a_write_needs_token_origin_and_type(desk):
    session = desk.gate.open("installer", "a", 1000)
    path = "/api/v1/settings"
    assert asked(desk, "POST", path, session=session)[0] == 200
    for wrong in ({"X-Token": "0" * 16}, {"X-Token": ""}, {"Origin": "http://evil.com"}, {"Origin": "null"},
                  {"Content-Type": "text/plain"}):
        assert asked(desk, "POST", path, session=session, **wrong)[0] == 403, wrong


def test_the_lan_policy(desk):
    lan = {"peer": ("192.168.7.9", 5), "host": "192.168.7.2"}
    session = desk.gate.open("installer", "a", 1000)
    for policy, looks, writes in (("full", 200, 200), ("read", 200, 403), ("off", 403, 403)):
        desk.box.settings.change({"web.lan": policy})
        assert asked(desk, "GET", "/", session=session, **lan)[0] == looks
        assert asked(desk, "POST", "/api/v1/settings", session=session, **lan)[0] == writes
    assert asked(desk, "GET", "/", session=session)[0] == 200


PROBES = ("connectivitycheck.gstatic.com/generate_204", "www.google.com/gen_204",
          "connectivitycheck.android.com/generate_204", "captive.apple.com/hotspot-detect.html",
          "www.msftconnecttest.com/connecttest.txt", "www.msftncsi.com/ncsi.txt",
          "detectportal.firefox.com/success.txt", "detectportal.firefox.com/canonical.html",
          "d2uzsrnmmf6tds.cloudfront.net/anything")


@pytest.mark.parametrize("probe", PROBES)
def test_what_phones_ask_leads_to_the_page(desk, probe):
    host, _, path = probe.partition("/")
    status, headers, pieces = asked(desk, "GET", "/" + path, host=host)
    assert status == 302 and "Location: http://192.168.4.1/\r\n" in headers and len(b"".join(pieces)) > 20
    assert asked(desk, "GET", "/" + path, host=host, peer=("192.168.7.9", 5))[0] == 421


def test_the_accounts_survive_and_a_damaged_file_is_nobodys_chance(tmp_path):
    assert kept.load("accounts", str(tmp_path)) == {}
    kept.save("accounts", {"installer": ["a", "b", 3000]}, str(tmp_path))
    assert kept.load("accounts", str(tmp_path)) == {"installer": ["a", "b", 3000]}
    (tmp_path / "accounts.json").write_bytes(b"[")
    with pytest.raises(ValueError):
        kept.load("accounts", str(tmp_path))
    status, _, _ = asked(Desk(Box(tmp_path)), "POST", "/api/v1/setup", body=b"{}")
    assert status == 403
