"""HMAC against the standard's vectors and against hashlib's; the tag of a frame."""

import hmac as peer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.link.seal import close, closed, derive, hmac, pads_of

# RFC 4231: test cases 1, 2, 3 and 4 (keys of at most 64 bytes).
RFC4231 = [
    (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (b"Jefe", b"what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (b"\xaa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (bytes(range(1, 26)), b"\xcd" * 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
]


@pytest.mark.parametrize("key,data,wanted", RFC4231)
def test_the_standards_vectors(key, data, wanted):
    assert hmac(pads_of(key), data).hex() == wanted


@given(st.binary(max_size=64), st.binary(max_size=300))
def test_same_as_hashlib(key, data):
    assert hmac(pads_of(key), data) == peer.new(key, data, "sha256").digest()
    assert derive(key, data) == hmac(pads_of(key), data)


@given(st.binary(min_size=8, max_size=250), st.binary(min_size=32, max_size=32))
def test_a_tag_fits_its_frame_and_key_alone(data, key):
    frame = bytearray(data)
    pads = pads_of(key)
    close(frame, pads)
    assert closed(frame, pads) and closed(bytes(frame), pads) and closed(memoryview(frame), pads)
    assert not closed(frame, pads_of(bytes([key[0] ^ 1]) + key[1:]))
    for bit in range(8 * len(frame)):
        frame[bit // 8] ^= 1 << bit % 8
        assert not closed(frame, pads)
        frame[bit // 8] ^= 1 << bit % 8
