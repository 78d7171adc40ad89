"""HMAC-SHA256 (RFC 2104) and the eight bytes of it that close a frame.

Knows keys as a pair of pads: the two blocks that depend on the key alone are made
once, which leaves two hashes a frame (MicroPython's sha256 has no copy(), facts:
micropython E 13). Refuses to know what a key is for. Eight bytes are enough against
a forger who must try on the air: 2**63 frames at 700 a second are 400 million years.
"""

from hashlib import sha256

TAG = 8
_BLOCK = 64


def pads_of(key):
    """(inner, outer) of `key`, bytes of any length: what `hmac` and `tag` take."""
    if len(key) > _BLOCK:
        key = sha256(key).digest()
    rest = _BLOCK - len(key)
    return bytes(b ^ 0x36 for b in key) + b"\x36" * rest, bytes(b ^ 0x5C for b in key) + b"\x5c" * rest


def hmac(pads, data):
    """32 bytes over `data` (any buffer)."""
    inner = sha256(pads[0])
    inner.update(data)
    outer = sha256(pads[1])
    outer.update(inner.digest())
    return outer.digest()


def derive(key, *parts):
    """32 bytes from `key` for the purpose that `parts` spell; only the last may vary in length."""
    return hmac(pads_of(key), b"".join(parts))


def close(frame, pads):
    """Write the tag over all before it into the last eight bytes of `frame`, a bytearray."""
    end = len(frame) - TAG
    frame[end:] = hmac(pads, memoryview(frame)[:end])[:TAG]


def closed(frame, pads):
    """True when the last eight bytes are the tag of what is before them."""
    end = len(frame) - TAG
    view = memoryview(frame)
    return same(view[end:], hmac(pads, view[:end]))


def same(found, wanted):
    """Compare all of `found` with the start of `wanted`; takes equally long wherever they differ."""
    wrong = 0
    for i in range(len(found)):
        wrong |= found[i] ^ wanted[i]
    return wrong == 0
