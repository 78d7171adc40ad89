"""The captive answer: whatever name a phone asks for, it is this box.

One datagram in, one out. An A question gets our address with no time to live; any other
type gets an empty NOERROR, else an iPhone waits for it. Only the first question is
answered and nothing behind it is copied: EDNS in an answer that does not speak it
makes the packet malformed (facts: micropython A5). Knows no socket.
"""

_A, _IN, _ANY = 1, 1, 255
_HEAD = 12
_NAME_MOST = 255


def answer(query, address=b"\xc0\xa8\x04\x01"):
    """The datagram that answers `query` (bytes), or None for what is no question to us.

    address: 4 bytes, 192.168.4.1 when left out. Opcodes other than 0 get NOTIMP (4).
    """
    if len(query) < _HEAD or query[2] & 0x80:
        return None  # too short, or an answer itself: never answer an answer
    recursion = query[2] & 0x01
    if query[2] & 0x78:
        return query[:2] + bytes((0x80 | query[2] & 0x79, 4)) + b"\0\0\0\0\0\0\0\0"
    end = _end_of_name(query)
    if not end or not query[4] << 8 | query[5]:
        return query[:2] + bytes((0x80 | recursion, 1)) + b"\0\0\0\0\0\0\0\0"  # FORMERR
    kind = query[end] << 8 | query[end + 1]
    ours = kind in (_A, _ANY) and query[end + 3] == _IN and not query[end + 2]
    head = query[:2] + bytes((0x84 | recursion, 0x80, 0, 1, 0, 1 if ours else 0, 0, 0, 0, 0))
    said = head + query[_HEAD : end + 4]
    if ours:
        said += b"\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x04" + address
    return said


def _end_of_name(query):
    """Where type and class of the first question begin; 0 when it is cut, compressed or too long."""
    at = _HEAD
    while at < len(query) and query[at]:
        if query[at] > 63 or at - _HEAD > _NAME_MOST:
            return 0
        at += query[at] + 1
    at += 1
    return at if at + 4 <= len(query) else 0
