"""HMAC-SHA256 (RFC 2104) and the eight bytes of it that close a frame.

Knows keys as a pair of pads: the two blocks that depend on the key alone are made
once, which leaves two hashes a frame (MicroPython's sha256 has no copy(), facts:
micropython E 13). Refuses to know what a key is for. Eight bytes are enough against
a forger who must try on the air: 2**63 frames at 700 a second are 400 million years.
"""

from hashlib import sha256

TAG = 8


def pads_of(key):
    """(inner, outer) of `key`, at most 64 bytes: what `hmac`, `close` and `closed` take."""
    rest = b"\x00" * (64 - len(key))
    return bytes(b ^ 0x36 for b in key + rest), bytes(b ^ 0x5C for b in key + rest)


def hmac(pads, data):
    """32 bytes over `data` (any buffer)."""
    inner = sha256(pads[0])
    inner.update(data)
    outer = sha256(pads[1])
    outer.update(inner.digest())
    return outer.digest()


def derive(key, purpose):
    """32 bytes from `key` (at most 64) for the purpose that the bytes `purpose` spell."""
    return hmac(pads_of(key), purpose)


def close(frame, pads):
    """Write the tag over all before it into the last eight bytes of `frame`, a bytearray."""
    end = len(frame) - TAG
    frame[end:] = hmac(pads, memoryview(frame)[:end])[:TAG]


def closed(frame, pads):
    """True when the last eight bytes are the tag of what is before them. Equally long for each wrong one."""
    end = len(frame) - TAG
    wanted = hmac(pads, memoryview(frame)[:end])
    wrong = 0
    for i in range(TAG):
        wrong |= frame[end + i] ^ wanted[i]
    return wrong == 0
