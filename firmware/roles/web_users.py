"""Who has a password here, and how somebody new gets one: by a link that is good once. Loaded with a request.

An invitation is a random code in the part of a link that no browser sends; whoever opens
it chooses a password and proves the code, as the first visitor proves the sticker's PWD.
"""

import json
from binascii import hexlify

from ..settings import kept
from ..settings.sealed import Damaged
from ..web import proof
from .reception import refused, told
from .web_login import ROLES, entered, good_name, rank_of, waits, wrong

_INVITES = "invites"
_INVITES_MOST = 4
_LIFE_S = 7 * 86400
_USERS_MOST = 8


def answer(desk, visit, detail):
    """detail: "known", "invite" ({"role"}), "dismiss" ({"name"}) or "join"."""
    try:
        accounts = kept.load("accounts", desk.box.folder)
        if detail == "known":
            return told([{"name": name} for name in sorted(accounts) if name != _INVITES])
        body = json.loads(visit.request.body)
        return {"invite": _invite, "dismiss": _dismiss, "join": _join}[detail](desk, visit, accounts, body)
    except Damaged:
        return refused(visit, "web_accounts_damaged", status=403)
    except (ValueError, KeyError, TypeError, AttributeError):
        return refused(visit, "web_garbled")


def _invite(desk, visit, accounts, body):
    """A new code for an account of one's own rank or below."""
    role = str(body["role"])
    if not good_name(role):
        return refused(visit, "web_user_name")
    if rank_of(role) > visit.rank:
        return refused(visit, "web_not_allowed", status=403)
    if role not in accounts and len(accounts) > _USERS_MOST:
        return refused(visit, "web_users_most", (_USERS_MOST,))
    box = desk.box
    code = hexlify(box.board.random(8)).decode()
    invites = [one for one in accounts.get(_INVITES, []) if one[0] != role][1 - _INVITES_MOST :]
    accounts[_INVITES] = invites + [[role, code, _now_s(box)]]
    kept.save("accounts", accounts, box.folder)
    box.journal.add(box.clock(), "web_invited", role, visit.who())
    return told({"ok": True, "path": "/invite#" + role + "/" + code})


def _join(desk, visit, accounts, body):
    """Somebody with a link: {"role", "account", "nonce", "proof"}. The link is spent by it."""
    said = waits(desk, visit)
    if said:
        return said
    box, role, account = desk.box, body["role"], body["account"]
    if not proof.is_account(account):
        return refused(visit, "web_garbled")
    good = desk.gate.spend(body["nonce"], box.clock())
    invites = accounts.get(_INVITES, [])
    found = [one for one in invites if one[0] == role and _alive(one, _now_s(box))]
    code = found[0][1] if found else None
    good = proof.knows(code, body["nonce"], account[0] + account[1], body["proof"]) and good
    if not desk.gate.counted(good, box.clock()):
        return wrong(desk, visit, "web_invite_spent")
    accounts[_INVITES] = [one for one in invites if one[0] != role]
    accounts[role] = account
    kept.save("accounts", accounts, box.folder)
    box.journal.add(box.clock(), "web_joined", role)
    return entered(desk, visit, role)


def _dismiss(desk, visit, accounts, body):
    """End an account and its sessions; the installer's first one cannot be left without anybody."""
    name = body["name"]
    if name == ROLES[0] or rank_of(name) > visit.rank:
        return refused(visit, "web_not_allowed", status=403)
    if accounts.pop(name, None) is None:
        return refused(visit, "web_no_user", status=404)
    kept.save("accounts", accounts, desk.box.folder)
    desk.gate.close(name)
    desk.box.journal.add(desk.box.clock(), "web_dismissed", name, visit.who())
    return told({"ok": True})


def _alive(invite, now_s):
    return invite[2] is None or now_s is None or now_s - invite[2] < _LIFE_S


def _now_s(box):
    """Seconds since 1970, None while the box does not know."""
    began_s = box.journal.began_s
    return None if began_s is None else began_s + box.journal.tick(box.clock())
