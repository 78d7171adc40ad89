"""The box's desk for whoever comes with a browser: who is it, may he, and which file answers.

Stays in memory with the sessions and little else: the table of routes, the pages and
each answering file (roles/web_*.py) are brought in for one request and let go after it.
An answering file has `answer(desk, visit, detail)` -> (status, headers, pieces).
Refuses to know what any page says.
"""

from ..core.modules import forget
from ..tasks.supervise import text_of
from ..web.gate import Gate, may_write

_JSON = "Content-Type: application/json\r\nCache-Control: no-store\r\n"


class Visit:
    """One request, who makes it and from where: `rank` 0 to 3 (installer); `near`: on our Wi-Fi."""

    def __init__(self, request, session, rank, near, address):
        self.request = request
        self.session = session
        self.rank = rank
        self.near = near
        self.address = address
        self.language = None


class Desk:
    """What serve_web.py asks. `box`: the role; its settings, board and status are what pages show."""

    def __init__(self, box):
        self.box = box
        self.gate = Gate(box.board.random)

    async def answer(self, request, peer):
        """(status, headers, pieces) for a Request; pieces of None: `stream` goes on."""
        try:
            return await self._answer(request, peer)
        finally:
            forget("firmware.web.routes", "firmware.web.portal", "firmware.web.template",
                   "firmware.web.shelf", "firmware.web.proof", "firmware.roles.web_page",
                   "firmware.roles.web_status", "firmware.roles.web_login", "firmware.roles.web_settings",
                   "firmware.roles.web_bus", "firmware.roles.web_devices", "firmware.settings.accounts",
                   "firmware.settings.sealed")

    async def _answer(self, request, peer):
        from ..web import portal, routes, shelf
        near = portal.is_near(peer)
        if not portal.is_ours(request.get(b"host"), self.names()):
            return self._elsewhere(near, portal)
        if portal.is_probe(request.path):
            return self._elsewhere(near, portal)
        static = shelf.is_static(request.path)
        if static:
            return self._static(shelf, static)
        route = routes.find(request.method, request.path)
        if isinstance(route, int):
            return route, "", ()
        rank, handler, detail = route
        visit = self._visit(request, routes.RANKS, near, peer)
        refused = self._refused(visit, rank, handler)
        if refused:
            return refused
        return await self._hand(handler, visit, detail)

    def _visit(self, request, ranks, near, peer):
        session = self.gate.session(request.cookie("s"), self.box.clock())
        rank = ranks.index(session.role) if session else 0
        address = str(peer[0]) if isinstance(peer, tuple) else "desk"
        visit = Visit(request, session, rank, near, address)
        asked = request.asked("l") or request.cookie("l")
        visit.language = asked if asked in ("nl", "fr", "en", "de") else self.box.settings.get("language")
        return visit

    def _refused(self, visit, rank, handler):
        """What is said instead of an answer, or None: LAN policy, role, origin of a write."""
        request = visit.request
        policy = "full" if visit.near else self.box.settings.get("web.lan")
        writes = request.method == "POST"
        if policy == "off" or (policy == "read" and writes):
            return 403, "", ()
        if visit.rank < rank:
            if handler == "page":
                return 302, "Location: /login\r\nCache-Control: no-store\r\n", (b"-",)
            return (403 if visit.session else 401), "", ()
        if writes and not may_write(visit.session, request, self._hosts(request)):
            return 403, "", ()
        return None

    def _hosts(self, request):
        return (request.get(b"host").lower(),)  # which is one of ours by now

    def names(self):
        """What this box is called in a Host header."""
        get = self.box.settings.get
        name = get("network.hostname") or self.box.identity.ssid.lower().replace("_", "-")
        uplink = self.box.uplink_address()
        own = ("192.168.4.1", "127.0.0.1", "localhost", name, name + ".local")
        return own + (uplink,) if uplink else own

    def _elsewhere(self, near, portal):
        if not near:
            return 421, "", ()
        head = "Location: http://%s/\r\nContent-Type: text/html\r\nCache-Control: no-store\r\n"
        return (302, head % portal.OWN, (portal.login_page(portal.OWN).encode(),))

    def _static(self, shelf, name):
        pieces = shelf.chunks(name)
        try:
            first = next(pieces)
        except (OSError, StopIteration):
            return 404, "", ()
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        return 200, ("Content-Type: %s\r\nContent-Encoding: gzip\r\nCache-Control: public, max-age=31536000, "
                     "immutable\r\n" % kind), _after(first, pieces)

    async def _hand(self, handler, visit, detail):
        """Bring in the file that answers and let it. One by one: the build follows plain imports only."""
        if handler == "page":
            from .web_page import answer
        elif handler == "web_status":
            from .web_status import answer
        elif handler == "web_login":
            from .web_login import answer
        elif handler == "web_settings":
            from .web_settings import answer
        elif handler == "web_devices":
            from .web_devices import answer
        else:
            from .web_bus import answer
        said = answer(self, visit, detail)
        return await said if hasattr(said, "send") else said

    async def stream(self, writer, language):
        """Keep a live page fed until its reader goes."""
        from .web_live import live
        await live(self.box, writer, language)

    def failed(self, error):
        """An answer that ended in an exception."""
        self.box.journal.add(self.box.clock(), "task_stray", text_of(error))

    def tidy(self):
        """Once a second: sessions end by themselves."""
        self.gate.session("", self.box.clock())


def _after(first, pieces):
    yield first
    yield from pieces


def told(values, status=200, headers=""):
    """An answer in JSON."""
    from json import dumps
    return status, _JSON + headers, (dumps(values).encode(),)
