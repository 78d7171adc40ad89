"""The captive DNS: A is us, anything else is empty, and nothing that is sent makes it fall."""

import random
import struct

from hypothesis import given
from hypothesis import strategies as st

from firmware.web.dns import answer

US = bytes((192, 168, 4, 1))


def query(name, kind=1, flags=0x0100, more=b"", questions=1, group=1):
    labels = b"".join(bytes((len(part),)) + part.encode() for part in name.split("."))
    return struct.pack(">6H", 0x1234, flags, questions, 0, 0, 1 if more else 0) + labels + b"\0" \
        + struct.pack(">HH", kind, group) + more


def test_a_name_is_this_box():
    said = answer(query("connectivitycheck.gstatic.com"))
    assert said[:2] == b"\x12\x34" and said[2] & 0x80 and said[3] & 15 == 0
    assert struct.unpack(">4H", said[4:12]) == (1, 1, 0, 0)
    assert said.endswith(b"\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x04" + US)


def test_other_types_get_an_empty_good_answer():
    for kind in (28, 65, 64, 16, 15):  # AAAA, HTTPS, SVCB, TXT, MX
        said = answer(query("captive.apple.com", kind))
        assert struct.unpack(">4H", said[4:12]) == (1, 0, 0, 0) and said[3] & 15 == 0


def test_edns_and_a_second_question_are_not_copied():
    edns = b"\0\0\x29\x10\0\0\0\0\0\0\0"
    assert len(answer(query("a.be", more=edns))) == len(query("a.be")) + 16
    twice = answer(query("a.be", questions=2) + b"\1b\2be\0\0\1\0\1")
    assert struct.unpack(">H", twice[4:6]) == (1,) and twice.endswith(US)


def test_no_question_is_not_answered_and_bad_ones_are_told_so():
    assert answer(query("a.be", flags=0x8180)) is None  # an answer: two such boxes would talk for ever
    assert answer(b"\0" * 11) is None
    assert answer(query("a.be", flags=0x2800))[3] & 15 == 4
    assert answer(query("a.be")[:-3])[3] & 15 == 1
    assert answer(query("a.be", questions=0))[3] & 15 == 1
    assert answer(query("a.be")[:12] + b"\xc0\x0c\0\1\0\1")[3] & 15 == 1


@given(st.binary(max_size=600))
def test_rubbish_never_makes_it_fall(data):
    said = answer(data)
    assert said is None or (len(said) <= max(len(data), 12) + 16 and said[:2] == data[:2])


def test_every_cut_and_flipped_query_is_survived():
    whole = query("www.msftconnecttest.com")
    drawn = random.Random(4)
    for end in range(len(whole)):
        answer(whole[:end])
    for _ in range(500):
        broken = bytearray(whole)
        broken[drawn.randrange(len(broken))] = drawn.randrange(256)
        answer(bytes(broken))
