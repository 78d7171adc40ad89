"""RTU framing under fire: anything may be on the wire, only the true answer comes out."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firmware.modbus.faults import KINDS, Fault, Malformed, NoAnswer, Refused
from firmware.modbus.request import COUNTED, SILENT, Request
from firmware.modbus.rtu import Reply, encode

SOUND = (  # request PDU, answer PDU
    ("03 02 0D 00 09", "03 12 FF 9C 14 00 F8 5F 00 41 00 15 FF FB 00 69 00 64 00 00"),
    ("04 20 00 00 0E", "04 1C 00 05 53 4D 31 45 53 31 33 30 4C 42 4C 33"
     " 39 34 56 32 36 30 56 31 30 30 56 32 36 30"),
    ("01 00 13 00 25", "01 05 CD 6B B2 0E 1B"),
    ("02 00 C4 00 16", "02 03 AC DB 35"),
    ("05 00 AC FF 00", "05 00 AC FF 00"),
    ("06 00 01 00 03", "06 00 01 00 03"),
    ("0F 00 13 00 0A 02 CD 01", "0F 00 13 00 0A"),
    ("10 00 01 00 02 04 00 0A 01 02", "10 00 01 00 02"),
    ("42 01 01 03 E8", "42 02 02 00"),
    ("49 22 01 22 02", "49 02 02 00"),
)


def crc_bit_by_bit(data):
    """The standard's own description, without our table: an independent witness."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return bytes((crc & 0xFF, crc >> 8))


def frame(station, pdu):
    return bytes((station,)) + pdu + crc_bit_by_bit(bytes((station,)) + pdu)


def listen(reply, data, piece=1):
    """Feed in pieces; the PDU or None."""
    for at in range(0, len(data), piece):
        part = data[at : at + piece]
        while part:
            room = reply.room()
            fits = min(len(room), len(part))
            room[:fits] = part[:fits]
            part = part[fits:]
            pdu = reply.took(fits)
            if pdu is not None:
                return pdu
    return None


def case(number, station=1, echo=False):
    ask, answer = (bytes.fromhex(text) for text in SOUND[number])
    return Reply(Request(station, ask), echo=echo), frame(station, ask), frame(station, answer), answer


cases = some.integers(0, len(SOUND) - 1)
echoes = some.sampled_from((True, False, None))


@pytest.mark.parametrize("number", range(len(SOUND)))
def test_request_and_answer(number):
    ask, _ = (bytes.fromhex(text) for text in SOUND[number])
    reply, sent, wire, pdu = case(number)
    assert bytes(encode(Request(1, ask))) == sent
    assert listen(reply, wire, len(wire)) == pdu


@given(number=cases, pieces=some.lists(some.integers(1, 40), min_size=1), echo=some.booleans())
def test_any_slicing(number, pieces, echo):
    reply, sent, wire, pdu = case(number, echo=echo)
    line = (sent if echo else b"") + wire
    found, at, turn = None, 0, 0
    while found is None and at < len(line):
        size = pieces[turn % len(pieces)]
        found = listen(reply, line[at : at + size], size)
        at, turn = at + size, turn + 1
    assert found == pdu


@given(number=cases, noise=some.binary(max_size=600))
def test_an_answer_after_any_noise(number, noise):
    """Whatever came before: the answer is found at the latest when the line falls silent."""
    reply, sent, wire, pdu = case(number)
    try:
        found = listen(reply, noise, 7) or listen(reply, wire, 7) or reply.give_up()
    except Fault as fault:
        # Only when the noise itself holds or swallows a frame in front of the true one.
        assert fault.kind in KINDS and noise
        return
    assert found == pdu


@given(number=cases, data=some.binary(max_size=700), piece=some.integers(1, 300), echo=echoes)
def test_random_bytes_raise_nothing_but_faults(number, data, piece, echo):
    reply = case(number, echo=echo)[0]
    with pytest.raises(Fault) as seen:
        listen(reply, data, piece)
        reply.quiet()
        reply.give_up()
    assert seen.value.kind in KINDS
    assert len(reply.room()) > 0


@given(number=cases, place=some.floats(0, 0.999), bit=some.integers(0, 7), silence=some.booleans())
def test_one_flipped_bit_is_never_a_value(number, place, bit, silence):
    reply, sent, wire, _ = case(number)
    spoiled = bytearray(wire)
    spoiled[int(place * len(wire))] ^= 1 << bit
    with pytest.raises(Malformed):
        assert listen(reply, spoiled, 3) is None
        if silence:
            assert reply.quiet() is None
        assert reply.give_up() is None


def test_every_single_flipped_bit():
    for number in range(len(SOUND)):
        wire = case(number)[2]
        for position in range(8 * len(wire)):
            reply = case(number)[0]
            spoiled = bytearray(wire)
            spoiled[position // 8] ^= 1 << position % 8
            with pytest.raises(Malformed):
                listen(reply, spoiled, len(spoiled))
                reply.give_up()


@given(number=cases, keep=some.integers(0, 30))
def test_a_cut_answer_is_never_a_value(number, keep):
    reply, sent, wire, _ = case(number)
    with pytest.raises((Malformed, NoAnswer)):
        listen(reply, wire[: min(keep, len(wire) - 1)], 5)
        reply.give_up()


@pytest.mark.parametrize("number", range(len(SOUND)))
@pytest.mark.parametrize("code", range(1, 12))
def test_every_exception(number, code):
    reply, sent, _, _ = case(number)
    refusal = frame(1, bytes((sent[1] | 0x80, code)))
    with pytest.raises(Refused) as seen:
        listen(reply, refusal)
    assert seen.value.code == code and seen.value.kind == "exception"


def test_the_longest_frame_behind_noise_and_echo():
    pdu = bytes((0x42, 251)) + bytes(251)
    for echo in (True, False):
        reply = Reply(Request(1, b"\x42\x01\x01\x03\xE8"), echo=echo)
        line = b"\xFF" * 16 + (frame(1, b"\x42\x01\x01\x03\xE8") if echo else b"") + frame(1, pdu)
        assert listen(reply, line, 50) == pdu


def test_missing_never_promises_too_many():
    """The bus sleeps as long as `missing` bytes take: an answer must not be over before."""
    for number in range(len(SOUND)):
        for echo in (True, False, None):
            reply, sent, wire, _ = case(number, echo=echo)
            line = (sent if echo else b"") + wire
            for at in range(len(line)):
                left = len(line) - at
                assert 1 <= reply.missing <= left
                reply.room()[0] = line[at]
                reply.took(1)


def test_a_request_that_cannot_be_is_refused():
    wrong = ((-1, b"\x03"), (256, b"\x03"), (1, b""), (1, b"\x83\x02"), (1, b"\x00"), (1, bytes(254)))
    for station, pdu in wrong:
        with pytest.raises(ValueError):
            Request(station, pdu)


@pytest.mark.parametrize("shape", [-2, 254, 1000])
def test_a_shape_that_cannot_be_is_refused(shape):
    with pytest.raises(ValueError, match=str(shape)):
        Request(1, bytes.fromhex("42010103E8"), shape=shape)


def test_shapes():
    assert Request(1, bytes.fromhex("030200003A")).shape == 118
    assert Request(1, bytes.fromhex("0100130025")).shape == 7
    assert Request(1, bytes.fromhex("100001000102000A")).shape == 5
    assert Request(1, bytes.fromhex("42010103E8")).shape == COUNTED
    assert Request(0, bytes.fromhex("0600100007")).shape == SILENT
    assert Request(1, bytes.fromhex("42010103E8"), shape=8).shape == 8
    eight = bytes.fromhex("4201020304050607")
    assert listen(Reply(Request(1, bytes.fromhex("42010103E8"), shape=8)), frame(1, eight)) == eight
