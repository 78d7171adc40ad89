"""The box's desk for whoever comes with a browser: who is it, may he, and which file answers.

Stays in memory with the sessions and little else: the table of routes, the pages and
each answering file (roles/web_*.py) are brought in for one request and let go after it.
An answering file has `answer(desk, visit, detail)` -> (status, headers, pieces).
Refuses to know what any page says.
"""

from ..core.modules import forget_parts
from ..tasks.supervise import text_of
from ..web.gate import Gate, may_write
from ..words.words import say

_ORDERS = "/api/v1/order", "/api/v1/loads"  # what a token of scope "control" may write
_JSON = "Content-Type: application/json\r\nCache-Control: no-store\r\n"


class Visit:
    """One request, who makes it and from where: `rank` 0 to 3 (installer); `near`: on our Wi-Fi.

    `scope`: of an API token, "" for people.
    """

    def __init__(self, request, session, rank, near, address):
        self.request = request
        self.session = session
        self.rank = rank
        self.near = near
        self.address = address
        self.language = None
        self.scope = ""

    def who(self):
        """The name for the journal."""
        return self.session.role if self.session else self.scope and "API"


class Slowly:
    """Pieces of JSON that take their time: told beside the others, not in their turn."""

    def __init__(self, pieces):
        self.pieces = pieces


class Desk:
    """What serve_web.py asks. `box`: the role; its settings, board and status are what pages show."""

    def __init__(self, box):
        self.box = box
        self.gate = Gate(box.board.random)
        self.wifi = None     # web_wifi.py's: our own access point, where there is one
        self.history = None  # web/history.py's, on a box that knows powers
        self.trial = None    # what web_trial.py found last
        self.phone_s = 0     # the clock of the phone that runs the self-test, and its reader's language
        self.language = "en"

    async def answer(self, request, peer):
        """(status, headers, pieces) for a Request; pieces of None: `stream` goes on."""
        try:
            return await self._answer(request, peer)
        finally:
            forget_parts("web", "routes portal template shelf proof")
            forget_parts("roles", "web_page web_status web_login web_settings web_bus web_devices "
                                  "web_history web_account month_account web_users web_tokens web_order "
                                  "web_loads peak_warning web_contract web_check "
                                  "web_report web_plan web_points web_points_box web_trial")
            forget_parts("settings", "kept sealed report_file")

    async def _answer(self, request, peer):
        from ..web import portal, routes, shelf
        near = portal.is_near(peer)
        if near and self.wifi and not self.wifi.seen(self.box.clock()):
            return 403, "", ()
        if not portal.is_ours(request.get(b"host"), self.names()) or portal.is_probe(request.path):
            return self._elsewhere(near, portal)
        static = shelf.is_static(request.path)
        if static:
            return self._static(shelf, static)
        route = routes.find(shelf.routes(), request.method, request.path)
        visit = self._visit(request, routes.RANKS, near, peer)
        if isinstance(route, int):
            return refused(visit, route)
        said = self._refused(visit, *route)
        if said:
            return said
        if route[1] == "file":
            return self._static(shelf, route[2])
        return await self._hand(route[1], visit, route[2])

    def _visit(self, request, ranks, near, peer):
        session = self.gate.session(request.cookie("s"), self.box.clock())
        rank = ranks.index(session.rank) if session else 0
        address = str(peer[0]) if isinstance(peer, tuple) else "desk"
        visit = Visit(request, session, rank, near, address)
        asked = request.asked("l") or request.cookie("l")
        visit.language = asked if asked in ("nl", "fr", "en", "de") else self.box.settings.get("language")
        if request.get(b"authorization") and not session:
            from .web_tokens import scope_of
            visit.scope = scope_of(request.get(b"authorization"), self.box.folder)
            if visit.scope:
                visit.rank = 2 if visit.scope == "settings" or request.path in _ORDERS else 1
        return visit

    def _refused(self, visit, rank, handler, detail):
        """What is said instead of an answer, or None: LAN policy, role, scope, origin of a write."""
        request = visit.request
        get, writes = self.box.settings.get, request.method == "POST"
        if not visit.near:
            policy = get("web.lan")
            if policy == "off" or (policy == "read" and writes):
                return refused(visit, 403)
            rank = max(rank, _least(detail, get("web.lan_status")) if not visit.rank else 0)
        if visit.rank < rank:
            if handler == "page":
                return 302, "Location: /login\r\nCache-Control: no-store\r\n", (b"-",)
            return refused(visit, 403 if visit.rank else 401)
        if not writes:
            return None
        if visit.scope == "read" or (visit.scope == "control" and handler != "web_order"):
            return refused(visit, 403)
        if not may_write(visit.session, request, (request.get(b"host").lower(),)):  # which is ours by now
            return refused(visit, 403)
        return None

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
        if name.endswith(".json"):
            return 200, _JSON + "Content-Encoding: gzip\r\n", _after(first, pieces)
        return 200, ("Content-Type: %s\r\nContent-Encoding: gzip\r\nCache-Control: public, max-age=31536000, "
                     "immutable\r\n" % kind), _after(first, pieces)

    async def _hand(self, handler, visit, detail):
        """Bring in the file that answers and let it."""
        said = _answering(handler)(self, visit, detail)
        return await said if hasattr(said, "send") else said

    async def stream(self, writer, language):
        """Keep a live page fed until its reader goes, or tell what takes its time."""
        if isinstance(language, Slowly):
            writer.write(("HTTP/1.1 200 OK\r\n" + _JSON + "Connection: close\r\n\r\n").encode())
            for piece in language.pieces:
                writer.write(piece)
                await writer.drain()
            return
        from .web_live import live
        await live(self.box, writer, language)

    def failed(self, error):
        """An answer that ended in an exception."""
        self.box.journal.add(self.box.clock(), "task_stray", text_of(error))

    def tidy(self):
        """Once a second: sessions end by themselves, the Wi-Fi closes, the last hour is noted."""
        now_ms = self.box.clock()
        self.gate.session("", now_ms)
        if self.wifi:
            self.wifi.turn(now_ms)
        if self.history:
            seen = self.box.latest.freeze(now_ms)
            self.history.take(now_ms, seen.grid_w, seen.battery_w, seen.solar_w)


def shows(desk, visit):
    """May this visitor see powers? On the LAN that is a setting."""
    return bool(visit.near or visit.rank or desk.box.settings.get("web.lan_status") == "all")


def _least(detail, shown):
    """The least rank for the status on the LAN: everybody's, but for what web.lan_status keeps back."""
    if shown == "all" or detail not in ("now", "events", "read", "lights", "status"):
        return 0
    return 1 if shown == "login" or detail in ("now", "events", "read") else 0


def _answering(handler):
    """The `answer` of one file. One by one: the build follows plain imports only."""
    if handler == "page":
        from .web_page import answer
    elif handler == "web_status":
        from .web_status import answer
    elif handler == "web_history":
        from .web_history import answer
    elif handler == "web_login":
        from .web_login import answer
    elif handler == "web_settings":
        from .web_settings import answer
    elif handler == "web_devices":
        from .web_devices import answer
    elif handler == "web_users":
        from .web_users import answer
    elif handler == "web_tokens":
        from .web_tokens import answer
    elif handler == "web_order":
        from .web_order import answer
    elif handler == "web_contract":
        from .web_contract import answer
    elif handler == "web_check":
        from .web_check import answer
    elif handler == "web_trial":
        from .web_trial import answer
    elif handler == "web_report":
        from .web_report import answer
    elif handler == "web_plan":
        from .web_plan import answer
    else:
        from .web_bus import answer
    return answer


def _after(first, pieces):
    yield first
    yield from pieces


def told(values, status=200, headers=""):
    """An answer in JSON."""
    from json import dumps
    return status, _JSON + headers, (dumps(values).encode(),)


def refused(visit, code, args=(), status=400, headers="", **more):
    """A refusal in JSON: {"error": code, "text": the sentence in the reader's language, …}.

    An int as code is an HTTP status, and its sentence the one of that status.
    """
    if isinstance(code, int):
        status, code = code, "api_%d" % code
    more["error"], more["text"] = code, say(visit.language, code, args)
    return told(more, status, headers)
