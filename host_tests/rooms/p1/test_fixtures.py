"""Every telegram of the fixtures, fed in every way, says what two other readers say it says."""

import pytest

from host_tests.rooms.p1 import witness, witness_dsmr
from host_tests.rooms.p1.make_expected import expected, specification
from host_tests.rooms.p1.reader import FILES, LONGEST, Reader, fixture, read, sealed

NOISE = b"\xff\x00ab/cd!12\r\n) 0*kW)\r\n\r\n"
names = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
SPLIT = ("be_t211_3p_v50217_delta_hist13_gas", "nl_v22_iskra_gas_ch2_a", "nl_warmtelink_heat_unpadded_crc",
         "bad_nl_cut_then_whole", "enc_sagemcom_glo_cipher_511")


def test_there_are_seventy():
    assert len(FILES) == 70


@names
def test_whole(path):
    assert read(path.read_bytes()) == fixture(path)["expect"]


@names
def test_byte_by_byte(path):
    reader = Reader()
    for byte in path.read_bytes():
        reader.feed(bytes((byte,)))
    assert reader.close().found == fixture(path)["expect"]


@names
def test_noise_before_and_after(path):
    reader = Reader().feed(NOISE).feed(path.read_bytes() + NOISE).close()
    assert reader.found == fixture(path)["expect"]


@names
def test_twice_in_a_row_with_one_meter(path):
    """The second time everything comes from what was kept; it has to be the same."""
    data = path.read_bytes()
    assert Reader().feed(data).feed(data).close().found == fixture(path)["expect"] * 2


@pytest.mark.parametrize("name", SPLIT)
def test_split_at_every_byte(name):
    path = next(path for path in FILES if path.stem == name)
    data, expect = path.read_bytes(), fixture(path)["expect"]
    events = Reader().feed(data).close().events
    for cut in range(1, len(data)):
        reader = Reader().feed(data[:cut]).feed(data[cut:]).close()
        assert reader.found == expect, cut
        assert reader.events == events, cut


def test_all_after_one_another():
    """A stream of all meters: nothing of one telegram stays in the next."""
    found = Reader().feed(b"".join(path.read_bytes() for path in FILES)).close().found
    assert found == [telegram for path in FILES for telegram in fixture(path)["expect"]]


@names
def test_the_witnesses_stand_by_it(path):
    """The fixture is what dsmr_parser and the plain reader say today; each difference has its reason."""
    expect, wrong = expected(path)
    content = fixture(path)
    assert expect == content["expect"]
    assert wrong == content.get("dsmr_parser", {})
    assert all(reason["why"] for reason in wrong.values())


RESEALED = [path for path in FILES if path.suffix == ".txt" and not path.stem.startswith("bad_")
            and fixture(path)["expect"][0]["crc"] == "bad"]


@pytest.mark.parametrize("path", RESEALED, ids=lambda path: path.stem)
def test_resealed(path):
    """Telegrams whose publisher broke the checksum, given the right one: their lines are real."""
    data = path.read_bytes()
    data = sealed(data[data.index(b"/"):data.rindex(b"!") + 1])
    plain = witness.plain(data.rstrip())
    assert read(data) == [plain]
    assert plain["crc"] == "ok" and plain["import_t1_wh"] is not None
    said = witness_dsmr.dsmr(data.rstrip(), specification(path.stem))
    differ = sorted(key for key, value in said.items() if plain.get(key) != value)
    assert differ == KNOWN_WRONG.get(path.stem, [])


# dsmr_parser takes the relay lines 0-n:96.3.10 of a 50221 meter for the breaker, takes the zone's time
# for a stamp of 5 March that says S, and raises an IndexError for a whole telegram that has
# 98.1.0(12) without rows.
KNOWN_WRONG = {
    "be_spec_emucs211_3p_gas_water_ean": ["breaker", "history"],
    "be_spec_emucs211_1p_gas_water_ean": ["breaker", "history"],
    "ch_groupe_e_xt211_anon": ["error"],
}


def test_the_longest_has_all_it_promises():
    """Values read off the telegram by eye: a check of the witnesses themselves."""
    found, = read(LONGEST.read_bytes())
    assert (found["import_w"], found["export_w"], found["demand_w"]) == (153, 0, 118)
    assert found["time"] == 1720462076  # 2024-07-08 20:07:56 summer time
    assert found["history"][0] == ["2023-06", 2680, 1685572200] and len(found["history"]) == 13
    assert found["voltage_mv"] == [233000, 0, 233900]
    assert found["gas"] == {"serial": "7FLO2119152803", "litres": 8538167, "time": 1720461899}
    assert found["limiter_w"] is None and found["fuse_ma"] is None
