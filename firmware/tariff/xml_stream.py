"""XML read byte by byte, in pieces of any size: elements opening and closing, with their short text.

Keeps the names of the open elements and 64 bytes of text. Knows what a data document needs: elements,
attributes (passed over), comments, processing instructions. Refuses DOCTYPE and CDATA: no price service
sends them, and entities are how XML is made to explode. Names are without their prefix.
"""

from micropython import const

from .faults import TariffFault

_TEXT = const(0)
_OPEN = const(1)
_NAME = const(2)
_CLOSING = const(3)
_INSIDE = const(4)
_QUOTE = const(5)
_BANG = const(6)
_COMMENT = const(7)
_INSTRUCTION = const(8)
_SLASH = const(9)
_SPACE = b" \t\r\n"
_DEEPEST = const(8)
_NAME_BYTES = const(80)
_TEXT_BYTES = const(64)


class XmlStream:
    """feed() pieces, then end(). The sink has opened(stream, name) and closed(stream, name, text).

    `stack` holds the names of the open elements. Text longer than 64 bytes is handed over cut.
    TariffFault: "answer_not_xml", "answer_cut", "answer_huge".
    """

    def __init__(self, sink, most=400000):
        self._sink = sink
        self._most = most
        self._state = _TEXT
        self._text = bytearray()
        self._name = bytearray()
        self._quote = 0
        self._last = 0
        self._done = False
        self.size = 0
        self.stack = []

    def feed(self, data):
        """The next piece of the answer: bytes or a memoryview, from 0 bytes up."""
        for byte in data:
            self.size += 1
            if self.size > self._most:
                raise TariffFault("answer_huge", self._most)
            if self._state == _TEXT:
                self._take_text(byte)
            elif self._state in (_NAME, _CLOSING, _OPEN):
                self._take_name(byte)
            else:
                self._take_other(byte)

    def end(self):
        """No more comes; TariffFault "answer_cut" when the document is not complete."""
        if not self._done or self._state != _TEXT:
            raise TariffFault("answer_cut", self.size)

    def _take_text(self, byte):
        if byte == 60:
            self._state = _OPEN
            self._name = bytearray()
        elif self.stack:
            if len(self._text) < _TEXT_BYTES:
                self._text.append(byte)
        elif byte not in b" \t\r\n\xef\xbb\xbf":  # around the root: space and the byte order mark
            self._wrong()

    def _take_name(self, byte):
        if self._state == _OPEN and byte in b"!?/":
            self._state = _BANG if byte == 33 else _INSTRUCTION if byte == 63 else _CLOSING
            self._last = 0
        elif byte == 62:
            if self._state == _CLOSING:
                self._close()
            else:
                self._opened(False)
        elif byte == 47 and self._state == _NAME:
            self._state = _SLASH
        elif byte in _SPACE:
            if self._state == _NAME:
                self._state = _INSIDE
            elif self._state == _OPEN:
                self._wrong()
        elif byte in b'<"&=' or byte < 32 or len(self._name) >= _NAME_BYTES:
            self._wrong()
        else:
            if self._state == _OPEN:
                self._state = _NAME
            self._name.append(byte)

    def _take_other(self, byte):
        """Inside a tag behind its name, a comment, or an instruction."""
        state = self._state
        if state == _INSIDE:
            if byte in b"\"'":
                self._quote = byte
                self._state = _QUOTE
            elif byte == 62:
                self._opened(False)
            elif byte == 47:
                self._state = _SLASH
            elif byte == 60:
                self._wrong()
        elif state == _QUOTE:
            if byte == self._quote:
                self._state = _INSIDE
        elif state == _SLASH:
            if byte != 62:
                self._wrong()
            self._opened(True)
        elif state == _BANG:
            if byte != 45:
                self._wrong()
            self._last += 1
            if self._last == 2:
                self._state, self._last = _COMMENT, 0
        elif state == _COMMENT:
            if byte == 62 and self._last >= 2:
                self._state = _TEXT
            self._last = self._last + 1 if byte == 45 else 0
        elif state == _INSTRUCTION:
            if byte == 62 and self._last == 63:
                self._state = _TEXT
            self._last = byte

    def _opened(self, empty):
        if self._done or not self._name or len(self.stack) >= _DEEPEST:
            self._wrong()
        self.stack.append(bytes(self._name))
        self._text = bytearray()
        self._state = _TEXT
        self._sink.opened(self, self._local(self.stack[-1]))
        if empty:
            self._close()

    def _close(self):
        if not self.stack or self.stack[-1] != bytes(self._name):
            self._wrong()
        name = self._local(self.stack.pop())
        self._state = _TEXT
        self._done = not self.stack
        self._sink.closed(self, name, bytes(self._text).strip())
        self._text = bytearray()

    def _local(self, name):
        return name[name.find(b":") + 1:]

    def _wrong(self):
        raise TariffFault("answer_not_xml", self.size)
