"""A recorded exchange played again, to either side, in any of their lives: nothing happens."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firmware.link.packet import COMMAND, METER, SETTING
from host_tests.rooms.link.air import GATEWAY, KEY, MEMBER, POP, Air, paired


def traffic(seconds=60):
    """(air, gateway, member) after a time of readings, commands and settings; all of it is in air.log."""
    air, gateway, member = paired(seed=7, loss=0.05, twice=0.05, jitter_ms=30)
    for second in range(seconds):
        member.peers[0].send(METER, b"reading %d" % second, air.now_ms, air.now_ms)
        gateway.peers[0].send(COMMAND, b"%4d" % second, air.now_ms + 10000, air.now_ms)
        if second % 20 == 5:
            gateway.peers[0].send(SETTING, b"\x00\x00\x01{}", air.now_ms, air.now_ms)
        air.run(1000)
    return air, gateway, member


def told(air, mac):
    """What a box would act upon."""
    return [event for event in air.events[mac] if event[1] not in ("online", "offline")]


def play_all(air):
    """The whole record to both sides, then time for whatever they would do. Their events since."""
    record = [frame for _, _, frame in air.log]
    random.Random(1).shuffle(record)
    before = {mac: len(told(air, mac)) for mac in air.hubs}
    for mac in air.hubs:
        air.replay(record, mac)
    air.run(1500)
    for mac in air.hubs:
        air.replay([frame for _, _, frame in air.log], mac)
    return [event for mac in air.hubs for event in told(air, mac)[before[mac] :]]


def test_in_the_same_life():
    air, gateway, member = traffic()
    assert play_all(air) == []
    assert gateway.peers[0].online and member.peers[0].online


@pytest.mark.parametrize("who", ("gateway", "member", "both"))
def test_after_a_restart(who):
    air, gateway, member = traffic()
    if who != "member":
        air.hub(GATEWAY, boot=2, gateway=True, key=KEY, channel=6)
    if who != "gateway":
        air.hub(MEMBER, boot=2, key=KEY)
    assert play_all(air) == []


@pytest.mark.parametrize("who", (GATEWAY, MEMBER))
def test_after_a_restart_alone_with_the_stranger(who):
    """The other side is gone for good: the stranger makes nobody online, whatever he plays and when."""
    air, _, _ = traffic()
    record = [frame for _, _, frame in air.log]
    del air.hubs[GATEWAY if who == MEMBER else MEMBER]
    hub = air.hub(who, boot=2, gateway=who == GATEWAY, key=KEY)
    air.events[who] = []
    for _ in range(3):
        air.replay(record, who)
        air.replay(record[::-1], who)
        air.run(2000)
        air.replay([frame for _, sender, frame in air.log if sender == who], who)
    assert air.events[who] == [] and not hub.peers[0].online


def test_many_lives_recorded_none_lives_again():
    air, _, _ = traffic(5)
    for boot in range(2, 7):
        air.hub(GATEWAY, boot=boot, gateway=True, key=KEY)
        air.run(1500)
        air.hub(MEMBER, boot=boot, key=KEY)
        air.run(1500)
        air.hubs[MEMBER].peers[0].send(METER, b"%d" % boot, air.now_ms, air.now_ms)
        air.run(500)
    assert [body for _, body, _, _ in air.bodies(GATEWAY, "meter")][-5:] == [b"2", b"3", b"4", b"5", b"6"]
    assert play_all(air) == []


def test_a_recorded_pairing_pairs_nobody_again():
    air = Air(seed=2)
    gateway = air.hub(GATEWAY, gateway=True, channel=6)
    member = air.hub(MEMBER, pop=POP)
    gateway.joining(0).start(MEMBER, POP, "cellar", 0)
    air.run(2000)
    key = member.peers[0].session.key
    record = [frame for _, _, frame in air.log]
    gateway.unpair(MEMBER, air.now_ms)
    air.run(3000)
    assert member.peers == [] and gateway.peers == []
    for _ in range(3):
        for hub in (gateway, member):
            air.replay(record, hub.mac)
        air.run(1000)
    assert member.peers == [] and gateway.peers == []
    again = air.hub(MEMBER, boot=2, pop=POP)
    air.replay(record, MEMBER)
    air.run(1000)
    assert again.peers == [] and key not in b"".join(frame for _, _, frame in air.log)


def test_a_replay_does_not_make_a_box_chatter():
    """Five HELLOs a second at most, whatever is played, its own call, and a PING (four tries) for the one
    HELLO of the member's last life that is new to this one."""
    air, _, _ = traffic(5)
    record = [frame for _, sender, frame in air.log if sender == MEMBER]
    air.hub(GATEWAY, boot=2, gateway=True, key=KEY)
    del air.hubs[MEMBER]
    air.run(100)
    sent = len(air.log)
    for _ in range(100):
        air.replay(record, GATEWAY)
        air.run(10)
    assert len(air.log) - sent <= 5 + 1 + 4


@settings(max_examples=60)
@given(st.lists(st.one_of(
    st.binary(max_size=300),
    st.builds(lambda kind, rest: bytes([0xE1, kind, 1, 0, 0]) + MEMBER + rest, st.integers(0, 255),
              st.binary(min_size=20, max_size=239))), max_size=40), st.booleans())
def test_random_bytes_never_raise_and_are_all_counted(frames, gateway):
    air = Air(seed=1)
    hub = air.hub(GATEWAY, gateway=gateway, pop=None if gateway else POP)
    hub.add(MEMBER, KEY, 0)
    hub.joining(0)
    for frame in frames:
        hub.feed(frame, -50, air.now_ms, "nowhere")
        air.run(10)
    assert sum(hub.counters.values()) == len(frames) and hub.counters["good"] == 0
    assert air.events[GATEWAY] == []


def test_random_frames_on_a_living_link():
    air, gateway, member = traffic(3)
    luck = random.Random(9)
    record = [frame for _, _, frame in air.log]
    before = {mac: len(told(air, mac)) for mac in air.hubs}
    for _ in range(2000):
        frame = bytearray(luck.choice(record))
        for _ in range(luck.randint(1, 4)):
            frame[luck.randrange(len(frame))] = luck.randrange(256)
        if bytes(frame) not in record:
            for hub in (gateway, member):
                hub.feed(frame, -50, air.now_ms, "nowhere")
    air.run(300)
    assert all(len(told(air, mac)) == before[mac] for mac in air.hubs)
