"""Keys for programs: made once, kept as a hash, each with what it may do. Loaded with a request.

Scopes: "read" looks; "control" also gives the battery orders; "settings" may what an owner may.
"""

import json
from binascii import hexlify
from hashlib import sha256

from ..settings import kept
from ..settings.sealed import Damaged
from ..web.gate import same
from .reception import refused, told

_SCOPES = ("read", "control", "settings")
_MOST = 8


def answer(desk, visit, detail):
    """detail: "known", "make" ({"name", "scope"}) or "end" ({"name"})."""
    folder = desk.box.folder
    try:
        tokens = kept.load("tokens", folder)
        if detail == "known":
            return told([{"name": name, "scope": tokens[name][1], "made_s": tokens[name][2]}
                         for name in sorted(tokens)])
        body = json.loads(visit.request.body)
        name = str(body["name"]).strip()[:24]
        if detail == "end":
            tokens.pop(name, None)
            kept.save("tokens", tokens, folder)
            desk.box.journal.add(desk.box.clock(), "web_token_ended", name, visit.who())
            return told({"ok": True})
        return _make(desk, visit, tokens, name, body["scope"])
    except Damaged:
        return refused(visit, "web_accounts_damaged", status=403)
    except (ValueError, KeyError, TypeError, AttributeError):
        return refused(visit, "web_garbled")


def _make(desk, visit, tokens, name, scope):
    box = desk.box
    if scope not in _SCOPES or not name:
        return refused(visit, "web_token_scope", (", ".join(_SCOPES),))
    if name in tokens:
        return refused(visit, "web_token_name", (name,))
    if len(tokens) >= _MOST:
        return refused(visit, "web_token_most", (_MOST,))
    secret = hexlify(box.board.random(16)).decode()
    now_ms = box.clock()
    made_s = box.journal.began_s and box.journal.began_s + box.journal.tick(now_ms)
    tokens[name] = [_hash(secret), scope, made_s]
    kept.save("tokens", tokens, box.folder)
    box.journal.add(now_ms, "web_token_made", name, scope, visit.who())
    return told({"ok": True, "token": secret})


def scope_of(header, folder):
    """What the bearer of "Bearer SECRET" may do; "" for nobody we know. Compares with each, equally long."""
    secret = header[7:] if header.startswith("Bearer ") else ""
    found = ""
    try:
        tokens = kept.load("tokens", folder)
    except Damaged:
        return ""
    for name in tokens:
        if same(tokens[name][0], _hash(secret)):
            found = tokens[name][1]
    return found


def _hash(secret):
    return hexlify(sha256(secret.encode()).digest()).decode()
