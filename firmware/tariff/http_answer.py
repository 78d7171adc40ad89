"""An HTTP answer as it comes in: its status, how long to stay away, and the body handed on in pieces.

Fed bytes of any length; keeps one short line of the head and no body. Knows lengths, chunks and an end by
closing. Refuses redirects, compressed bodies and heads without end: none of the services asked needs them.
"""

from .faults import TariffFault

_HEAD, _SIZE, _BODY, _AFTER, _DONE = 0, 1, 2, 3, 4
_LINE = 200  # bytes of a head's line that are kept; more is read and let go
_MOST_HEAD = 6000


class HttpAnswer:
    """feed() bytes, end() when the other side closed. `status`: None until it is known; `retry_s`: what
    Retry-After says or None; body pieces go to `sink(memoryview)`, of status 200 alone.

    TariffFault: "answer_not_http", "answer_cut", "answer_status" with the status.
    """

    def __init__(self, sink):
        self._sink = sink
        self._state = _HEAD
        self._line = bytearray()
        self._read = 0
        self._left = None  # bytes of the body or chunk still to come; None: until the end
        self._chunked = False
        self.status = self.retry_s = None

    @property
    def done(self):
        """True when the answer is whole: nobody need wait for the other side to close."""
        return self._state == _DONE

    def feed(self, data):
        """The next bytes; those behind the answer are let go."""
        view = memoryview(data)
        at = 0
        while at < len(view) and self._state != _DONE:
            if self._state == _BODY:
                at += self._body(view[at:])
            else:
                self._byte(view[at])
                at += 1

    def end(self):
        """The other side closed; TariffFault where that came too early."""
        if self._state == _BODY and self._left is None:
            self._state = _DONE
        if self.status is None and not self._read:
            raise TariffFault("answer_cut", 0)
        if self._state != _DONE:
            raise TariffFault("answer_cut", self._read)

    def _body(self, view):
        taken = len(view) if self._left is None else min(len(view), self._left)
        self._read += taken
        self._sink(view[:taken])
        if self._left is not None:
            self._left -= taken
            if not self._left:
                self._state = _AFTER if self._chunked else _DONE
        return taken

    def _byte(self, byte):
        """One byte of a line; `_AFTER` is the empty line behind a chunk."""
        self._read += 1
        if byte != 10:
            if len(self._line) < _LINE:
                self._line.append(byte)
            if self._state == _HEAD and self._read > _MOST_HEAD:
                raise TariffFault("answer_not_http", self._read)
            return
        line = bytes(self._line).strip()
        self._line = bytearray()
        if self._state == _HEAD:
            self._head(line)
        elif self._state == _SIZE:
            self._size(line)
        elif self._state == _AFTER:
            if line:
                raise TariffFault("answer_not_http", self._read)
            self._state = _SIZE

    def _head(self, line):
        if self.status is None:
            parts = line.split()
            if len(parts) < 2 or parts[0][:7] != b"HTTP/1." or not parts[1].isdigit():
                raise TariffFault("answer_not_http", self._read)
            self.status = int(parts[1])
        elif line:
            name, _, value = line.partition(b":")
            self._field(name.lower(), value.strip())
        else:
            if self.status != 200:
                raise TariffFault("answer_status", self.status)
            self._read = 0
            self._state = _SIZE if self._chunked else _DONE if self._left == 0 else _BODY

    def _field(self, name, value):
        if name == b"content-length" and value.isdigit():
            self._left = int(value)
        elif name == b"transfer-encoding":
            self._chunked = value.lower() == b"chunked"
            if not self._chunked:
                raise TariffFault("answer_not_http", self._read)
        elif name == b"content-encoding" and value.lower() != b"identity":
            raise TariffFault("answer_not_http", self._read)
        elif name == b"retry-after" and value.isdigit():
            self.retry_s = int(value)

    def _size(self, line):
        text = line.partition(b";")[0].strip()
        try:
            self._left = int(text.decode(), 16)
        except ValueError:
            raise TariffFault("answer_not_http", self._read)
        if self._left < 0 or not text:
            raise TariffFault("answer_not_http", self._read)
        self._state = _BODY if self._left else _DONE
