"""When which price service is asked: after publication, with rests, and what services say is believed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from answers import asked
from household import day

from firmware.tariff.asking import Asking

MORNING = day("2026-05-03") + 8 * 3600
AFTERNOON = day("2026-05-03") + 13 * 3600 + 600


def test_today_is_wanted_before_ten_past_one_and_tomorrow_after_it():
    asking = Asking()
    assert asking.wanted(AFTERNOON - 1) == asked() and asking.wanted(AFTERNOON) == asked(days=2)
    assert asking.due(MORNING, asked()[1]) is None and asking.due(AFTERNOON, asked()[1]) == 0
    assert asking.wait_s(AFTERNOON - 100, asked()[1]) == 100 and asking.wait_s(MORNING, asked()[1]) == 3600


def test_the_other_service_stands_in_and_failures_rest_twice_as_long():
    asking = Asking()
    assert asking.due(MORNING, 0) == 0
    asking.failed(0, MORNING)
    assert asking.due(MORNING, 0) == 1
    asking.failed(1, MORNING)
    assert asking.due(MORNING + 59, 0) is None and asking.due(MORNING + 60, 0) == 0
    assert asking.wait_s(MORNING + 10, 0) == 50
    rests = []
    now = MORNING
    for _ in range(9):
        asking.failed(0, now)
        rests.append(next(wait for wait in range(4000) if asking._rest_until[0] <= now + wait))
    assert rests[:3] == [120, 240, 480] and rests[-1] == 3600


def test_retry_after_is_obeyed_within_a_day():
    asking = Asking(1)
    asking.failed(0, MORNING, 7200)
    assert asking.due(MORNING + 7199, 0) is None and asking.due(MORNING + 7200, 0) == 0
    asking.failed(0, MORNING, 10**9)
    assert asking.due(MORNING + 86400, 0) == 0
    asking.failed(0, MORNING, -5)
    assert asking.due(MORNING + 10, 0) is None


def test_never_more_than_two_questions_a_minute_to_one_service():
    asking = Asking()
    times, now = [], AFTERNOON
    while now < AFTERNOON + 7200:
        service = asking.due(now, asked()[1])
        if service is not None:
            times.append((service, now))
            asking.answered(service, now, asked()[1])  # it has only today: tomorrow comes later
        now += 1
    for service in (0, 1):
        own = [when for which, when in times if which == service]
        assert 5 < len(own) <= 13 and all(later - earlier >= 600 for earlier, later in zip(own, own[1:]))
    asking.answered(0, now, asked(days=2)[1])
    assert asking.due(now + 3600, asked(days=2)[1]) is None
