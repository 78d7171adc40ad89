"""A page for one visitor: its file on flash, and what its gaps mean on this box. Loaded with a request."""

from ..core.modules import forget_parts
from ..core.version import VERSION
from ..web import shelf
from ..web.template import pieces
from .reception import shows

_HTML = ("Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
         "Set-Cookie: l=%s; Path=/; SameSite=Strict; Max-Age=31536000\r\n")
_WHO = ("nobody", "user", "owner", "installer")


def answer(desk, visit, name):
    """The page `name` in the visitor's language."""
    box = desk.box
    status = box.status(box.clock()) if shows(desk, visit) else {}
    settings = box.settings.all()  # at once: each default asked for alone is a look at flash
    own = {"ssid": box.identity.ssid, "mac": box.identity.mac, "version": VERSION,
           "boxrole": settings["role"], "who": _WHO[visit.rank],
           "token": visit.session.token if visit.session else "",
           "path": visit.request.path, "name": settings["name"] or box.identity.ssid}
    forget_parts("settings", "rows")

    def value(key):
        if key in own:
            return own[key]
        if key.startswith("s."):
            return status.get(key[2:])
        return settings[key] if key in settings else _of_the_house(key)

    return 200, _HTML % visit.language, pieces(shelf.page(name, visit.language), value)


def _of_the_house(key):
    """The default of a row that only pages ask for."""
    from ..settings.rows_house import ROWS
    try:
        for row in ROWS:
            if row[0] == key:
                return row[2]
    finally:
        forget_parts("settings", "rows_house")
    return None
