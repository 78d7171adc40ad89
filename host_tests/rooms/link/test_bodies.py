"""What a member says is what the gateway hears: every field, None as None, whole numbers, within a frame."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.core.readings import Inverter, Meter
from firmware.link import fields, lines, listen, pieces, tell
from firmware.link.packet import BODY_MOST
from host_tests.rooms.p1.reader import FILES, fixture

TRAVELS_NOT = ("header", "message", "crc", "history")
number = st.one_of(st.none(), st.integers(-(2**31) + 1, 2**31 - 1))
time = st.one_of(st.none(), st.integers(1704067200 - 2**30, 1704067200 + 2**30))
word = st.one_of(st.none(), st.text("abcdefghij_", min_size=1, max_size=12))


def said_and_heard(meter):
    """A Meter at the other end."""
    heard = Meter()
    body = tell.put_meter(meter)
    assert len(body) <= BODY_MOST
    listen.take_meter(body, heard, 77)
    return heard


def meters():
    """Every good telegram of the fixtures as a Meter."""
    for path in FILES:
        for values in fixture(path)["expect"]:
            if values["crc"] in ("ok", "none"):
                meter = Meter()
                for name in Meter.FIELDS:
                    setattr(meter, name, values[name])
                yield path.stem, meter


def test_every_telegram_of_the_fixtures():
    count = 0
    for name, meter in meters():
        heard = said_and_heard(meter)
        count += 1
        assert heard.at_ms == 77 and heard.crc == "ok"
        for field in Meter.FIELDS:
            value = getattr(meter, field)
            if field in ("gas", "water", "heat") and value:
                value = dict(value, serial=None)
            if field not in TRAVELS_NOT:
                assert getattr(heard, field) == value, (name, field)
        assert heard.grid_w() == meter.grid_w()
    assert count > 50


def test_a_reused_meter_keeps_nothing_of_the_last_reading():
    full = next(meter for name, meter in meters() if name.startswith("be_t211_3p_v50217_delta"))
    heard = said_and_heard(full)
    listen.take_meter(tell.put_meter(Meter()), heard, None)
    assert all(getattr(heard, name) is None for name in Meter.FIELDS if name not in TRAVELS_NOT)
    assert heard.at_ms is None


@given(st.lists(number, max_size=54))
def test_numbers(numbers):
    assert fields.take(fields.put(numbers), len(numbers)) == numbers
    assert fields.take(fields.put(numbers), 60)[len(numbers) :] == [None] * (60 - len(numbers))


@pytest.mark.parametrize("value", (2**31, -(2**31), 10**12, -(10**12)))
def test_a_number_that_does_not_fit_is_unknown_not_another_one(value):
    assert fields.take(fields.put([5, value, 6]), 3) == [5, None, 6]


def test_flags_are_told_apart():
    assert fields.take(fields.put([True, False, None]), 3) == [1, 0, None]


@given(st.data())
def test_an_inverter(data):
    reading = Inverter()
    for name in fields.INVERTER_NUMBERS:
        setattr(reading, name, data.draw(number))
    for name in fields.FLAGS:
        setattr(reading, name, data.draw(st.sampled_from((None, True, False))))
    for name in fields.INVERTER_TEXTS:
        setattr(reading, name, data.draw(word))
    reading.faults = tuple(data.draw(st.lists(word.filter(bool), max_size=3)))
    status, set_w, age = data.draw(word), data.draw(number), data.draw(number)
    body = tell.put_inverter(reading, status, set_w, age)
    assert len(body) <= BODY_MOST
    heard = Inverter()
    heard.heard_ms = 5
    assert listen.take_inverter(body, heard, 9) == (status, set_w, age)
    assert heard.at_ms == 9 and heard.heard_ms == 5
    for name in Inverter.FIELDS:
        assert getattr(heard, name) == getattr(reading, name), name


def test_every_field_of_an_inverter_travels():
    told = fields.INVERTER_NUMBERS + fields.FLAGS + fields.INVERTER_TEXTS + ("faults",)
    assert sorted(told) == sorted(Inverter.FIELDS)


def test_more_faults_than_fit_are_cut_between_words():
    reading = Inverter()
    reading.serial, reading.model = "S" * 20, "SOFAR ME3000SP"
    reading.state, reading.mode = "discharging", "passive"
    reading.faults = tuple("sofar_fault_%02d" % n for n in range(30))
    heard = Inverter()
    listen.take_inverter(tell.put_inverter(reading, "inverter_fault", -1500, 20), heard, 0)
    assert 2 <= len(heard.faults) < 30 and heard.faults == reading.faults[: len(heard.faults)]


def test_history():
    history = [(202401 + n, 2000 + n, 1704067200 + n * 86400) for n in range(15)]
    body = tell.put_history(history)
    assert len(body) <= BODY_MOST and listen.take_history(body) == history[2:]
    assert listen.take_history(tell.put_history(None)) is None
    assert listen.take_history(tell.put_history([(202401, None, None)])) == [(202401, None, None)]


def test_health():
    values = {"uptime_s": 86400, "heap_free": 20000, "rssi_dbm": -71, "p1": "p1_good", "version": "0.1.0"}
    heard = listen.take_health(tell.put_health(values))
    assert {name: heard[name] for name in values} == values
    assert set(heard) == set(fields.HEALTH_NUMBERS + fields.HEALTH_TEXTS)
    assert all(heard[name] is None for name in heard if name not in values)
    assert listen.take_health(b"")["uptime_s"] is None


@given(st.one_of(st.none(), st.integers(-30000, 30000)))
def test_a_command(power_w):
    assert tell.take_command(listen.put_command(power_w)) == power_w


def test_a_command_that_is_not_whole_means_rest():
    assert tell.take_command(b"") is tell.take_command(b"\x01\x02\x03") is None


@given(st.binary(max_size=BODY_MOST))
def test_any_bytes_are_taken_without_a_word(body):
    """A closed frame comes from a paired box, maybe one of another version."""
    listen.take_meter(body, Meter(), 0)
    listen.take_inverter(body, Inverter(), 0)
    listen.take_history(body)
    listen.take_health(body)
    tell.take_command(body)
    pieces.take_answer(body)
    pieces.Pieces().feed(body)
    line = lines.take_line(body)
    assert line is None or isinstance(line[0], str)


def test_a_younger_version_may_say_more_at_the_end():
    body = tell.put_health({"version": "9.9.9"}) + b"\x03new"
    assert listen.take_health(body)["version"] == "9.9.9"


def test_a_line_of_a_journal():
    for args in ((), (1, -2), ("een tekst", None, 3), ("é" * 20,)):
        assert lines.take_line(lines.put_line("p1_silent", args)) == ("p1_silent", args)
    code, args = lines.take_line(lines.put_line("last_words", (1, "x" * 300, 2)))
    assert (code, args) == ("last_words", (1,))
    for wrong in (b"", b"[", b"{}", b"[]", b"[1]", b"\xff"):
        assert lines.take_line(wrong) is None


def test_settings_in_pieces():
    changes = {"modbus.type": "Retro", "modbus.group": "Sofar", "modbus.subgroup": "", "modbus.station": 3,
               "modbus.model": "Sofar ME3000SP", "inverter.name": "Kelder é" * 20, "p1.enabled": False}
    bodies = pieces.cut(7, changes)
    assert len(bodies) > 1 and all(len(body) <= BODY_MOST for body in bodies)
    taker = pieces.Pieces()
    assert [taker.feed(body) for body in bodies[:-1]] == [None] * (len(bodies) - 1)
    assert taker.feed(bodies[-1]) == (7, changes)
    assert taker.feed(bodies[-1]) is None  # nothing is begun any more


def test_a_sender_that_starts_anew_is_followed():
    old, new = pieces.cut(1, {"a": "x" * 500}), pieces.cut(2, {"a": "y" * 500})
    taker = pieces.Pieces()
    assert [taker.feed(body) for body in (old[0], new[0], old[1], new[1], new[2])] == [
        None, None, None, None, (2, {"a": "y" * 500})]


def test_a_piece_out_of_place_spoils_the_whole():
    bodies = pieces.cut(1, {"a": "x" * 500})
    taker = pieces.Pieces()
    assert [taker.feed(body) for body in (bodies[0], bodies[2], bodies[2])] == [None, None, None]
    assert taker.feed(bodies[1]) is None and taker.feed(bodies[2]) == (1, {"a": "x" * 500})


def test_pieces_that_are_no_settings():
    assert pieces.Pieces().feed(b"\x05\x00\x01[1]") == (5, None)
    assert pieces.Pieces().feed(b"\x05\x00\x01{\"a") == (5, None)
    assert pieces.Pieces().feed(b"\x05\x00\xff{}") is None  # longer than is taken
    with pytest.raises(ValueError, match="2009 bytes, 2000"):
        pieces.cut(1, {"a": "x" * 2000})
    assert json.loads(pieces.cut(1, {})[0][3:]) == {}


def test_an_answer():
    body = pieces.answer(7, False, "setting_bounds", ("modbus.station", 300, 1, 247))
    assert pieces.take_answer(body) == (7, False, "setting_bounds", ("modbus.station", 300, 1, 247))
    assert len(pieces.answer(7, True, "x", ("y" * 300,))) <= BODY_MOST
    assert pieces.take_answer(b"") is pieces.take_answer(b"\x01\x01") is None
