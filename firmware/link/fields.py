"""Whole numbers and short texts in bytes: what every body is made of.

A number takes four bytes, little-endian, two's complement; None has a pattern of its
own. A number that does not fit is told as None: unknown, never a wrong one
(struct would cut it silently, facts: micropython H). A text has its length first.
"""

import struct

_NONE = -0x80000000


def put(numbers):
    """ints, bools and None -> bytes, four each."""
    values = [_NONE if one is None or not _NONE < one < -_NONE else int(one) for one in numbers]
    return struct.pack("<%di" % len(values), *values)


def take(data, start, count):
    """`count` numbers from `start` on; those beyond the end of `data` are None."""
    have = min(count, (len(data) - start) // 4) if len(data) > start else 0
    found = [None if one == _NONE else one for one in struct.unpack_from("<%di" % have, data, start)]
    return found + [None] * (count - have)


def put_texts(texts, room):
    """Texts (None is "") -> bytes, at most `room`; what finds no room is told as ""."""
    out = b""
    left = room - len(texts)
    for text in texts:
        data = (text or "").encode()
        if len(data) > min(left, 255):
            data = b""
        left -= len(data)
        out += bytes([len(data)]) + data
    return out


def take_texts(data, start, count):
    """`count` texts from `start` on; "" and what is missing or damaged are None."""
    found = []
    for _ in range(count):
        size = data[start] if start < len(data) else 0
        try:
            found.append(str(data[start + 1 : start + 1 + size], "utf-8") or None)
        except UnicodeError:
            found.append(None)
        start += 1 + size
    return found
