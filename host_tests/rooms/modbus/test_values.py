"""Value types: every pattern there and back, whole numbers only, nothing cut silently."""

import struct
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firmware.modbus import encoding, values

STRUCT = {"u16": ">H", "s16": ">h", "u32": ">I", "s32": ">i", "u64": ">Q", "s64": ">q", "f32": ">f"}
WHOLE = ("u16", "s16", "u32", "s32", "u64", "s64", "u32_lo", "s32_lo")


def swapped(name, data):
    return data[2:4] + data[0:2] if name.endswith("_lo") else data


@given(name=some.sampled_from(WHOLE), data=some.binary(min_size=8, max_size=8))
def test_whole_numbers_as_struct_has_them(name, data):
    data = data[: 2 * values.width(name)]
    number = struct.unpack(STRUCT[name.split("_")[0]], swapped(name, data))[0]
    assert values.decode(name, data) == number
    assert encoding.encode(name, number) == data
    assert values.decode(name, b"\xAA" * 4 + data, 4) == number


@given(number=some.integers(-10**12, 10**12), divide=some.integers(1, 10**6))
def test_ratio_rounds_half_away_from_zero(number, divide):
    exact = Fraction(number, divide)
    found = values.ratio(number, divide)
    assert abs(found - exact) <= Fraction(1, 2)
    if abs(found - exact) == Fraction(1, 2):
        assert abs(found) > abs(exact)
    assert values.ratio(number, -divide) == values.ratio(-number, divide) == -found


@given(pattern=some.integers(0, 2**32 - 1), multiply=some.sampled_from((1, -1, 10, 1000)),
       divide=some.sampled_from((1, 10)))
def test_floats_are_scaled_without_a_float(pattern, multiply, divide):
    data = struct.pack(">I", pattern)
    number = struct.unpack(">f", data)[0]
    found = values.decode("f32", data, 0, multiply, divide)
    if number != number or number in (float("inf"), float("-inf")):
        assert found is None
        return
    exact = Fraction(number) * multiply / divide
    assert abs(found - exact) <= Fraction(1, 2)
    assert values.decode("f32_lo", data[2:] + data[:2], 0, multiply, divide) == found


@pytest.mark.parametrize("number, scaled", [
    (16777217.0, 16777216), (0.0, 0), (-0.0, 0), (1e-45, 0), (0.4, 0), (0.5, 1), (-0.5, -1), (3.4e38, None),
])
def test_float_corners(number, scaled):
    found = values.decode("f32", struct.pack(">f", number))
    assert found == (int(struct.unpack(">f", struct.pack(">f", number))[0]) if scaled is None else scaled)


def test_scale_and_sign_of_the_me3000sp():
    """facts of the vendor's list: -100 in 10 W steps, + is charging there, discharging here."""
    reply = bytes.fromhex("FF9C1400F85F00410015FFFB0069")
    assert values.decode("s16", reply, 0, -10) == 1000
    assert values.decode("u16", reply, 2, 10) == 51200
    assert values.decode("s16", reply, 4, -10) == 19530


def test_a_float_that_is_no_number_is_none():
    assert values.decode("f32", b"\x7F\xC0\x00\x00") is None


@pytest.mark.parametrize("name, value", [
    ("u16", -1), ("u16", 65536), ("s16", 32768), ("s16", -32769), ("u32", -1), ("u32", 2**32),
    ("s32", 2**31), ("u32_lo", 2**32), ("s64", 2**63),
])
def test_what_does_not_fit_is_refused_by_name(name, value):
    with pytest.raises(ValueError, match="%d: does not fit in %s" % (value, name)):
        encoding.encode(name, value)


def test_float_registers_are_written_too():
    assert encoding.encode("f32", 230) == struct.pack(">f", 230.0)
    assert encoding.encode("f32_lo", 230) == b"\x00\x00\x43\x66"


def test_text():
    serial = bytes.fromhex("534D31455331333 04C424C333934".replace(" ", ""))
    assert values.text(serial, 0, 7) == "SM1ES130LBL394"
    assert values.text(b"V260\x00\x00\xFF ", 0, 4) == "V260"
    assert values.text(b"\x00" * 8, 0, 4) is None


@given(words=some.lists(some.integers(0, 0xFFFF), min_size=1, max_size=5))
def test_bits(words):
    data = struct.pack(">%dH" % len(words), *words)
    places = range(16 * len(words))
    assert values.bits(data, 0, len(words)) == [n for n in places if words[n // 16] >> n % 16 & 1]


def test_unknown_type_and_missing_registers():
    with pytest.raises(ValueError, match="'u15'"):
        values.width("u15")
    with pytest.raises(ValueError, match="u32 at 0 of 3 bytes"):
        values.decode("u32", b"\x00\x00\x00", 0)
    assert [values.width(name) for name in ("u16", "f32", "u64")] == [1, 2, 4]
    assert values.width("text", 7) == 7
