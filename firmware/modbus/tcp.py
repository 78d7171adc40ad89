"""Modbus TCP framing: a request in an MBAP header, a stream of bytes to its answer.

What this file knows: transaction numbers, the length field, that TCP delivers in
any slices. It refuses to know sockets and time. There is no CRC: TCP has its own.
A header that cannot be means the stream is out of step: the fault is raised and
the connection must be closed, for nothing after it can be trusted. Source:
MODBUS Messaging on TCP/IP Implementation Guide V1.0b, chapter 3.
"""

from .faults import NOTHING, Malformed, fault_of, worse

_HEADER = 7
_ROOM = 260  # header and the longest PDU


def encode(request, transaction):
    """The request as it goes into the socket; `transaction` 0 to 65535, next time another."""
    size = len(request.pdu) + 1
    head = bytes((transaction >> 8 & 0xFF, transaction & 0xFF, 0, 0, 0, size, request.station))
    return head + request.pdu


class Reply:
    """Same manners as rtu.Reply: expect, room, took, give_up."""

    def __init__(self, request=None, transaction=0, seen=None):
        self.seen = {"foreign": 0, "late": 0} if seen is None else seen
        self._buffer = bytearray(_ROOM)
        self._view = memoryview(self._buffer)
        self._have = 0
        if request:
            self.expect(request, transaction)

    def expect(self, request, transaction):
        """Listen for the answer numbered `transaction`; half a late frame is kept."""
        self._request = request
        self._number = transaction & 0xFFFF
        self._why = NOTHING

    @property
    def missing(self):
        """Bytes that must still come before anything new can be said."""
        return (_HEADER if self._have < _HEADER else self._size()) - self._have

    def room(self):
        """Where the next bytes may be read into: never past the frame that is coming."""
        return self._view[self._have : self._have + self.missing]

    def took(self, count):
        """`count` bytes were read into room(). The answer's PDU (bytes) or None.

        Raises Refused, or Malformed when the stream is out of step.
        """
        self._have += count
        if self._have < _HEADER:
            return None
        buffer = self._buffer
        size = self._size()
        if buffer[2] or buffer[3] or not _HEADER + 2 <= size <= _ROOM:
            raise Malformed("length")
        if self._have < size:
            return None
        self._have = 0
        return self._whole(size - _HEADER)

    def give_up(self):
        """The time is up: raises the fault it is."""
        raise fault_of(self._why)

    def _size(self):
        return 6 + (self._buffer[4] << 8 | self._buffer[5])

    def _whole(self, length):
        """A whole frame of `length` PDU bytes: the answer's PDU, else None and counted."""
        buffer = self._buffer
        if buffer[0] << 8 | buffer[1] != self._number:
            self.seen["late"] += 1
            return None
        if buffer[6] != self._request.station:
            self.seen["foreign"] += 1
            self._why = worse(self._why, "station")
            return None
        if length != self._request.length(buffer[7], buffer[8]):
            why = "length" if buffer[7] & 0x7F == self._request.pdu[0] else "function"
        else:
            why = self._request.verdict(buffer, _HEADER, length)
        if why:
            self.seen["late"] += 1
            self._why = worse(self._why, why)
            return None
        return bytes(self._view[_HEADER : _HEADER + length])
