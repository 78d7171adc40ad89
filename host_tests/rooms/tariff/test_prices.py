"""Day-ahead answers: whole ones are read, spoilt ones are refused with a word, in pieces of any size."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from answers import NO_DATA, asked, charts, entsoe, milli, series, wave
from spoilt import CHARTS, ENTSOE, SPOILT, SPOILT_XML

from firmware.tariff.energy_charts import EnergyCharts
from firmware.tariff.entsoe import Entsoe
from firmware.tariff.faults import TariffFault

FIXTURES = Path(__file__).parents[2] / "fixtures" / "prices"
FIRST, UNTIL = asked()
WHOLE = wave(96)


def read(reader, data, pieces=None):
    """-> list of prices, or the fault's word."""
    at = 0
    try:
        for size in pieces or ():
            reader.feed(data[at:at + size])
            at += size
        reader.feed(memoryview(data)[at:])
        return list(reader.end().values)
    except TariffFault as fault:
        return fault.word


def from_charts(data, pieces=None, span=(FIRST, UNTIL), **how):
    return read(EnergyCharts(*span, **how), data, pieces)


def from_entsoe(data, pieces=None, span=(FIRST, UNTIL), **how):
    return read(Entsoe(*span, **how), data, pieces)


def test_a_whole_day_of_both_services():
    assert from_charts(charts(FIRST, 96)) == milli(WHOLE)
    assert from_entsoe(entsoe(series(FIRST, WHOLE))) == milli(WHOLE)


@pytest.mark.parametrize("text, count", [("2026-03-29", 92), ("2026-10-25", 100)])
def test_days_of_92_and_100_quarters(text, count):
    span = asked(text)
    assert from_charts(charts(span[0], count), span=span) == milli(wave(count))
    assert from_entsoe(entsoe(series(span[0], wave(count))), span=span) == milli(wave(count))
    assert from_charts(charts(span[0], 96), span=span) in ("prices_day", "prices_hole")


def test_the_answer_of_a_real_platform():
    """DE-LU, two days of quarters, both sequences, points left out as curve A03 allows."""
    data = (FIXTURES / "entsoe_de_lu_2026-02-02.xml").read_bytes()
    span = asked("2026-02-02", 2)
    prices = from_entsoe(data, span=span, zone=b"10Y1001A1001A82H")
    assert len(prices) == 192 and prices[:3] == [100410, 101910, 100040]
    # Read independently: the points of the two series with sequence 1, gaps repeated.
    import xml.etree.ElementTree as tree

    space = "{urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3}"
    expected = []
    for one in tree.fromstring(data).iter(space + "TimeSeries"):
        if one.find(space + "classificationSequence_AttributeInstanceComponent.position").text == "1":
            points = {int(point[0].text): round(float(point[1].text) * 1000)
                      for point in one.iter(space + "Point")}
            for place in range(1, 97):
                expected.append(points.get(place, expected[-1] if expected else None))
    assert prices == expected
    assert from_entsoe(data, span=span) == "prices_zone"
    assert from_entsoe(data, span=asked("2026-02-04"), zone=b"10Y1001A1001A82H") == "prices_day"
    assert len(from_entsoe(data, span=asked("2026-02-03"), zone=b"10Y1001A1001A82H")) == 96


def test_tomorrow_not_yet_published():
    span = asked(days=2)
    nulls = charts(FIRST, 192, prices=WHOLE + [None] * 96)
    assert from_charts(nulls, span=span) == milli(WHOLE)
    assert from_charts(charts(FIRST, 96), span=span) == milli(WHOLE)
    assert from_entsoe(entsoe(series(FIRST, WHOLE)), span=span) == milli(WHOLE)
    assert from_entsoe(NO_DATA) == "prices_none"
    assert from_charts(charts(FIRST, 0)) == "prices_none"
    assert from_charts(charts(FIRST, 96, prices=[None] * 96)) == "prices_none"


def test_keys_in_another_order():
    first = charts(FIRST, 96)
    import json

    document = json.loads(first)
    turned = json.dumps({name: document[name] for name in reversed(list(document))}, indent=2).encode()
    assert from_charts(turned) == milli(WHOLE)


def test_repeated_prices_are_carried_forward_to_the_period_s_end():
    flat = [50.5] * 40 + [-1] * 56
    document = entsoe(series(FIRST, flat))
    assert document.count(b"<Point>") == 2 and from_entsoe(document) == milli(flat)
    assert from_entsoe(entsoe(series(FIRST, flat, curve="A01"))) == "prices_hole"
    assert from_entsoe(entsoe(series(FIRST, flat, curve="A01", leave_out=False))) == milli(flat)


def test_an_hourly_series_beside_the_quarters_is_never_joined_to_them():
    hours = series(FIRST, wave(24), "PT60M")
    assert from_entsoe(entsoe(hours, series(FIRST, WHOLE))) == milli(WHOLE)
    assert from_entsoe(entsoe(series(FIRST, WHOLE), hours)) == milli(WHOLE)
    assert from_entsoe(entsoe(hours)) == "prices_hourly"
    half = series(FIRST, WHOLE[:48]), series(FIRST + 48 * 900, wave(12), "PT60M")
    assert from_entsoe(entsoe(*half)) == "prices_mixed"
    assert from_entsoe(entsoe(hours), step=3600) == milli(wave(24))
    assert from_charts(charts(FIRST, 24, 3600)) == "prices_hourly"
    assert from_charts(charts(FIRST, 24, 3600), step=3600) == milli(wave(24))
    times = [FIRST + at * 900 for at in range(48)]
    times += [times[-1] + 3600 * at for at in range(1, 13)]
    assert from_charts(charts(FIRST, 60, unix_seconds=times)) == "prices_mixed"


def test_the_first_classification_counts():
    second = series(FIRST, [999] * 96, sequence=2)
    assert from_entsoe(entsoe(second, series(FIRST, WHOLE), second)) == milli(WHOLE)
    assert from_entsoe(entsoe(second)) == "prices_none"


@pytest.mark.parametrize("word, data", [(word, data) for word in SPOILT for data in SPOILT[word]])
def test_a_spoilt_answer_of_energy_charts(word, data):
    assert from_charts(data) == word


@pytest.mark.parametrize("word, data", [(word, data) for word in SPOILT_XML for data in SPOILT_XML[word]])
def test_a_spoilt_answer_of_entsoe(word, data):
    assert from_entsoe(data) == word


@given(st.lists(st.integers(0, 700), max_size=20))
def test_every_split_reads_the_same(pieces):
    assert from_charts(CHARTS, pieces) == milli(WHOLE)
    assert from_entsoe(ENTSOE, pieces) == milli(WHOLE)


def test_byte_by_byte():
    assert from_charts(CHARTS, [1] * len(CHARTS)) == milli(WHOLE)
    assert from_entsoe(ENTSOE, [1] * len(ENTSOE)) == milli(WHOLE)


@settings(max_examples=150)
@given(st.binary(max_size=300), st.booleans())
def test_random_bytes_are_refused_and_nothing_else(data, framed):
    for reader, frame in ((from_charts, b'{"price":[%s'), (from_entsoe, b"<Publication_MarketDocument>%s")):
        assert isinstance(reader(frame % data if framed else data), str)


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_answer_is_read_or_refused(data):
    for whole, reader in ((CHARTS, from_charts), (ENTSOE, from_entsoe)):
        at = data.draw(st.integers(0, len(whole)))
        cut = data.draw(st.integers(0, 40))
        result = reader(whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + cut:])
        assert isinstance(result, str) or len(result) == 96


@pytest.mark.parametrize("span", [(FIRST, FIRST), (FIRST + 900, UNTIL), (FIRST, UNTIL + 900), asked(days=30)])
def test_only_whole_days_can_be_asked_for(span):
    for reader in (EnergyCharts, Entsoe):
        with pytest.raises(TariffFault) as caught:
            reader(*span)
        assert caught.value.word == "prices_asked"
