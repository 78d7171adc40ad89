"""A page for one visitor: its file on flash, and what its gaps mean on this box. Loaded with a request."""

from ..core.version import VERSION
from ..web import shelf
from ..web.routes import RANKS
from ..web.template import pieces

_HTML = ("Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
         "Set-Cookie: l=%s; Path=/; SameSite=Strict; Max-Age=31536000\r\n")


def answer(desk, visit, name):
    """The page `name` in the visitor's language."""
    box = desk.box
    status = box.status(box.clock())
    own = {"ssid": box.identity.ssid, "mac": box.identity.mac, "version": VERSION,
           "boxrole": box.settings.get("role"),
           "who": RANKS[visit.rank], "token": visit.session.token if visit.session else "",
           "path": visit.request.path, "name": box.settings.get("name") or box.identity.ssid}

    def value(key):
        if key in own:
            return own[key]
        if key.startswith("s."):
            return status.get(key[2:])
        return box.settings.get(key)

    return 200, _HTML % visit.language, pieces(shelf.page(name, visit.language), value)
