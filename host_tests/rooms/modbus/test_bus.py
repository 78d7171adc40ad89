"""The round of the bus: who is asked first, how it waits, and that a fault ends nothing. No wire here."""

import asyncio

import pytest

from firmware.core.journal import Journal
from firmware.modbus.faults import Malformed, NoAnswer, Refused
from firmware.modbus.request import Request
from firmware.tasks.bus import Bus
from firmware.tasks.run_bus import run_bus
from host_tests.talks.stage import Actor, Time


class Over(Exception):
    """The play ends: a task that is endless by design is left through this."""


class Driver:
    """Hands over what the test lays ready, notes what comes back."""

    def __init__(self, name, *requests, wait_ms=400):
        self.name = name
        self.requests = list(requests)
        self.heard = []
        self.events = []
        self._wait_ms = wait_ms

    def next(self, now_ms):
        return self.requests.pop(0) if self.requests else None

    def wait_ms(self, now_ms):
        return self._wait_ms

    def answer(self, request, pdu, now_ms):
        self.heard.append((request.tag, pdu))
        self.events.append(("told", (request.tag,)))

    def fault(self, request, fault, now_ms):
        self.heard.append((request.tag, fault.kind))


class FakeBus:
    """Answers at once; `faults` by tag. Idle with nothing left to do ends the play."""

    def __init__(self, faults=None):
        self.order = []
        self.faults = faults or {}
        self.idled = []

    async def ask(self, request):
        self.order.append(request.tag)
        if request.tag in self.faults:
            raise self.faults[request.tag]
        return b"\x03\x02\x00\x01"

    async def idle(self, ms):
        self.idled.append(ms)
        raise Over


def ask(tag, urgent=False):
    return Request(1, b"\x03\x00\x00\x00\x01", urgent=urgent, tag=tag)


def play(bus, *drivers):
    journal, beats = Journal(), []
    with pytest.raises(Over):
        asyncio.run(run_bus(bus, list(drivers), journal, lambda: beats.append(1), lambda: 5))
    return journal, beats


def test_polls_take_turns_and_set_points_jump_the_queue():
    bus = FakeBus()
    one = Driver("one", ask("a1"), ask("a2"), ask("a3"))
    two = Driver("two", ask("b1"), ask("b2"), ask("command", urgent=True), ask("b3"))
    play(bus, one, two)
    # b2 waits its turn; behind it the set-point shows, and goes before a3, which waited longer.
    assert bus.order == ["a1", "b1", "a2", "b2", "command", "a3", "b3"]


def test_a_set_point_of_the_last_driver_goes_first():
    bus = FakeBus()
    play(bus, Driver("one", ask("a1")), Driver("two", ask("command", urgent=True)))
    assert bus.order == ["command", "a1"]


def test_answers_and_faults_go_to_the_driver_that_asked():
    faults = {"b1": NoAnswer("timeout"), "a2": Refused(2), "b2": Malformed("crc")}
    bus = FakeBus(faults)
    one, two = Driver("one", ask("a1"), ask("a2")), Driver("two", ask("b1"), ask("b2"))
    journal, beats = play(bus, one, two)
    assert one.heard == [("a1", b"\x03\x02\x00\x01"), ("a2", "exception")]
    assert two.heard == [("b1", "timeout"), ("b2", "crc")]
    assert [record[3:] for record in journal.after(0)] == [("told", ("a1",))]
    assert not one.events and len(beats) == 5


def test_it_idles_as_long_as_the_first_driver_allows():
    for waits, idle in (((400, 250), 250), ((0, 9), 1), ((5000, 5000), 1000)):
        bus = FakeBus()
        play(bus, *[Driver("one", wait_ms=ms) for ms in waits])
        assert bus.idled == [idle]
    bus = FakeBus()
    play(bus)
    assert bus.idled == [1000]


@pytest.fixture
def real_sleep(monkeypatch):
    """MicroPython's sleep_ms for CPython."""
    monkeypatch.setattr(asyncio, "sleep_ms", lambda ms: asyncio.sleep(ms / 1000), raising=False)


def test_wake_ends_idle_and_is_not_forgotten(real_sleep):
    async def scene():
        bus = Bus(Actor(Time()), lambda: 0)
        sleeper = asyncio.create_task(bus.idle(3600000))
        await asyncio.sleep(0)
        bus.wake()
        await asyncio.wait_for(sleeper, 10)
        bus.wake()
        await asyncio.wait_for(bus.idle(3600000), 10)  # the wake came before the wait
        await asyncio.wait_for(bus.idle(1), 10)  # and without one, time ends it

    asyncio.run(scene())


def test_the_alarm_of_an_idle_that_was_woken_does_not_ring_later(real_sleep):
    async def scene():
        bus = Bus(Actor(Time()), lambda: 0)
        first = asyncio.create_task(bus.idle(5))
        await asyncio.sleep(0)
        bus.wake()
        await first
        second = asyncio.create_task(bus.idle(3600000))
        await asyncio.sleep(0.05)
        assert not second.done()
        second.cancel()

    asyncio.run(scene())


def played(monkeypatch, cues, scene):
    """Run scene(bus, time, actor) in virtual time against written answers."""
    time = Time()
    actor = Actor(time)
    actor.cues = [[bytes.fromhex(frame), answers] for frame, answers in cues]
    monkeypatch.setattr(asyncio, "sleep_ms", time.sleep_ms, raising=False)
    return asyncio.run(scene(Bus(actor, time.clock, echo=False), time, actor))


READ = "010302000001 85B2".replace(" ", "")
NINE = "010312FF9C1400F85F00410015FFFB006900640000C250"


def test_a_poll_gives_up_its_second_try_when_a_set_point_is_due(monkeypatch):
    async def scene(bus, time, actor):
        bus.wake()
        with pytest.raises(NoAnswer):
            await bus.ask(Request(1, bytes.fromhex("0302000001")))
        assert bus.counters["retries"] == 0 and len(actor.sent) == 1

    played(monkeypatch, [(READ, [])], scene)


def test_a_set_point_keeps_its_second_try(monkeypatch):
    async def scene(bus, time, actor):
        bus.wake()
        answer = await bus.ask(Request(1, bytes.fromhex("42010103E8"), urgent=True))
        assert answer == bytes.fromhex("42020200") and bus.counters["retries"] == 1

    command = "014201010 3E82947".replace(" ", "")
    played(monkeypatch, [(command, []), (command, [(5, bytes.fromhex("01420202 00AD18"))])], scene)


@pytest.mark.parametrize("gap_ms, least", [(None, 4), (100, 100)])
def test_the_gap_before_a_frame(monkeypatch, gap_ms, least):
    """3.5 characters at 9600 baud, or what the device wants; counted from the last byte heard."""

    async def scene(bus, time, actor):
        await bus.ask(Request(1, bytes.fromhex("0302000001")))
        heard = time.ms
        await bus.ask(Request(1, bytes.fromhex("0302000001"), gap_ms=gap_ms))
        begun = actor.sent[1][0] - bus.wire_ms(8)
        assert least <= begun - heard <= least + 1

    answer = [(20, bytes.fromhex("0103020004B987"))]
    played(monkeypatch, [(READ, answer), (READ, answer)], scene)


def test_a_search_asks_once(monkeypatch):
    async def scene(bus, time, actor):
        with pytest.raises(NoAnswer):
            await bus.ask(Request(1, bytes.fromhex("0302000001"), timeout_ms=300), retries=0)
        assert len(actor.sent) == 1 and 300 <= time.ms < 350

    played(monkeypatch, [(READ, [])], scene)


def test_a_babbling_line_holds_nobody_for_ever(monkeypatch):
    """Bytes without end: the request goes out all the same, and its time ends."""

    async def scene(bus, time, actor):
        def babble(view):
            view[0] = 0xFF
            return 1

        actor.take = babble
        with pytest.raises(Malformed) as seen:
            await bus.ask(Request(1, bytes.fromhex("0302000001")), retries=0)
        assert seen.value.kind == "crc"
        sent_ms = actor.sent[0][0]
        assert sent_ms < 350 and 1300 <= time.ms - sent_ms <= 1300 + 267 + 10

    played(monkeypatch, [(READ, [])], scene)


def test_a_nap_never_lasts_past_the_answer(monkeypatch):
    """At 1000 baud a character takes 10 ms: the answer is taken before another would be in."""
    time = Time()
    actor = Actor(time, lambda data: [(10, data[at : at + 1]) for at in range(len(data))])
    actor.cues = [[bytes.fromhex("0103020D000915B7"), [(7, bytes.fromhex(NINE))]]]
    monkeypatch.setattr(asyncio, "sleep_ms", time.sleep_ms, raising=False)
    bus = Bus(actor, time.clock, 1000, echo=False)
    asyncio.run(bus.ask(Request(1, bytes.fromhex("03020D0009"))))
    last_ms = actor.sent[0][0] + 7 + 10 * len(bytes.fromhex(NINE))
    assert last_ms <= time.ms <= last_ms + 10


def test_wire_times():
    for options, ms in (((9600,), 9), ((9600, 0), 10), ((9600, 0, 2), 10), ((115200,), 1), ((2400,), 34)):
        assert Bus(Actor(Time()), lambda: 0, *options).wire_ms(8) == ms


def test_an_adapter_pulled_out_is_a_silent_device(monkeypatch):
    async def scene(bus, time, actor):
        async def broken(frame, wire_ms):
            raise OSError("unplugged")

        whole, actor.send = actor.send, broken
        with pytest.raises(NoAnswer):
            await bus.ask(Request(1, bytes.fromhex("0302000001")))
        assert bus.counters["timeouts"] == 2
        actor.send = whole
        assert await bus.ask(Request(1, bytes.fromhex("0302000001"))) == bytes.fromhex("03020004")

    played(monkeypatch, [(READ, [(20, bytes.fromhex("0103020004B987"))])], scene)
