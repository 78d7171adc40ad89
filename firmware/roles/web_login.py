"""Doors and keys: the first visit, logging in and out, passwords, who is in. Loaded with a request.

No answer and no journal record holds a secret; wrong passwords are journaled by role only.
"""

import json

from ..settings import accounts
from ..settings.sealed import Damaged
from ..web import proof
from .reception import told

_COOKIE = "Set-Cookie: s=%s; Path=/; HttpOnly; SameSite=Strict\r\n"
_ROLES = ("installer", "owner", "user")


def answer(desk, visit, detail):
    """detail: the route's. 400 for a body that is none, 429 while a delay runs."""
    box = desk.box
    try:
        kept = accounts.load(box.folder)
    except Damaged:
        return told({"error": "web_accounts_damaged"}, 403)
    if detail == "challenge":
        return _challenge(desk, visit, kept)
    if detail == "sessions":
        return told([{"id": one.token[:6], "role": one.role, "address": one.address,
                      "own": one is visit.session} for one in desk.gate.sessions])
    try:
        body = json.loads(visit.request.body or b"{}")
        return {"login": _login, "setup": _setup, "password": _password, "logout": _logout,
                "revoke": _revoke}[detail](desk, visit, kept, body)
    except (ValueError, KeyError, TypeError, AttributeError):
        return told({"error": "web_garbled"}, 400)


def _challenge(desk, visit, kept):
    """A nonce, and what the browser needs to make its key; an unknown role looks like a known one."""
    role = visit.request.asked("role")
    account = kept.get(role) or ["00" * 16, "", 3000]
    return told({"nonce": desk.gate.nonce(desk.box.clock()), "salt": account[0], "rounds": account[2],
                 "first": "installer" not in kept})


def _enter(desk, visit, role):
    session = desk.gate.open(role, visit.address, desk.box.clock())
    desk.box.journal.add(desk.box.clock(), "web_login", role)
    return told({"role": role, "token": session.token}, headers=_COOKIE % session.name)


def _waits(desk):
    wait_s = desk.gate.wait_s(desk.box.clock())
    again = "Retry-After: %d\r\n" % wait_s
    return told({"error": "web_wait", "wait_s": wait_s}, 429, again) if wait_s else None


def _wrong(desk, role):
    desk.box.journal.add(desk.box.clock(), "web_wrong", role)
    return told({"error": "web_wrong", "wait_s": desk.gate.wait_s(desk.box.clock())}, 403)


def _login(desk, visit, kept, body):
    now_ms = desk.box.clock()
    role = body["role"] if body["role"] in _ROLES else "user"
    waits = _waits(desk)
    if waits:
        return waits
    good = desk.gate.spend(body["nonce"], now_ms)
    good = proof.proves(kept.get(role), body["nonce"], body["proof"]) and good
    return _enter(desk, visit, role) if desk.gate.counted(good, now_ms) else _wrong(desk, role)


def _setup(desk, visit, kept, body):
    """The first visit: the installer's account, made by whoever knows the PWD of the sticker."""
    if "installer" in kept:
        return told({"error": "web_not_first"}, 403)
    waits = _waits(desk)
    if waits:
        return waits
    now_ms = desk.box.clock()
    account = body["account"]
    if not proof.is_account(account):
        return told({"error": "web_garbled"}, 400)
    good = desk.gate.spend(body["nonce"], now_ms)
    printed = desk.box.identity.password
    good = proof.knows(printed, body["nonce"], account[0] + account[1], body["proof"]) and good
    if not desk.gate.counted(good, now_ms):
        return _wrong(desk, "installer")
    _keep(desk, kept, "installer", account)
    return _enter(desk, visit, "installer")


def _keep(desk, kept, role, account):
    kept[role] = account
    accounts.save(kept, desk.box.folder)
    desk.box.journal.add(desk.box.clock(), "web_password_set", role)


def _password(desk, visit, kept, body):
    """Set the password of one's own role or of one below; whoever was in with the old one is out."""
    role, account = body["role"], body["account"]
    if role not in _ROLES or not proof.is_account(account):
        return told({"error": "web_garbled"}, 400)
    if 3 - _ROLES.index(role) > visit.rank:
        return told({"error": "web_not_allowed"}, 403)
    _keep(desk, kept, role, account)
    for one in list(desk.gate.sessions):
        if one.role == role and one is not visit.session:
            desk.gate.close(session=one)
    return told({"ok": True})


def _logout(desk, visit, kept, body):
    desk.gate.close(session=visit.session)
    return told({"ok": True}, headers=_COOKIE % "; Max-Age=0")


def _revoke(desk, visit, kept, body):
    """End the session whose id `sessions` told. An owner may end an installer's."""
    for one in list(desk.gate.sessions):
        if one.token[:6] == body["id"]:
            desk.gate.close(session=one)
            return told({"ok": True})
    return told({"error": "web_no_session"}, 404)
