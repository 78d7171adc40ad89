"""One question on a bus, and what an answer to it must look like.

What this file knows: stations, function codes, the length that follows from a
function code and a request. It refuses to know framing (RTU and TCP share it)
and the meaning of any register. Source: MODBUS Application Protocol V1.1b3,
chapter 6; vendor codes from the device's catalogue.
"""

from .faults import Refused

COUNTED = -1  # the answer is: code, n, n bytes
SILENT = 0  # nobody answers: a broadcast

_MAX_PDU = 253
_EXCEPTION = 0x80

# Whole length of the answer's PDU where the code alone fixes it; any code that
# is not here is taken as COUNTED unless the request says otherwise.
_FIXED = {5: 5, 6: 5, 7: 2, 8: 5, 11: 5, 15: 5, 16: 5, 22: 7}
_STANDARD = (1, 2, 3, 4, 5, 6, 15, 16)


class Request:
    """`pdu` (bytes: code and data) for `station`, to be asked once or retried.

    urgent: goes before anything that is not (a set-point before a poll).
    tag: whatever the asker wants to find again with the answer.
    shape: COUNTED, SILENT or the whole length of the answer's PDU, for codes
    that the standard does not fix; None: by the code. Station 0 is SILENT.
    timeout_ms: how long to wait for this answer; None: as the bus is set.
    gap_ms: least silence before this request; None: 3.5 characters.
    """

    def __init__(self, station, pdu, urgent=False, tag=None, shape=None, timeout_ms=None, gap_ms=None):
        if not 0 <= station <= 255:
            raise ValueError("station %r: must be 0 to 255" % (station,))
        if not 1 <= len(pdu) <= _MAX_PDU or pdu[0] & _EXCEPTION or not pdu[0]:
            raise ValueError("pdu of %d bytes: must be 1 to 253, code 1 to 127" % len(pdu))
        if shape is not None and not COUNTED <= shape <= _MAX_PDU:
            raise ValueError("shape %r: must be COUNTED, SILENT or up to 253" % (shape,))
        self.station = station
        self.pdu = pdu
        self.urgent = urgent
        self.tag = tag
        self.timeout_ms = timeout_ms
        self.gap_ms = gap_ms
        self.shape = SILENT if station == 0 else _shape(pdu) if shape is None else shape

    def length(self, code, count):
        """PDU length of a frame headed `code`, `count`; 0: no frame starts so.

        Good for any station's answer: it lets the listener step over a frame
        that is not ours. `count` is the byte after the code, None if not in yet
        (then the shortest length that is possible).
        """
        if code & _EXCEPTION:
            return 2
        if code == self.pdu[0] and self.shape > 0 and code > 4:
            return self.shape
        fixed = _FIXED.get(code)
        if fixed:
            return fixed
        if code != self.pdu[0] and code not in _STANDARD:
            return 0
        if count is None:
            return 2
        return 2 + count if count <= _MAX_PDU - 2 else 0

    def verdict(self, frame, at, length):
        """Is the PDU frame[at:at+length] the answer? None: yes; else a fault's kind.

        Raises Refused when it is the device's exception to this request.
        """
        ours = self.pdu
        code = frame[at]
        if code == ours[0] | _EXCEPTION:
            raise Refused(frame[at + 1])
        if code != ours[0]:
            return "function"
        if self.shape > 0 and length != self.shape:
            return "length"
        if code in (5, 6, 15, 16) and frame[at + 1 : at + 5] != ours[1:5]:
            return "address"  # a write is confirmed by its own first four bytes
        return None

    def mirrored(self):
        """True when a sound answer is, byte for byte, the request itself (codes 5, 6, 8)."""
        return self.pdu[0] in (5, 6, 8) and self.shape != SILENT


def _shape(pdu):
    """The answer's whole length where code and quantity fix it, else COUNTED."""
    code = pdu[0]
    if code <= 4 and len(pdu) == 5:
        quantity = pdu[3] << 8 | pdu[4]
        return 2 + (2 * quantity if code >= 3 else (quantity + 7) // 8)
    return _FIXED.get(code, COUNTED)
