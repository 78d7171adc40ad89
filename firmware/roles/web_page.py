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
    get, identity = box.settings.get, box.identity
    own = {"ssid": identity.ssid, "mac": identity.mac, "version": VERSION, "boxrole": get("role"),
           "who": _WHO[visit.rank], "token": visit.session.token if visit.session else "",
           "name": get("name") or identity.ssid}
    return 200, _HTML % visit.language, pieces(shelf.page(name, visit.language), Gaps(desk, visit, own).value)


class Gaps:
    """What the gaps of a page mean. What a page has none of is not brought into memory for it."""

    def __init__(self, desk, visit, own):
        self._own = own
        self._desk = desk
        self._visit = visit
        self._status = self._settings = None

    def value(self, key):
        """Of the page itself, of the status ("s.grid_w"), or a setting."""
        if key in self._own:
            return self._own[key]
        box = self._desk.box
        if key.startswith("s."):
            if self._status is None:
                self._status = box.status(box.clock()) if shows(self._desk, self._visit) else {}
            return self._status.get(key[2:])
        if self._settings is None:  # all at once: each default asked for alone is a look at flash
            self._settings = box.settings.all()
            forget_parts("settings", "rows")
        return self._settings[key] if key in self._settings else _of_the_house(key)


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
