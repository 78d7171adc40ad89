"""JSON read byte by byte, in pieces of any size: each number, text and word is handed over as it ends.

Keeps the open brackets, one key for each, and one short value: some 300 bytes however long the answer is.
Knows the grammar (RFC 8259) but for surrogates; refuses to know what the values mean. Text longer than
48 bytes is read to its end and handed over cut.
"""

from micropython import const

from .faults import TariffFault

_VALUE = const(0)
_FIRST_VALUE = const(1)
_AFTER = const(2)
_KEY = const(3)
_FIRST_KEY = const(4)
_COLON = const(5)
_STRING = const(6)
_ESCAPE = const(7)
_BARE = const(8)
_DONE = const(9)
_SPACE = b" \t\r\n"
_DEEPEST = const(8)
_KEPT = const(48)
NUMBER = const(0)
TEXT = const(1)
NULL = const(2)
TRUTH = const(3)


class JsonStream:
    """feed() pieces, then end(); `sink(stream, kind, text)` gets each value, `keys` and `stack` say where.

    stack: the open brackets as bytes, b"{["; keys: the key of each open object, outermost first.
    TariffFault: "answer_not_json", "answer_cut", "answer_huge".
    """

    def __init__(self, sink, most=40000):
        self._sink = sink
        self._most = most
        self._state = _VALUE
        self._text = bytearray()
        self._is_key = False
        self.size = 0
        self.stack = bytearray()
        self.keys = []

    def feed(self, data):
        """The next piece of the answer: bytes or a memoryview, from 0 bytes up."""
        for byte in data:
            self.size += 1
            if self.size > self._most:
                raise TariffFault("answer_huge", self._most)
            self._take(byte)

    def end(self):
        """No more comes; TariffFault "answer_cut" when the answer is not complete."""
        if self._state != _DONE:
            raise TariffFault("answer_cut", self.size)

    def _take(self, byte):
        """One byte. A chain in the order of frequency: numbers and texts first."""
        state = self._state
        if state == _BARE:
            if byte in b",]} \t\r\n":
                self._bare_ends()
                self._after(byte)
            elif len(self._text) >= _KEPT:
                self._wrong()
            else:
                self._text.append(byte)
        elif state == _STRING:
            self._string(byte)
        elif byte in _SPACE and state != _ESCAPE:
            pass
        elif state in (_VALUE, _FIRST_VALUE):
            self._value(byte, state == _FIRST_VALUE)
        elif state == _AFTER:
            self._after(byte)
        elif state in (_KEY, _FIRST_KEY):
            if byte == 34:
                self._begin_string(True)
            elif byte == 125 and state == _FIRST_KEY:
                self._close(byte)
            else:
                self._wrong()
        elif state == _COLON and byte == 58:
            self._state = _VALUE
        elif state == _ESCAPE and byte in b'"\\/bfnrtu':
            self._state = _STRING
            self._keep(63)
        else:
            self._wrong()

    def _value(self, byte, may_close):
        if byte == 34:
            self._begin_string(False)
        elif byte in b"{[":
            if len(self.stack) >= _DEEPEST:
                self._wrong()
            self.stack.append(byte)
            if byte == 123:
                self.keys.append(b"")
            self._state = _FIRST_KEY if byte == 123 else _FIRST_VALUE
        elif byte == 93 and may_close:
            self._close(byte)
        elif byte in b"-0123456789ntf" and self.stack:
            self._text = bytearray((byte,))
            self._state = _BARE
        else:
            self._wrong()

    def _after(self, byte):
        """What follows a value: a comma, a closing bracket, or space."""
        self._state = _AFTER
        if byte == 44:
            self._state = _KEY if self.stack[-1] == 123 else _VALUE
        elif byte in b"]}":
            self._close(byte)
        elif byte not in _SPACE:
            self._wrong()

    def _close(self, byte):
        if self.stack[-1] != byte - 2:  # in ASCII the closing brackets stand two behind the opening ones
            self._wrong()
        if byte == 125:
            self.keys.pop()
        self.stack = self.stack[:-1]
        self._state = _AFTER if self.stack else _DONE

    def _begin_string(self, is_key):
        self._is_key = is_key
        self._text = bytearray()
        self._state = _STRING

    def _string(self, byte):
        if byte == 34:
            if self._is_key:
                self.keys[-1] = bytes(self._text)
                self._state = _COLON
            else:
                self._state = _AFTER if self.stack else self._wrong()
                self._sink(self, TEXT, bytes(self._text))
        elif byte == 92:
            self._state = _ESCAPE
        elif byte < 32:
            self._wrong()
        else:
            self._keep(byte)

    def _keep(self, byte):
        if len(self._text) < _KEPT:
            self._text.append(byte)

    def _bare_ends(self):
        text = bytes(self._text)
        if text[0] in b"ntf":
            if text not in (b"null", b"true", b"false"):
                self._wrong()
            self._sink(self, NULL if text == b"null" else TRUTH, text)
        else:
            self._sink(self, NUMBER, text)

    def _wrong(self):
        raise TariffFault("answer_not_json", self.size)
