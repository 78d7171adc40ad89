"""Bytes that know whether they are whole: every cut and every changed byte is found."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.settings.sealed import Damaged, seal, unseal

VALUES = {"modbus.station": 3, "inverter.name": "Kélder \"1\"", "control.enabled": False, "x": None}
WHOLE = seal("settings", 1, VALUES)


def test_what_was_sealed_comes_back():
    assert unseal("settings", WHOLE) == (1, VALUES)


def test_it_is_json_for_any_editor():
    assert json.loads(WHOLE)[4] == VALUES


def test_the_same_values_give_the_same_bytes():
    assert seal("settings", 1, dict(reversed(list(VALUES.items())))) == WHOLE


def test_each_cut_is_found_until_only_the_closing_bracket_is_gone():
    body_end = WHOLE.index(b"\n]")
    for end in range(body_end):
        with pytest.raises(Damaged):
            unseal("settings", WHOLE[:end])


@given(st.integers(0, WHOLE.index(b"\n]") - 1), st.integers(1, 255))
def test_a_changed_byte_is_found_or_harmless(place, flip):
    data = bytearray(WHOLE)
    data[place] ^= flip
    try:
        version, values = unseal("settings", bytes(data))
    except Damaged:
        return
    assert values == VALUES  # white space of the head, or the digits of the version


@given(st.binary(max_size=200))
def test_rubbish_is_damaged_and_nothing_else(data):
    with pytest.raises(Damaged):
        unseal("settings", data)


def test_another_kind_is_named():
    with pytest.raises(Damaged) as caught:
        unseal("settings", seal("identity", 1, {}))
    assert (caught.value.code, caught.value.found) == ("sealed_kind", "identity")
