"""The box's clock follows the meter's, in small print: old, lost or fidgeting times are left alone."""

import asyncio

import pytest

from firmware.core.journal import Journal
from firmware.core.readings import Meter
from firmware.tasks.keep_time import keep, keep_time, meter_epoch

NOON = 1790000000


class Clock:
    def __init__(self, epoch=None, settable=True):
        self.now, self.settable, self.sets = epoch, settable, []

    def ticks(self):
        return 5000

    def epoch(self):
        return self.now

    def set_epoch(self, seconds):
        self.sets.append(seconds)
        if self.settable:
            self.now = seconds


def meter_at(time, at_ms):
    meter = Meter()
    meter.time, meter.at_ms = time, at_ms
    return meter


def codes(journal):
    return [record[3:] for record in journal.after(0)]


def test_a_clock_never_set_takes_the_meters_time():
    clock, journal = Clock(), Journal()
    assert keep(clock, meter_at(NOON, 3000), journal, 5000) is None
    assert clock.now == NOON + 2 and journal.began_s == NOON + 2
    assert codes(journal) == [("clock_set", ())]


@pytest.mark.parametrize("apart, moved", [(0, None), (3, None), (-3, None), (4, 4), (-3600, -3600)])
def test_only_a_real_difference_moves_it(apart, moved):
    clock, journal = Clock(NOON - apart), Journal()
    assert keep(clock, meter_at(NOON, 5000), journal, 5000) == moved
    assert bool(clock.sets) == (moved is not None)
    assert codes(journal) == ([] if moved is None else [("clock_moved", (moved,))])


@pytest.mark.parametrize("time, at_ms", [
    (None, 5000), (NOON, None), (NOON, 5000 - 5001), (0, 5000), (946684800, 5000), (4200000000, 5000),
])
def test_a_meter_that_is_silent_old_or_without_clock_says_nothing(time, at_ms):
    meter = meter_at(time, at_ms)
    assert meter_epoch(meter, 5000) is None
    clock, journal = Clock(NOON), Journal()
    keep(clock, meter, journal, 5000)
    assert clock.sets == [] and journal.began_s == NOON


def test_a_host_that_keeps_its_own_time_is_not_said_to_move():
    clock, journal = Clock(NOON, settable=False), Journal()
    assert keep(clock, meter_at(NOON + 500, 5000), journal, 5000) is None
    assert codes(journal) == [] and journal.began_s == NOON


def test_the_task_beats_each_turn():
    beats = []

    async def one_turn(ms):
        if len(beats) == 3:
            raise asyncio.CancelledError

    class Latest:
        meter = Meter()

    async def story():
        from firmware.tasks import keep_time as room
        room.asyncio, kept = type("A", (), {"sleep_ms": staticmethod(one_turn)}), room.asyncio
        try:
            await keep_time(Clock(NOON), Latest, Journal(), lambda: beats.append(1))
        except asyncio.CancelledError:
            pass
        finally:
            room.asyncio = kept

    asyncio.run(story())
    assert len(beats) == 3
