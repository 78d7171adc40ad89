"""A million random bytes, flipped bits and malformed lines: no exception, no wrong reading called right."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from host_tests.rooms.p1.reader import FOLDER, GOOD, LONGEST, Reader, fixture, read, sealed

DATA = LONGEST.read_bytes()
EXPECT = fixture(LONGEST)["expect"]
# What a line is made of, so that random text gets deep into the decoder.
SOUP = [b"/FLU5\\2\r\n", b"\r\n", b"!", b"(", b")", b"*kW", b"*A", b"*m3", b"1-0:1.7.0", b"0-0:98.1.0",
        b"0-1:24.2.3", b"0-1:24.1.0(003)\r\n", b"0-2:24.3.0(211123200000)(m3)\r\n(", b"230701000000S",
        b"632525252525W", b"00.153", b"-", b"0-0:1.0.0(", b"9" * 20, b".", b"0-0:96.1.1(", b"1-0:1.6.0(",
        b"\x00\xff", b"0-0:96.13.0(4", b"1-0:32.7.0(", b"0-0:17.0.0(", b"0-0:96.14.0("]


def test_a_million_random_bytes():
    source = random.Random(1)
    reader = Reader()
    for _ in range(250):
        reader.feed(source.randbytes(4000))
    assert "ok" not in [found["crc"] for found in reader.found]
    assert reader.feed(b"\r\n" + DATA).close().found[-1:] == EXPECT
    assert len(reader.framer.buffer) == 4096


@settings(max_examples=250)
@given(st.binary(min_size=4000, max_size=4000))
def test_a_million_bytes_by_hypothesis(data):
    """Hypothesis looks for the nasty ones: 250 times 4000 bytes."""
    reader = Reader().feed(data).feed(b"\r\n" + DATA).close()
    assert reader.found[-1:] == EXPECT


@settings(max_examples=400)
@given(st.lists(st.sampled_from(SOUP), max_size=60))
def test_lines_made_of_pieces(pieces):
    """With the right checksum, so that every one of them is decoded."""
    body = b"/FLU5\\2\r\n" + b"".join(pieces).replace(b"!", b"").replace(b"/", b"")
    for found in read(sealed(body + b"\r\n!")):
        for name in ("import_w", "time", "demand_w", "tariff", "limiter_w", "month_peak_w"):
            assert found[name] is None or isinstance(found[name], int)


def test_flipped_bits_are_never_believed():
    """400 single bits in each of eight telegrams: bad, or exactly the right reading."""
    source = random.Random(2)
    for path in GOOD[::7]:
        data, expect = path.read_bytes(), fixture(path)["expect"][-1]
        for _ in range(400):
            place = source.randrange(len(data))
            damaged = data[:place] + bytes((data[place] ^ 1 << source.randrange(8),)) + data[place + 1:]
            for found in read(damaged):
                assert found["crc"] == "bad" or found == expect


def test_a_one_that_became_the_end():
    """"1" and "!" differ by one bit: no line of a telegram may turn into its end."""
    for path in [FOLDER / "nl_v22_iskra_gas_ch2_a.txt"] + [path for path in GOOD if path.stem[:3] != "bad"]:
        data, expect = path.read_bytes(), fixture(path)["expect"][-1]
        at = data.find(b"\n1")
        while at >= 0:
            for found in read(data[:at] + b"\n!" + data[at + 2:]):
                # Without a checksum the damaged line is lost; the others still have to be right.
                assert found.pop("crc") != "ok"
                assert all(found[key] in (None, expect[key]) for key in found)
            at = data.find(b"\n1", at + 1)


def test_lost_and_doubled_bytes_are_never_believed():
    source = random.Random(3)
    for _ in range(1500):
        place, length = source.randrange(6, len(DATA) - 8), source.randrange(1, 40)
        for damaged in (DATA[:place] + DATA[place + length:], DATA[:place] + DATA[place - 5:]):
            for found in read(damaged):
                assert found["crc"] == "bad" or found == EXPECT[0]


def test_a_bad_telegram_leaves_the_meter_alone():
    reader = Reader().feed(DATA)
    before = dict(vars(reader.meter))
    reader.feed(DATA.replace(b"(00.153*kW)", b"(99.153*kW)"))
    assert [found["crc"] for found in reader.found] == ["ok", "bad"]
    assert vars(reader.meter) == before
