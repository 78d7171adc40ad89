"""What is in force stays through every spoilt answer, and through a restart."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from answers import asked, charts, milli, wave
from spoilt import CHARTS, ENTSOE, FIRST, SPOILT, SPOILT_XML, UNTIL, WHOLE

from firmware.tariff.energy_charts import EnergyCharts
from firmware.tariff.entsoe import Entsoe
from firmware.tariff.faults import TariffFault
from firmware.tariff.last_good import LastGood


def test_the_last_good_one_stays_in_force():
    kept = LastGood()
    assert kept.at(FIRST) is None and kept.age_s(5) is None
    reader = EnergyCharts(FIRST, UNTIL)
    reader.feed(CHARTS)
    assert kept.offer(reader.end(), FIRST)
    for spoilt, reader in [(SPOILT[word][0], EnergyCharts(FIRST, UNTIL)) for word in SPOILT] + [
            (SPOILT_XML[word][0], Entsoe(FIRST, UNTIL)) for word in SPOILT_XML]:
        with pytest.raises(TariffFault) as caught:
            reader.feed(spoilt)
            reader.end()
        kept.refuse(caught.value)
        assert kept.trouble == (caught.value.word, caught.value.details)
        assert kept.at(FIRST + 1000) == milli(WHOLE)[1] and kept.age_s(FIRST + 60) == 60
    assert kept.at(UNTIL) is None and kept.at(FIRST - 1) is None


def test_a_shorter_answer_does_not_replace_a_longer_one():
    kept = LastGood()
    span = asked(days=2)
    for data, days, taken in ((charts(FIRST, 192), 2, True), (CHARTS, 1, False), (charts(FIRST, 192), 2,
                                                                                  True)):
        reader = EnergyCharts(FIRST, asked(days=days)[1])
        reader.feed(data)
        assert kept.offer(reader.end(), FIRST + 3600) == taken
        assert kept.prices.until == span[1]
    reader = EnergyCharts(*asked("2026-05-05"))
    reader.feed(charts(span[1], 96))
    assert kept.offer(reader.end(), span[1] - 60) and kept.at(FIRST) is None


def test_prices_survive_a_restart_as_bytes():
    kept = LastGood()
    reader = Entsoe(FIRST, UNTIL)
    reader.feed(ENTSOE)
    kept.offer(reader.end(), 1777700000)
    data = kept.pack()
    again = LastGood().unpack(data)
    assert list(again.prices.values) == milli(WHOLE) and again.taken_s == 1777700000
    assert (again.prices.first, again.prices.step, again.prices.source) == (FIRST, 900, "entsoe")
    for spoilt in (b"", data[:-1], data + b"x", b"PRC2" + data[4:], bytes(len(data))):
        with pytest.raises(TariffFault) as caught:
            LastGood().unpack(spoilt)
        assert caught.value.word == "prices_file"


def test_an_hour_is_the_sum_of_its_quarters():
    reader = EnergyCharts(FIRST, UNTIL)
    reader.feed(CHARTS)
    prices = reader.end()
    assert prices.hour(FIRST + 3600 + 1234) == (sum(milli(WHOLE)[4:8]), 4)
    assert prices.hour(UNTIL) is None
    reader = EnergyCharts(FIRST, UNTIL, step=3600)
    reader.feed(charts(FIRST, 24, 3600))
    assert reader.end().hour(FIRST + 5000) == (milli(wave(24))[1], 1)
