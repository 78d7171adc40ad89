"""The door of the pages: takes connections, hears requests out, sends what the desk answers.

Knows sockets, bounds and time: four connections and six in line, ten seconds for a request
and its answer; who has asked nothing goes when somebody waits in line. Refuses to know routes and pages:
`desk.answer(request, peer)` gives (status, headers, pieces); pieces of None ask for
`desk.stream(writer, headers)`, which keeps a live page fed. One answer is made and sent at a
time, and none while memory is short: control goes first. A MemoryError costs that one request.
"""

import asyncio
import gc

from ..core.ticks import diff
from ..web.request import Refused, Request

_OPEN_MOST = 4
_LINE_MOST = 6     # a browser opens six connections at once for a page with its scripts
_LINE_TURNS = 200
_LINE_MS = 30
_IDLE_MS = 1500    # a connection that has asked nothing for so long makes room
_STREAMS_MOST = 2
_PATIENCE_MS = 10000
_SEND_MS = 8000    # for an answer: who reads slower than that makes the others wait
_TURN_MS = 15
_RESERVE = 9216    # bytes that must be free before an answer is begun; what control may need at any moment
_CHUNK = 256
_REASONS = {200: "OK", 302: "Found", 304: "Not Modified", 400: "Bad Request", 401: "Unauthorized",
            403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 411: "Length Required",
            413: "Too Large", 421: "Misdirected", 429: "Too Many", 431: "Headers Too Large",
            500: "Error", 503: "Busy", 505: "Version"}
_SAFE = ("X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
         "Content-Security-Policy: default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
         "form-action 'self'\r\n"
         "Connection: close\r\n")


class _Visit:
    """One connection: its task, since when, and whether it may be ended for somebody else's sake."""

    def __init__(self, now_ms):
        self.since_ms = now_ms
        self.task = asyncio.current_task()
        self.waiting = True
        self.streams = None  # what the desk wants to know of a live page


class Doors:
    """All that is open. `serve` is one server's callback."""

    def __init__(self, desk):
        self._desk = desk
        self._open = []
        self._answering = False
        self._line = 0

    async def serve(self, reader, writer):
        """One connection from its first byte to its last."""
        visit = None
        try:
            if await self._admitted():
                visit = _Visit(self._desk.box.clock())
                self._open.append(visit)
                await asyncio.wait_for_ms(self._visit(visit, reader, writer), _PATIENCE_MS)
                if visit.streams:
                    await self._desk.stream(writer, visit.streams)
            else:
                await _refuse(writer, 503)
        except (OSError, MemoryError, asyncio.TimeoutError, asyncio.CancelledError):
            pass  # gone, too slow, in somebody's way, or no room
        finally:
            if visit in self._open:
                self._open.remove(visit)
        writer.close()
        await writer.wait_closed()

    async def _admitted(self):
        """True when there is room, waited for in line if need be; False when the line is too long."""
        if self._line >= _LINE_MOST:
            return False
        self._line += 1
        try:
            for _ in range(_LINE_TURNS):
                if len(self._open) < _OPEN_MOST:
                    return True
                self._make_room()
                await asyncio.sleep_ms(_LINE_MS)
            return False
        finally:
            self._line -= 1

    def _make_room(self):
        """Send home who came first and has asked nothing yet."""
        now_ms = self._desk.box.clock()
        for visit in self._open:
            if visit.waiting and diff(now_ms, visit.since_ms) >= _IDLE_MS:
                visit.waiting = False
                visit.task.cancel()
                return

    async def _visit(self, visit, reader, writer):
        try:
            request = await _heard(reader)
            visit.waiting = False
            if request is None:
                return
            while self._answering:
                await asyncio.sleep_ms(_TURN_MS)
            self._answering = True
            try:
                await self._answer(visit, request, writer)
            finally:
                self._answering = False
        except Refused as refused:
            await _refuse(writer, refused.status)
        except MemoryError:
            gc.collect()
            await _refuse(writer, 503)
        except (OSError, asyncio.TimeoutError):
            raise
        except Exception as error:  # a page that fails is a page less, and a line in the journal
            self._desk.failed(error)
            await _refuse(writer, 500)

    async def _answer(self, visit, request, writer):
        gc.collect()
        if gc.mem_free() < _RESERVE:
            raise Refused(503)
        status, headers, pieces = await self._desk.answer(request, writer.get_extra_info("peername"))
        if status == 200 and pieces is None:
            if (len([one for one in self._open if one.streams]) >= _STREAMS_MOST
                    or gc.mem_free() < 2 * _RESERVE):  # a page without its live line asks instead
                raise Refused(503)
            visit.streams = headers
            return
        await asyncio.wait_for_ms(
            _send(writer, status, headers, () if request.method == "HEAD" else pieces or ()), _SEND_MS)


async def _heard(reader):
    """The whole Request; None when the other side went away in the middle."""
    request = Request()
    while True:
        data = await reader.read(_CHUNK)
        if not data:
            return None
        if request.feed(data):
            return request


async def _send(writer, status, headers, pieces):
    head = "HTTP/1.1 %d %s\r\n%s%s\r\n" % (status, _REASONS.get(status, "?"), _SAFE, headers)
    writer.write(head.encode())
    await writer.drain()
    for piece in pieces:
        writer.write(piece)
        await writer.drain()


async def _refuse(writer, status):
    """Say why not, in the few bytes that are always there."""
    try:
        await _send(writer, status, "Content-Type: text/plain\r\nRetry-After: 2\r\n",
                    (b"%d\n" % status,))
    except OSError:
        pass


async def serve_web(desk, beat, port=80, host="0.0.0.0"):
    """Endless. OSError: the port is taken."""
    server = await asyncio.start_server(Doors(desk).serve, host, port, 5)
    try:
        while True:
            beat()
            desk.tidy()
            await asyncio.sleep_ms(1000)
    finally:
        server.close()
        await server.wait_closed()
