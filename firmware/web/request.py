"""An HTTP request, fed as it comes: bytes in, "not yet" or whole out, never more memory than its bounds.

Keeps the seven headers that somebody here asks for and forgets the others while they
pass, so a browser's long head costs one line. Refuses, with the status to say: 400
what is no HTTP, 405 a method nobody has, 411 a body of unknown length, 413 a body too
long, 431 a head too long, 505 another protocol. Knows no route and no socket.
"""

_LINE_MOST = 1024
_HEAD_MOST = 6144
_HEADERS_MOST = 48
_BODY_MOST = 4096
_KEPT = (b"host", b"cookie", b"origin", b"x-token", b"content-type", b"content-length", b"authorization")


class Refused(Exception):
    """What is answered instead; `status` is an HTTP number."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


class Request:
    """`feed` bytes until it says True; then `method`, `path`, `query` (texts), `get(header)`, `body`."""

    def __init__(self):
        self.method = self.path = self.query = None
        self.body = b""
        self._headers = []
        self._line = bytearray()
        self._seen = 0
        self._count = 0
        self._left = None  # bytes of body still to come; None while in the head

    def feed(self, data):
        """Take `data`; True when the request is whole (what follows it is dropped). Refused."""
        at = 0
        while self._left is None:
            end = data.find(b"\n", at)
            piece = data[at : len(data) if end < 0 else end]
            self._seen += len(piece) + 1
            if len(self._line) + len(piece) > _LINE_MOST or self._seen > _HEAD_MOST:
                raise Refused(431)
            self._line += piece
            if end < 0:
                return False
            at = end + 1
            line = bytes(self._line).rstrip(b"\r")
            self._line = bytearray()
            self._take(line)
        if self._left:
            self.body += data[at : at + self._left]
            self._left -= min(self._left, len(data) - at)
        return not self._left

    def get(self, name):
        """The text of a header (bytes, small letters), "" when it was not sent."""
        for known, value in self._headers:
            if known == name:
                return value
        return ""

    def cookie(self, name):
        """The value of one cookie, "" when there is none."""
        for pair in self.get(b"cookie").split(";"):
            key, _, value = pair.strip().partition("=")
            if key == name:
                return value
        return ""

    def asked(self, name):
        """The value of `name` in the query, undecoded: ours hold letters and digits only."""
        for pair in (self.query or "").split("&"):
            key, _, value = pair.partition("=")
            if key == name:
                return value
        return ""

    def _take(self, line):
        if self.method is None:
            if line:  # an empty line before a request is allowed
                self._first(line)
        elif line:
            self._header(line)
        else:
            self._end_of_head()

    def _first(self, line):
        parts = line.split(b" ")
        if len(parts) != 3 or not parts[1].startswith(b"/"):
            raise Refused(400)
        for byte in parts[1]:
            if not 32 < byte < 127:
                raise Refused(400)
        if not parts[2].startswith(b"HTTP/1."):
            raise Refused(505 if parts[2].startswith(b"HTTP/") else 400)
        if parts[0] not in (b"GET", b"POST", b"HEAD"):
            raise Refused(405)
        self.method = parts[0].decode()
        self.path, _, self.query = parts[1].decode().partition("?")

    def _header(self, line):
        name, colon, value = line.partition(b":")
        self._count += 1
        if not colon or not name or name.strip() != name:
            raise Refused(400)  # a folded line or a space before the colon: smuggling, never a browser
        if self._count > _HEADERS_MOST:
            raise Refused(431)
        name = name.lower()
        if name == b"transfer-encoding":
            raise Refused(411)
        if name not in _KEPT:
            return
        if name == b"cookie" and self.get(name):
            return
        if self.get(name):
            raise Refused(400)
        try:
            self._headers.append((name, value.strip().decode()))
        except (UnicodeError, ValueError):  # MicroPython's is a subclass of neither's other
            raise Refused(400)

    def _end_of_head(self):
        length = self.get(b"content-length")
        if length and not (length.isdigit() and len(length) < 10):
            raise Refused(400)
        if self.method == "POST" and not length:
            raise Refused(411)
        if length and int(length) > _BODY_MOST:
            raise Refused(413)
        self._left = int(length) if length else 0
