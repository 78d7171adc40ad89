"""Invitations, users, API tokens and their scopes, orders: who gets in, once, and what he may."""

import hashlib
import hmac
import json
import os

import pytest

from firmware.roles.reception import Desk
from firmware.settings import kept
from host_tests.rooms.web.test_gate import Box, account_of, asked, proof_of


@pytest.fixture
def desk(tmp_path):
    return Desk(Box(tmp_path))


def said(answer):
    status, _, pieces = answer
    return status, json.loads(b"".join(pieces) or b"null")


def post(desk, path, body, **more):
    return said(asked(desk, "POST", "/api/v1/" + path, body=json.dumps(body).encode(), **more))


def got(desk, path, **more):
    return said(asked(desk, "GET", "/api/v1/" + path, **more))


def join(desk, role, code, password="full of wires"):
    nonce = got(desk, "challenge")[1]["nonce"]
    account, key = account_of(password)
    said_before = (nonce + account[0] + account[1]).encode()
    proof = hmac.new(code.encode(), said_before, hashlib.sha256).hexdigest()
    body = {"role": role, "account": account, "nonce": nonce, "proof": proof}
    return post(desk, "join", body), account, key


def invited(desk, role):
    owner = desk.gate.open("owner", "a", 1000)
    status, answer = post(desk, "invite", {"role": role}, session=owner)
    assert status == 200, answer
    assert answer["path"].startswith("/invite#" + role + "/")
    return answer["path"].rpartition("/")[2]


def test_an_invitation_is_good_once_and_the_name_logs_in(desk):
    code = invited(desk, "user:An")
    (status, answer), _, key = join(desk, "user:An", code)
    assert status == 200 and answer["role"] == "user:An"
    assert desk.gate.sessions[-1].rank == "user"
    assert join(desk, "user:An", code)[0][0] in (403, 429)
    desk.gate.counted(True, 1000)
    given = got(desk, "challenge?role=user:An")[1]
    proof = proof_of(key, given["nonce"])
    assert post(desk, "login", {"role": "user:An", "nonce": given["nonce"], "proof": proof})[0] == 200
    given = got(desk, "challenge?role=owner")[1]
    assert post(desk, "login", {"role": "owner", "nonce": given["nonce"],
                                "proof": proof_of(key, given["nonce"])})[0] == 403


def test_a_guessed_code_an_old_one_and_anothers_are_refused(desk):
    code = invited(desk, "owner")
    assert join(desk, "owner", "0" * 16)[0][0] == 403
    desk.gate.counted(True, 1000)
    assert join(desk, "installer", code)[0][0] == 403
    desk.gate.counted(True, 1000)
    desk.box.journal.began_s = 1795000000
    accounts = kept.load("accounts", desk.box.folder)
    accounts["invites"][0][2] = 1795000000 - 8 * 86400
    kept.save("accounts", accounts, desk.box.folder)
    assert join(desk, "owner", code)[0][0] == 403


def test_nobody_invites_above_himself_and_names_are_letters(desk):
    owner = desk.gate.open("owner", "a", 1000)
    assert post(desk, "invite", {"role": "installer"}, session=owner)[0] == 403
    for wrong in ("admin", "user:", "user:a b", "owner:An", "user:" + "x" * 17, "invites"):
        assert post(desk, "invite", {"role": wrong}, session=owner)[0] == 400, wrong


def test_a_removed_user_is_out_at_once(desk):
    join(desk, "user:An", invited(desk, "user:An"))
    session, owner = desk.gate.sessions[-1], desk.gate.open("owner", "a", 1000)
    assert {"name": "user:An"} in got(desk, "users", session=owner)[1]
    assert post(desk, "dismiss", {"name": "user:An"}, session=owner)[0] == 200
    assert asked(desk, "GET", "/api/v1/devices", session=session)[0] == 401
    assert post(desk, "dismiss", {"name": "installer"}, session=owner)[0] == 403


def test_unknown_accounts_look_like_known_ones_each_time(desk):
    first, second = (got(desk, "challenge?role=user:Eve")[1]["salt"] for _ in range(2))
    other = got(desk, "challenge?role=user:Bob")[1]["salt"]
    assert first == second != other and len(first) == 32 == len(bytes.fromhex(first)) * 2


@pytest.mark.parametrize("scope, reads, orders, writes", (
    ("read", 200, 403, 403), ("control", 200, 200, 403), ("settings", 200, 200, 200)))
def test_a_token_may_what_its_scope_says(desk, scope, reads, orders, writes):
    owner = desk.gate.open("owner", "a", 1000)
    token = post(desk, "tokens", {"name": "HA", "scope": scope}, session=owner)[1]["token"]
    bearer = {"Authorization": "Bearer " + token, "Origin": ""}
    desk.box.control = type("Control", (), {"manual": None})()
    assert got(desk, "devices", **bearer)[0] == reads
    assert post(desk, "order", {"power_w": -500, "for_s": 60}, **bearer)[0] == orders
    assert (desk.box.control.manual is not None) == (orders == 200)
    assert post(desk, "settings", {"control.min_soc_pct": "30"}, **bearer)[0] == writes
    assert got(desk, "users", **bearer)[0] == (200 if scope == "settings" else 403)
    assert post(desk, "reset", {"confirm": "x"}, **bearer)[0] == 403
    text = (desk.box.folder and open(desk.box.folder + "/tokens.json").read())
    assert token not in text and "HA" in text
    assert got(desk, "devices", Authorization="Bearer " + "0" * 32)[0] == 401
    assert post(desk, "untoken", {"name": "HA"}, session=owner)[0] == 200
    assert got(desk, "devices", **bearer)[0] == 401


@pytest.mark.parametrize("order", ({}, {"power_w": "1"}, {"power_w": 60000}, {"power_w": True},
                                   {"power_w": 1, "for_s": 0}, {"power_w": 1, "for_s": 9999}))
def test_an_order_out_of_bounds_is_refused_in_words(desk, order):
    desk.box.control = type("Control", (), {"manual": None})()
    status, answer = post(desk, "order", order, session=desk.gate.open("owner", "a", 1000))
    assert status == 400 and answer["text"] and answer["text"] != answer["error"]
    assert desk.box.control.manual is None


@pytest.mark.parametrize("language", ("nl", "fr", "en", "de"))
def test_refusals_have_a_code_and_a_sentence(desk, language):
    for path, code in (("nothing", "api_404"), ("settings", "api_401"), ("login", "api_405")):
        status, answer = got(desk, path + "?l=" + language)
        assert answer["error"] == code and status == int(code[4:])
        assert len(answer["text"]) > 10 and answer["text"] != code


def test_what_the_lan_sees_before_a_login_is_a_setting(desk):
    lan = {"peer": ("192.168.7.9", 5), "host": "192.168.7.2"}
    desk._hand = None
    for shown, status, lights in (("lights", 401, True), ("login", 401, False)):
        desk.box.settings.change({"web.lan_status": shown})
        assert asked(desk, "GET", "/api/v1/status", **lan)[0] == status
        assert asked(desk, "GET", "/api/v1/events", **lan)[0] == status
        assert asked(desk, "GET", "/api/v1/history", **lan)[0] == status
        if not lights:
            assert asked(desk, "GET", "/api/v1/lights", **lan)[0] == 401
            assert asked(desk, "GET", "/", **lan)[0] == 302


def test_random_tokens_differ(desk):
    owner = desk.gate.open("owner", "a", 1000)
    made = [post(desk, "tokens", {"name": str(n), "scope": "read"}, session=owner)[1] for n in range(9)]
    assert len({one["token"] for one in made[:8]}) == 8 and made[8]["error"] == "web_token_most"
    assert os.path.exists(desk.box.folder + "/tokens.json")
