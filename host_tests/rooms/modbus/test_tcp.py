"""Modbus TCP framing: numbered answers out of a stream in any slices."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firmware.modbus.faults import Fault, Malformed, NoAnswer, Refused
from firmware.modbus.request import Request
from firmware.modbus.tcp import Reply, encode

READ = Request(17, bytes.fromhex("03006B0003"))
ANSWER = bytes.fromhex("0306022B00000064")


def stream(number, station, pdu, protocol=0):
    return bytes((number >> 8, number & 255, 0, protocol, 0, len(pdu) + 1, station)) + pdu


def listen(reply, data, piece):
    while data:
        room = reply.room()
        fits = min(len(room), piece, len(data))
        room[:fits] = data[:fits]
        data = data[fits:]
        pdu = reply.took(fits)
        if pdu is not None:
            return pdu, data
    return None, data


def test_request():
    assert encode(READ, 0x1234) == bytes.fromhex("123400000006 11 03006B0003")
    assert encode(READ, 0x1FFFF)[:2] == b"\xFF\xFF"


@pytest.mark.parametrize("piece", range(1, 30))
def test_answer_in_any_slices_and_nothing_past_it(piece):
    line = stream(5, 17, ANSWER) + stream(6, 17, ANSWER)
    reply = Reply(READ, 5)
    pdu, rest = listen(reply, line, piece)
    assert pdu == ANSWER and rest == stream(6, 17, ANSWER)


def test_late_and_foreign_frames_are_passed_over():
    reply = Reply(READ, 5)
    line = stream(4, 17, ANSWER) + stream(5, 18, ANSWER) + stream(5, 17, bytes.fromhex("0402022B"))
    assert listen(reply, line, 9) == (None, b"")
    assert reply.seen == {"late": 2, "foreign": 1}
    assert listen(reply, stream(5, 17, ANSWER), 9)[0] == ANSWER


def test_an_answer_of_another_length_is_none():
    for wrong in ("0304022B0000", "0308022B000000640000", "0306022B0000", "0306022B000000640000"):
        reply = Reply(READ, 5)
        assert listen(reply, stream(5, 17, bytes.fromhex(wrong)), 50)[0] is None
        with pytest.raises(Malformed) as seen:
            reply.give_up()
        assert seen.value.kind == "length"


def test_refusal_and_silence():
    with pytest.raises(Refused) as seen:
        listen(Reply(READ, 5), stream(5, 17, b"\x83\x02"), 4)
    assert seen.value.code == 2
    with pytest.raises(NoAnswer):
        Reply(READ, 5).give_up()


def test_a_stream_out_of_step_is_said_at_once():
    short, long = bytes.fromhex("000500000001110306"), bytes.fromhex("0005000001001103")
    for line in (stream(5, 17, ANSWER, protocol=1), short, long):
        with pytest.raises(Malformed):
            listen(Reply(READ, 5), line, 1)


@given(data=some.binary(max_size=600), piece=some.integers(1, 300))
def test_random_bytes_raise_nothing_but_faults(data, piece):
    reply = Reply(READ, 5)
    with pytest.raises(Fault):
        listen(reply, data, piece)
        reply.give_up()
