"""Who is there, who is away, who starts anew, and how soon the other side knows."""

import pytest

from firmware.link.packet import COMMAND, HEAD, HELLO, METER
from host_tests.rooms.link.air import GATEWAY, KEY, MEMBER, Air, paired


def test_online_and_offline_are_told_once_and_in_time():
    air, gateway, member = paired()
    air.run(30000)
    assert air.words(GATEWAY) == air.words(MEMBER) == ["online"]
    air.cut = {MEMBER}
    cut = air.now_ms
    air.run(30000)
    assert air.words(GATEWAY) == air.words(MEMBER) == ["online", "offline"]
    for mac in (GATEWAY, MEMBER):
        assert 3000 <= air.events[mac][-1][0] - cut <= 5010
    air.cut = set()
    back = air.now_ms
    air.run(30000)
    assert air.words(GATEWAY) == air.words(MEMBER) == ["online", "offline", "online"]
    assert all(air.events[mac][-1][0] - back <= 1100 for mac in (GATEWAY, MEMBER))


@pytest.mark.parametrize("who", (GATEWAY, MEMBER))
def test_a_restart_is_over_within_a_second(who):
    air, _, _ = paired(seed=21, loss=0.1, jitter_ms=30)
    air.run(5000)
    hub = air.hub(who, boot=2, gateway=who == GATEWAY, key=KEY)
    began = air.now_ms
    air.run(2000)
    other = MEMBER if who == GATEWAY else GATEWAY
    assert hub.peers[0].online and air.hubs[other].peers[0].online
    back, = [event[0] for event in air.events[who] if event[1] == "online" and event[0] >= began]
    assert back - began <= 1000
    sender, word = (air.hubs[MEMBER], METER) if who == GATEWAY else (air.hubs[GATEWAY], COMMAND)
    sender.peers[0].send(word, b"after", air.now_ms + 0, air.now_ms) if word == METER else \
        sender.peers[0].send(word, b"after", air.now_ms + 9000, air.now_ms)
    air.run(500)
    assert b"after" in [event[2] for mac in air.hubs for event in air.events[mac]]


def test_a_new_life_counts_from_one_and_is_heard_at_once():
    air, _, member = paired(seed=27)
    for _ in range(200):
        member.peers[0].send(METER, b"before", air.now_ms, air.now_ms)
        air.run(100)
    member = air.hub(MEMBER, boot=2, key=KEY)
    air.run(500)
    member.peers[0].send(METER, b"after", air.now_ms, air.now_ms)
    air.run(100)
    assert air.bodies(GATEWAY, "meter")[-1][1] == b"after"


def test_a_week_of_silence_and_then_a_call():
    """An instant older than 6.2 days would seem to be in the future: none is kept that long."""
    _, gateway, _ = paired(seed=28)
    air = Air(seed=28)
    member = air.hub(MEMBER, boot=2, key=KEY)
    for _ in range(3):
        assert not answers(member, air.now_ms)
        member.feed(bytes(gateway.peers[0].session.build_hello(True)), -50, air.now_ms & 0x3FFFFFFF, "way")
        assert len(answers(member, air.now_ms)) == 1
        for _ in range(7 * 24 * 60):
            air.now_ms += 60000
            member.turn(air.now_ms & 0x3FFFFFFF)
            answers(member, air.now_ms)


def answers(hub, now_ms):
    """What it sends now, but for calls of its own accord: HELLOs that want no answer."""
    sent = []
    out = hub.due(now_ms & 0x3FFFFFFF)
    while out:
        sent.append(bytes(out[2]))
        out = hub.due(now_ms & 0x3FFFFFFF)
    return [frame for frame in sent if frame[1] == HELLO and frame[HEAD + 4] == 0]


def test_both_restart_at_once():
    air, _, _ = paired(seed=22)
    air.hub(GATEWAY, boot=2, gateway=True, key=KEY)
    air.hub(MEMBER, boot=2, key=KEY)
    air.run(1200)
    assert all(hub.peers[0].online for hub in air.hubs.values())


def test_a_box_that_lost_its_counter_says_so_and_goes_on():
    air = Air(seed=23)
    air.hub(GATEWAY, boot=5, gateway=True, key=KEY)
    air.hub(MEMBER, boot=50, key=KEY)
    air.run(1000)
    air.hub(MEMBER, boot=1, key=KEY)  # flash was erased, the pairing came back from a copy
    air.run(3000)
    assert air.bodies(MEMBER, "boot")[0][3] == 51
    assert all(hub.peers[0].online for hub in air.hubs.values())


def test_days_of_ticks():
    """Ticks wrap at 2**30 ms: before, over and long after it nothing changes."""
    air = Air(seed=26)
    air.now_ms = (1 << 30) - 2824
    wrap = (1 << 30) - 1

    gateway = air.hub(GATEWAY, gateway=True, key=KEY)
    member = air.hub(MEMBER, key=KEY)
    for now_ms in range(air.now_ms, air.now_ms + 20000, 10):
        for one, other in ((gateway, member), (member, gateway)):
            one.turn(now_ms & wrap)
            if now_ms % 100 == 0:
                member.peers[0].send(METER, b"", now_ms & wrap, now_ms & wrap)
            out = one.due(now_ms & wrap)
            while out:
                other.feed(out[2], -50, now_ms & wrap, "way")
                out = one.due(now_ms & wrap)
        air.collect(GATEWAY, gateway)
        air.collect(MEMBER, member)
    assert air.words(MEMBER) == ["online"] and set(air.words(GATEWAY)) == {"online", "meter"}


def test_nothing_is_kept_for_a_role_that_does_not_ask():
    air, gateway, member = paired()
    for _ in range(200):
        member.peers[0].send(METER, b"", air.now_ms, air.now_ms)
        gateway.feed(bytes(member.due(air.now_ms)[2]), -50, air.now_ms, "way")
        while member.due(air.now_ms):
            pass
        air.now_ms += 500
    assert len(gateway._events) <= 40
