"""Figures are read exactly: against Python's decimal module, and whatever is no number is refused."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.tariff import decimals
from firmware.tariff.faults import TariffFault


def expected(text, places):
    with localcontext() as context:
        context.prec = 200
        return int((Decimal(text) * Decimal(10) ** places).to_integral_value(ROUND_HALF_UP))


@given(st.from_regex(r"-?[0-9]{1,9}(\.[0-9]{1,9})?([eE][+-]?[0-9])?", fullmatch=True), st.integers(0, 9))
def test_as_the_decimal_module_reads_it(text, places):
    assert decimals.parse(text, places) == expected(text, places) == decimals.parse(text.encode(), places)


@given(st.integers(-10**15, 10**15), st.integers(0, 9))
def test_what_is_shown_reads_back(value, places):
    assert decimals.parse(decimals.show(value, places), places) == value


@pytest.mark.parametrize("text", [
    "", "-", ".", "1.", ".5", "NaN", "nan", "Infinity", "-inf", "1e", "1e999", "0x10", "1,5", " 1", "1 ",
    "1_000",
    "9" * 41, "--1", "1.2.3", "é"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(TariffFault) as caught:
        decimals.parse(text, 3)
    assert caught.value.word == "number_wrong"


def test_halves_go_away_from_zero():
    assert [decimals.rounded(value, 2) for value in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]


@given(st.binary(max_size=60))
def test_any_bytes_are_a_number_or_refused(data):
    try:
        decimals.parse(data, 3)
    except TariffFault:
        pass
