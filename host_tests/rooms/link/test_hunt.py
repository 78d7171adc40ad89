"""The hunt for the gateway's channel: all thirteen are tried, the known one first and oftenest, in time."""

import pytest

from firmware.link.hunt import Hunt
from firmware.link.packet import HELLO
from host_tests.rooms.link.air import GATEWAY, KEY, MEMBER, Air


def steps(hunt, until_ms, now_ms=0):
    """(ms, channel) of each change until then."""
    found = []
    while now_ms < until_ms:
        if hunt.turn(now_ms):
            found.append((now_ms, hunt.channel))
        now_ms += 10
    return found


@pytest.mark.parametrize("known", range(14))
def test_every_channel_within_a_second(known):
    hunt = Hunt(known, 0)
    begin = 1500 if known else 0
    tried = [channel for _, channel in steps(hunt, begin + 950)]
    assert set(tried) == set(range(1, 14))
    assert tried.count(known) >= 3 or not known


def test_the_known_channel_has_time_first():
    hunt = Hunt(11, 0)
    assert hunt.channel == 11 and steps(hunt, 1500) == []


def test_each_dwell_is_long_enough_for_two_turns():
    times = [ms for ms, _ in steps(Hunt(0, 0), 3000)]
    assert {b - a for a, b in zip(times, times[1:])} == {50}


def test_rest_holds_it_where_it_is():
    hunt = Hunt(0, 0)
    steps(hunt, 200)
    channel = hunt.channel
    hunt.rest(200)
    assert steps(hunt, 1700, 200) == [] and hunt.channel == channel


@pytest.mark.parametrize("channel", (1, 6, 11, 13))
def test_a_gateway_that_moves_is_found_again(channel):
    """Its access point goes to another channel; offline is told after 5 s, found a second later."""
    air = Air(seed=3, jitter_ms=5)
    air.channels = True
    gateway = air.hub(GATEWAY, gateway=True, key=KEY, channel=3)
    member = air.hub(MEMBER, key=KEY, hunt=Hunt(3, 0))
    air.run(3000)
    assert member.peers[0].online and air.words(MEMBER) == ["online"]
    gateway.channel = channel
    moved = air.now_ms
    while not (member.channel == channel and member.peers[0].online):
        air.run(10)
        assert air.now_ms - moved < 7000
    assert air.bodies(MEMBER, "channel")[-1][3] == channel
    air.run(5000)
    assert gateway.peers[0].online and member.channel == channel


def test_it_calls_on_each_channel_it_comes_to():
    air = Air(seed=3)
    member = air.hub(MEMBER, key=KEY, hunt=Hunt(0, 0))
    air.run(1000)
    assert 18 <= len([frame for _, _, frame in air.log if frame[1] == HELLO]) <= 22
    assert member.tune() is None


def test_a_stranger_can_hold_it_for_a_moment_only():
    """An old HELLO of the gateway's last life, played on the wrong channel again and again."""
    air = Air(seed=3)
    gateway = air.hub(GATEWAY, boot=4, gateway=True, key=KEY)
    member = air.hub(MEMBER, key=KEY, hunt=Hunt(0, 0))
    air.run(20)
    record = [frame for _, sender, frame in air.log if sender == GATEWAY]
    assert record
    del air.hubs[GATEWAY]
    member = air.hub(MEMBER, boot=2, key=KEY, hunt=Hunt(0, air.now_ms))
    seen = set()
    for _ in range(400):
        air.replay(record, MEMBER)
        air.run(10)
        seen.add(member.channel)
    assert seen == set(range(1, 14)) and not member.peers[0].online and gateway
