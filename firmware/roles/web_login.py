"""Doors and keys: the first visit, logging in and out, passwords, who is in. Loaded with a request.

An account is "installer", "owner", "user", or "user:NAME" for one of several users.
No answer and no journal record holds a secret; wrong passwords are journaled by role only.
"""

import json

from ..settings import kept as flash
from ..settings.sealed import Damaged
from ..web import proof
from .reception import refused, told

_COOKIE = "Set-Cookie: s=%s; Path=/; HttpOnly; SameSite=Strict\r\n"
ROLES = ("installer", "owner", "user")


def answer(desk, visit, detail):
    """detail: the route's. 400 for a body that is none, 429 while a delay runs."""
    box = desk.box
    try:
        kept = flash.load("accounts", box.folder)
    except Damaged:
        return refused(visit, "web_accounts_damaged", status=403)
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
        return refused(visit, "web_garbled")


def good_name(role):
    """Is it an account's name: a role, or "user:" and one to sixteen letters and digits?"""
    rank, colon, name = role.partition(":")
    if not colon:
        return role in ROLES
    return rank == "user" and 0 < len(name) <= 16 and name.isalpha()


def rank_of(role):
    """3 for an installer, 2 for an owner, 1 for any user."""
    return 3 - ROLES.index(role.partition(":")[0])


def _challenge(desk, visit, kept):
    """A nonce, and what the browser needs to make its key; an unknown role looks like a known one."""
    role = visit.request.asked("role")
    account = kept.get(role) if good_name(role) else None
    account = account or [_decoy(desk, role), "", 3000]
    return told({"nonce": desk.gate.nonce(desk.box.clock()), "salt": account[0], "rounds": account[2],
                 "first": "installer" not in kept})


def _decoy(desk, role):
    """A salt for an account that is none, the same each time: nobody learns which there are."""
    from binascii import hexlify
    from hashlib import sha256
    return hexlify(sha256((str(desk.box.identity.pop) + role).encode()).digest()[:16]).decode()


def entered(desk, visit, role):
    """A session for who has proved himself."""
    session = desk.gate.open(role, visit.address, desk.box.clock())
    desk.box.journal.add(desk.box.clock(), "web_login", role)
    return told({"role": role, "token": session.token}, headers=_COOKIE % session.name)


def waits(desk, visit):
    """What is said while nobody's password is looked at, or None."""
    wait_s = desk.gate.wait_s(desk.box.clock())
    again = "Retry-After: %d\r\n" % wait_s
    return refused(visit, "web_wait", (wait_s,), 429, again, wait_s=wait_s) if wait_s else None


def wrong(desk, visit, word, role="?"):
    """One more wrong proof."""
    desk.box.journal.add(desk.box.clock(), "web_wrong", role)
    return refused(visit, word, status=403, wait_s=desk.gate.wait_s(desk.box.clock()))


def _login(desk, visit, kept, body):
    now_ms = desk.box.clock()
    role = body["role"] if good_name(body["role"]) else "user"
    said = waits(desk, visit)
    if said:
        return said
    good = desk.gate.spend(body["nonce"], now_ms)
    good = proof.proves(kept.get(role), body["nonce"], body["proof"]) and good
    if desk.gate.counted(good, now_ms):
        return entered(desk, visit, role)
    return wrong(desk, visit, "web_wrong_proof", role)


def _setup(desk, visit, kept, body):
    """The first visit: the installer's account, made by whoever knows the PWD of the sticker."""
    if "installer" in kept:
        return refused(visit, "web_not_first", status=403)
    said = waits(desk, visit)
    if said:
        return said
    now_ms = desk.box.clock()
    account = body["account"]
    if not proof.is_account(account):
        return refused(visit, "web_garbled")
    good = desk.gate.spend(body["nonce"], now_ms)
    printed = desk.box.identity.password
    good = proof.knows(printed, body["nonce"], account[0] + account[1], body["proof"]) and good
    if not desk.gate.counted(good, now_ms):
        return wrong(desk, visit, "web_wrong_printed", "installer")
    _keep(desk, kept, "installer", account)
    return entered(desk, visit, "installer")


def _keep(desk, kept, role, account):
    kept[role] = account
    flash.save("accounts", kept, desk.box.folder)
    desk.box.journal.add(desk.box.clock(), "web_password_set", role)


def _password(desk, visit, kept, body):
    """Set the password of one's own role or of one below; whoever was in with the old one is out."""
    role, account = body["role"], body["account"]
    if not good_name(role) or not proof.is_account(account):
        return refused(visit, "web_garbled")
    if rank_of(role) > visit.rank:
        return refused(visit, "web_not_allowed", status=403)
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
    return refused(visit, "web_no_session", status=404)
