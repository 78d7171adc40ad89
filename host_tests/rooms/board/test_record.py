"""The record that survives a reset: whole or not believed, and how runs are judged by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.board.record import WORDS_MOST, Record


def next_run(record, meant=False, uptime_s=10):
    record.meant, record.uptime_s = meant, uptime_s
    made = Record(record.pack())
    made.begin()
    return made


def test_after_a_power_cut_nothing_is_held_against_the_box():
    record = Record(b"")
    assert not record.begin() and not record.known and record.boots == 1


def test_failures_far_apart_are_no_boot_loop():
    record = Record(b"")
    record.begin()
    for _ in range(10):
        record = next_run(record, uptime_s=400)
        assert not record.safe_mode()


def test_three_short_failures_are():
    record = Record(b"")
    record.begin()
    for expected in (False, False, True, True):
        record = next_run(record)
        assert record.safe_mode() == expected


@pytest.mark.parametrize("end", ["meant", "healthy"])
def test_a_good_end_wipes_the_slate(end):
    record = Record(b"")
    record.begin()
    for _ in range(3):
        record = next_run(record)
    if end == "healthy":
        record.healthy()
    record = next_run(record, meant=end == "meant")
    assert record.failed == (0 if end == "meant" else 1) and not record.safe_mode()


@given(st.text(max_size=200), st.integers(0, 70000), st.integers(0, 300), st.booleans())
def test_a_record_comes_back_as_it_was_written(words, boots, failed, meant):
    record = Record(b"")
    record.last_words, record.boots, record.failed, record.meant = words, min(boots, 65535), failed, meant
    data = record.pack()
    assert len(data) <= 2048
    again = Record(data)
    assert again.known and again.boots == record.boots and again.meant == meant
    if len(words.encode()) <= WORDS_MOST:
        assert again.last_words == words


@given(st.binary(max_size=160))
def test_rubbish_is_not_believed(data):
    assert not Record(data).known


@given(st.integers(0, 30), st.integers(1, 255))
def test_a_changed_byte_is_found(place, flip):
    record = Record(b"")
    record.last_words = "bus: ValueError wrong"
    data = bytearray(record.pack())
    data[place] ^= flip
    assert not Record(bytes(data)).known
