"""How a pairing ends: told to the other side or not, by a box that takes the place, in memory too."""

import pytest

from firmware.link.packet import COMMAND
from host_tests.rooms.link.air import GATEWAY, MEMBER, POP, paired
from host_tests.rooms.link.test_pairing import OTHER, claim, start


def test_a_replaced_box_makes_room():
    air, gateway, _ = paired()
    del air.hubs[MEMBER]
    air.hub(OTHER, pop=POP)
    claim(air, gateway, mac=OTHER, replaces=MEMBER)
    air.run(1000)
    assert [peer.mac for peer in gateway.peers] == [OTHER] and gateway.peers[0].replaces == MEMBER


@pytest.mark.parametrize("who", (GATEWAY, MEMBER))
def test_unpairing_reaches_the_other_side(who):
    air, _, _ = paired(seed=4, loss=0.2)
    other = MEMBER if who == GATEWAY else GATEWAY
    air.hubs[who].unpair(other, air.now_ms)
    air.run(22000)
    for mac in (GATEWAY, MEMBER):
        assert air.words(mac)[-1] == "unpaired" and air.hubs[mac].peers == []
    assert len([word for mac in (GATEWAY, MEMBER) for word in air.words(mac) if word == "unpaired"]) == 2


def test_unpairing_a_box_that_is_away():
    air, gateway, member = paired()
    air.cut = {MEMBER}
    air.run(7000)
    gateway.unpair(MEMBER, air.now_ms)
    air.run(100)
    assert gateway.peers == []
    air.cut = set()
    air.run(5000)
    assert not member.peers[0].online and gateway.counters["stranger"] > 0


def test_nothing_is_taken_from_a_peer_that_is_leaving():
    air, gateway, member = paired()
    gateway.unpair(MEMBER, air.now_ms)
    air.run(30)
    gateway.peers and gateway.peers[0].send(COMMAND, b"late", air.now_ms + 9000, air.now_ms)
    air.run(500)
    assert air.bodies(MEMBER, "command") == []


def test_pairing_leaves_memory():
    air, gateway, member = start()
    claim(air, gateway)
    air.run(1000)
    assert gateway._joining and member._joining
    air.run(91000)
    assert gateway._joining is None and member._joining is None
    assert gateway.peers[0].online
