"""The ground every room stands on: ticks that wrap, one CRC for two protocols, a journal."""

from firmware.core import ticks
from firmware.core.crc16 import ARC, MODBUS, crc16, crc16_x25
from firmware.core.journal import Journal

CHECK = b"123456789"  # the check string of the CRC catalogues


def test_crc_check_values():
    assert crc16(CHECK, ARC) == 0xBB3D
    assert crc16(CHECK, MODBUS) == 0x4B37
    assert crc16_x25(CHECK) == 0x906E


def test_crc_of_a_slice_and_continued():
    whole = b"xx" + CHECK + b"yy"
    assert crc16(whole, ARC, 2, 11) == 0xBB3D
    assert crc16(CHECK[4:], crc16(CHECK[:4])) == 0xBB3D


def test_ticks_survive_the_wrap():
    before = (1 << 30) - 10
    after = ticks.add(before, 25)
    assert after == 15
    assert ticks.diff(after, before) == 25
    assert ticks.diff(before, after) == -25
    assert ticks.age(after, before) == 25
    assert ticks.age(after, None) is None
    assert ticks.wrap((1 << 40) + 7) == 7


def test_journal_keeps_the_newest_and_counts_repeats_once():
    journal = Journal(3)
    assert journal.add(0, "a", 1) == 1
    assert journal.add(1000, "a", 1) is None      # the same within a minute
    assert journal.add(2000, "a", 2) == 2         # other numbers are news
    assert journal.add(61500, "b") == 3
    assert journal.add(62500, "a", 2) == 4        # a minute later it is news again
    assert [record[0] for record in journal.after(0)] == [2, 3, 4]
    assert journal.after(3)[0][3] == "a"


def test_journal_dates_what_it_has_from_when_the_time_is_known():
    journal = Journal(2)
    for at_ms in (0, 5000, 9000):
        journal.add(at_ms, "a", at_ms, "x")
    assert journal.after(0) == [(2, 5, None, "a", (5000, "x")), (3, 9, None, "a", (9000, "x"))]
    journal.began_s = 1790000000
    assert [record[2] for record in journal.after(2)] == [1790000009]
    assert journal.after(3) == []


def test_journal_uptime_goes_on_past_the_wrap():
    journal = Journal()
    start = (1 << 30) - 1500
    journal.add(start, "a")
    journal.add(ticks.add(start, 3600), "b")
    assert journal.after(1)[0][1] == 3
