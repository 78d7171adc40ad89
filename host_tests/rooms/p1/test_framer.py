"""The framer: whatever comes in, the next good telegram comes out, and every loss is counted."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware.p1.framer import Framer
from host_tests.rooms.p1.reader import FOLDER, GOOD, LONGEST, Reader, fixture, read, sealed

DATA = LONGEST.read_bytes()
EXPECT = fixture(LONGEST)["expect"]
SHORT = (FOLDER / "nl_warmtelink_heat_unpadded_crc.txt").read_bytes()
CIPHER = (FOLDER / "enc_sagemcom_glo_cipher_511.bin").read_bytes()


@given(st.sampled_from(GOOD), st.lists(st.integers(1, 2000), max_size=6))
def test_split_anywhere(path, cuts):
    data = path.read_bytes()
    reader = Reader()
    at = 0
    for cut in cuts:
        reader.feed(data[at:at + cut])
        at += cut
    assert reader.feed(data[at:]).close().found == fixture(path)["expect"]


@given(st.binary(max_size=600), st.sampled_from(GOOD), st.binary(max_size=600))
def test_any_noise_before_and_after(before, path, after):
    found = Reader().feed(before).feed(path.read_bytes()).feed(after).close().found
    assert fixture(path)["expect"][-1] in found


@given(st.integers(1, len(DATA) - 1))
def test_a_cut_telegram_costs_itself_only(cut):
    """With and without a line end where it breaks off."""
    for tail in (b"", b"\r\n"):
        reader = Reader().feed(DATA[:cut] + tail + DATA).close()
        assert reader.found[-1:] == EXPECT
        assert len(reader.found) <= 2 and (len(reader.found) == 1 or cut > 1365)


def test_events_of_one_telegram():
    """"start" as soon as the header can be told, "telegram" with the last digit, not a byte later."""
    reader = Reader().feed(DATA[:4])
    assert reader.events == []
    assert reader.feed(DATA[4:6]).events == ["start"]
    reader.feed(DATA[6:DATA.index(b"!") + 4])
    assert reader.events == ["start"]
    assert reader.feed(DATA[DATA.index(b"!") + 4:][:1]).events == ["start", "telegram"]
    counters = reader.framer.counters
    assert (counters.starts, counters.good, counters.lost, counters.noise) == (1, 1, 0, 0)


def test_the_tail_at_plugging_in_is_no_loss():
    reader = Reader().feed(DATA[500:] + DATA)
    assert reader.found == EXPECT
    assert reader.framer.counters.lost == reader.framer.counters.bad == 0
    assert reader.framer.counters.noise > 800


def test_a_header_with_a_second_slash():
    """Hungarian Holley meters: /HLY5/D545-METER."""
    text = b"/HLY5/D545-METER\r\n\r\n0-0:1.0.0(230724150730S)\r\n1-0:1.7.0(00.321*kW)\r\n!"
    found, = read(sealed(text))
    assert (found["crc"], found["header"], found["import_w"]) == ("ok", "/HLY5/D545-METER", 321)


def test_the_other_checksum_of_holley():
    text = b"/HLY5/D545-METER\r\n\r\n0-0:1.0.0(230724150730S)\r\n1-0:1.7.0(00.321*kW)\r\n!"
    crc = 0xFFFF
    for byte in text:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0x8408 if crc & 1 else crc >> 1
    printed = b"%04X\r\n" % (crc ^ 0xFFFF)
    assert read(text + printed)[0]["import_w"] == 321
    other = text.replace(b"HLY", b"FLU")
    assert read(other + printed)[0]["crc"] == "bad"


@pytest.mark.parametrize("printed", [
    b"!B9F\r\n", b"!b9f\r\n", b"!0B9F\r\n", b"!0b9F", b"!B9F\n", b"!B9F\x00", b"!B9F\xff\xff"])
def test_checksum_digits(printed):
    """Leading zero or not, either case, whatever follows; at the end of a file nothing has to."""
    expect = fixture(FOLDER / "nl_warmtelink_heat_unpadded_crc.txt")["expect"]
    assert read(SHORT[:SHORT.index(b"!")] + printed) == expect


def test_no_checksum_is_for_old_meters_only():
    """A meter with a clock prints a checksum: where it is missing the telegram was cut."""
    assert read(SHORT[:SHORT.index(b"!") + 1] + b"\r\n")[0]["crc"] == "bad"
    old = (FOLDER / "nl_v22_kamstrup_inject.txt").read_bytes()
    assert read(old)[0]["crc"] == "none"
    assert read(old.replace(b"1-0:1.7.0(0000.", b"1-0:1.7.0(\x0100."))[0]["crc"] == "bad"


def test_longer_than_the_buffer():
    """Overrun: dropped and counted, and the next telegram is read."""
    reader = Reader().feed(b"/FLU5\\2\r\n" + b"0-0:96.13.0(" + b"41" * 3000 + b")\r\n!0000\r\n" + DATA)
    assert reader.events == ["start", "overrun", "start", "telegram"]
    assert reader.found == EXPECT
    assert reader.framer.counters.lost == 1


LONG = DATA[:DATA.index(b"!") + 1].replace(b"96.13.0()", b"96.13.0(" + b"4A" * 1024 + b")")


def test_the_longest_message_fits():
    """1024 characters of text, thirteen months and gas: 3.4 kB."""
    found, = read(sealed(LONG))
    assert found["message"] == "J" * 1024 and found["crc"] == "ok"


def test_the_buffer_is_four_kilobytes_from_the_start_and_stays():
    reader = Reader()
    buffer = reader.framer.buffer
    reader.feed(b"\x55" * 9000 + DATA * 3 + sealed(LONG) * 2)
    assert reader.framer.buffer is buffer and len(buffer) == 4096 and len(reader.found) == 5
    assert reader.framer.counters.lost == reader.framer.counters.bad == 0


def test_encrypted_frames_are_named():
    reader = Reader().feed(CIPHER + CIPHER + DATA)
    assert reader.events == ["encrypted", "encrypted", "start", "telegram"]
    assert reader.framer.counters.encrypted == 2 and reader.found == EXPECT


def test_a_header_and_then_no_text_is_encrypted():
    """A Polish Elgama sends a plain header and a ciphered rest."""
    rest = bytes(random.Random(5).choices([b for b in range(256) if b not in b"/!"], k=400))
    reader = Reader().feed(b"/EGM5GAMA350\r\n\r\n" + rest + DATA)
    assert reader.events == ["start", "encrypted", "start", "telegram"]


def test_seven_bits():
    """7E1 read as 8N1: parity sits in bit 7 and is cleared in the 9600 profile only."""
    path = FOLDER / "nl_v22_kamstrup_inject.txt"
    parity = bytes(b | (bin(b).count("1") & 1) << 7 for b in path.read_bytes())
    assert read(parity) == []
    reader = Reader()
    reader.framer.seven_bit = True
    assert reader.feed(parity).close().found == fixture(path)["expect"]


def test_read_into_the_room_it_gives():
    """The way of a port: no copy, never an empty room."""
    port, events, at = Framer(), [], 0
    stream = DATA * 9
    while at < len(stream):
        room = port.buffer_for()
        assert len(room) > 0
        count = min(len(room), 333, len(stream) - at)
        room[:count] = stream[at:at + count]
        port.wrote(count)
        at += count
        event = port.next()
        while event:
            events.append(event)
            event = port.next()
    assert events == ["start", "telegram"] * 9
    assert port.counters.bytes == len(stream)


def test_clear_forgets_half_a_telegram():
    reader = Reader().feed(DATA[:700])
    reader.framer.clear()
    assert reader.feed(DATA).found == EXPECT


@settings(max_examples=60)
@given(st.lists(st.one_of(
    st.binary(max_size=300), st.sampled_from([DATA, SHORT, CIPHER, b"/FLU5\\2\r\n", b"\r\n!", b"\r\n/"]))))
def test_a_small_buffer_survives_all(pieces):
    """64 bytes hold no telegram: nothing raises, every byte is taken, the buffer keeps its size."""
    reader = Reader(64)
    for piece in pieces:
        reader.feed(piece)
    assert len(reader.framer.buffer) == 64
    assert reader.framer.counters.bytes == sum(len(piece) for piece in pieces)
