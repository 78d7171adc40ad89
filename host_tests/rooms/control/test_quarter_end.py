"""What a gateway does at a quarter's end: its record on flash, an alarm for a bad wire."""

import types

import pytest

from firmware.control.months import first_quarter, month_of
from firmware.core.journal import Journal
from firmware.roles.quarter_end import quarter_ended
from firmware.settings.quarters_month import newest_first
from host_tests.rooms.control.lived import BEGIN_S

_RECORD = (BEGIN_S // 900, 1000, 10, 2000, 20, True)


def role(folder, good=0, bad=0):
    counters = types.SimpleNamespace(good=good, bad=bad)
    return types.SimpleNamespace(folder=str(folder), journal=Journal(), clock=lambda: 1000, wire=(0, 0),
                                 door=types.SimpleNamespace(counters=counters))


def noted(one):
    return [(entry[3], entry[4]) for entry in one.journal.after(0)]


def test_the_record_is_on_flash(tmp_path):
    quarter_ended(role(tmp_path), _RECORD)
    month = month_of(BEGIN_S)
    assert list(newest_first(str(tmp_path), month, first_quarter(month))) == [_RECORD]


def test_a_flash_that_refuses_is_noted_and_no_more(tmp_path):
    (tmp_path / "quarters").write_text("in the way")
    one = role(tmp_path)
    quarter_ended(one, _RECORD)
    assert noted(one)[0][0] == "quarter_not_kept"


@pytest.mark.parametrize("good, bad, alarmed", [
    (900, 0, False), (860, 40, False), (850, 50, True), (0, 0, False)])
def test_one_telegram_in_twenty_may_be_damaged(tmp_path, good, bad, alarmed):
    one = role(tmp_path, good, bad)
    quarter_ended(one, _RECORD)
    assert noted(one) == ([("p1_bad_quarter", (bad, good + bad))] if alarmed else [])
    quarter_ended(one, _RECORD)  # nothing came since: what was before is not told twice
    assert len(noted(one)) == alarmed


def test_a_meter_on_another_box_is_judged_there(tmp_path):
    one = role(tmp_path)
    one.door = None
    quarter_ended(one, _RECORD)
    assert noted(one) == []
