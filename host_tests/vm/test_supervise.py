"""Deaths, silences and restarts of tasks in the real MicroPython."""

import pytest

START = """
import asyncio, time
from firmware.core.journal import Journal
from firmware.tasks import supervise
from firmware.tasks.supervise import Supervisor
supervise._TURN_MS = 10
happened = []
journal = Journal()
clock = lambda: time.ticks_ms() & 0x3FFFFFFF
feeds = [0]
def feed():
    feeds[0] += 1
async def neutral(name, reason):
    await asyncio.sleep_ms(5)
    happened.append(("neutral", name))
def reset(words, meant):
    assert meant is False, "a death must count towards safe mode"
    happened.append(("reset", words))
async def steady(beat):
    while True:
        beat()
        await asyncio.sleep_ms(5)
def codes():
    return [record[3:] for record in journal.after(0)]
"""


@pytest.fixture
def story(run_vm):
    def tell(body, bits=64):
        return run_vm(START + body, bits=bits)
    return tell


@pytest.mark.parametrize("bits", [64, 32])
def test_death_of_an_essential_task_ends_in_neutral_then_reset(story, bits):
    story("""
async def dies(beat):
    beat()
    await asyncio.sleep_ms(30)
    raise ValueError("bus")
async def main():
    boss = Supervisor(feed, journal, clock, neutral, reset)
    boss.start("meter", steady(boss.beat_of("meter")))
    boss.start("bus", dies(boss.beat_of("bus")))
    await boss.run()
asyncio.run(main())
assert happened == [("neutral", "bus"), ("reset", "bus: ValueError bus")], happened
assert ("task_dead", ("bus", "ValueError bus")) in codes(), codes()
assert feeds[0] >= 1
""", bits)


def test_an_essential_task_that_simply_ends_is_dead_too(story):
    story("""
async def ends(beat):
    beat()
async def main():
    boss = Supervisor(feed, journal, clock, neutral, reset)
    boss.start("control", ends(boss.beat_of("control")))
    await boss.run()
asyncio.run(main())
assert happened == [("neutral", "control"), ("reset", "control: ended")], happened
""")


def test_silence_stops_the_feeding_then_neutral_then_reset(story):
    story("""
fed_after_silence = [None]
async def hangs(beat):
    beat()
    await asyncio.sleep_ms(100000)
async def neutral2(name, reason):
    fed_after_silence[0] = feeds[0]
    await neutral(name, reason)
async def main():
    boss = Supervisor(feed, journal, clock, neutral2, reset)
    boss.start("meter", steady(boss.beat_of("meter")), silence_ms=60)
    boss.start("bus", hangs(boss.beat_of("bus")), silence_ms=60)
    await boss.run()
asyncio.run(main())
assert happened == [("neutral", "bus"), ("reset", "bus: silent")], happened
assert fed_after_silence[0] == feeds[0], "fed after the silence was seen"
""")


def test_a_loop_that_hangs_feeds_nothing(story):
    """The loop itself is stuck: only the chip's watchdog can end that, so nothing else may feed it."""
    story("""
async def hogs(beat):
    beat()
    await asyncio.sleep_ms(30)
    before = feeds[0]
    time.sleep_ms(200)
    assert feeds[0] == before
    happened.append("hogged")
    while True:
        beat()
        await asyncio.sleep_ms(5)
async def main():
    boss = Supervisor(feed, journal, clock, neutral, reset)
    boss.start("bus", hogs(boss.beat_of("bus")), silence_ms=5000)
    asyncio.create_task(boss.run())
    await asyncio.sleep_ms(300)
asyncio.run(main())
assert happened == ["hogged"], happened
""")


def test_a_neutral_command_that_hangs_or_fails_does_not_stop_the_reset(story):
    story("""
supervise._DEATH_MS = 50
async def hangs(name, reason):
    await asyncio.sleep_ms(100000)
def fails(name, reason):
    raise OSError(5)
async def dies():
    raise ValueError
for on_death, words in ((hangs, "TimeoutError"), (fails, "OSError [Errno 5] EIO")):
    async def main():
        boss = Supervisor(feed, journal, clock, on_death, reset)
        boss.start("bus", dies())
        await boss.run()
    asyncio.run(main())
    asyncio.new_event_loop()
    assert happened.pop() == ("reset", "bus: ValueError"), happened
    assert ("neutral_failed", (words,)) in codes(), codes()
""")


def test_a_task_that_is_not_essential_starts_again_with_growing_pauses(story):
    story("""
pauses = []
async def sleep_ms(ms, real=asyncio.sleep_ms):
    if ms >= 1000:
        pauses.append(ms)
        ms = 1
    await real(ms)
supervise.asyncio = type("A", (), {"sleep_ms": sleep_ms, "create_task": asyncio.create_task,
    "get_event_loop": asyncio.get_event_loop, "wait_for_ms": asyncio.wait_for_ms})
runs = [0]
async def page():
    runs[0] += 1
    raise OSError(104)
async def main():
    boss = Supervisor(feed, journal, clock, neutral, reset)
    boss.start("meter", steady(boss.beat_of("meter")))
    boss.start("page", page, essential=False)
    asyncio.create_task(boss.run())
    await asyncio.sleep_ms(150)
asyncio.run(main())
assert pauses[:8] == [1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000], pauses
assert happened == [], happened
assert ("task_again", ("page", "OSError [Errno 104] ECONNRESET", 1)) in codes(), codes()
""")


def test_an_exception_nobody_awaits_is_noted_and_nothing_stops(story):
    story("""
async def stray():
    raise KeyError("x" * 200)
async def main():
    boss = Supervisor(feed, journal, clock, neutral, reset)
    boss.start("meter", steady(boss.beat_of("meter")))
    asyncio.create_task(stray())
    asyncio.create_task(boss.run())
    await asyncio.sleep_ms(50)
asyncio.run(main())
(code, args), = [record for record in codes() if record[0] == "task_stray"]
assert args[0].startswith("KeyError xxx") and len(args[0]) <= 60, args
assert happened == []
""")


def test_the_board_is_told_that_the_run_lasts(story):
    story("""
told = []
now = [0]
async def main():
    boss = Supervisor(feed, journal, lambda: now[0], neutral, reset, told.append)
    asyncio.create_task(boss.run())
    for _ in range(60):
        now[0] += 1000
        await asyncio.sleep_ms(15)
asyncio.run(main())
assert 3 <= len(told) <= 6 and told == sorted(told), told
""")


def test_a_full_heap_does_not_keep_the_neutral_command_back(story):
    story("""
class Full:
    def tick(self, now):
        return 0
    def add(self, *record):
        raise MemoryError
journal = Full()
async def dies():
    raise MemoryError
async def main():
    boss = Supervisor(feed, journal, clock, neutral, reset)
    boss.start("bus", dies())
    await boss.run()
asyncio.run(main())
assert happened == [("neutral", "bus"), ("reset", "bus: MemoryError")], happened
""")


def test_two_tasks_of_one_name_are_refused(story):
    story("""
async def main():
    boss = Supervisor(feed, journal, clock, neutral, reset)
    boss.start("meter", steady(boss.beat_of("meter")))
    again = steady(boss.beat_of("meter"))
    try:
        boss.start("meter", again)
    except ValueError as error:
        assert "meter" in str(error)
        return
    assert False
asyncio.run(main())
""")
