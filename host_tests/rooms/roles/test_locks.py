"""The radio's own encryption: six boxes at most, both ends agreed, through every restart."""

import pytest

from .world import house

SHED = ("shed", "3C:E9:0E:77:60:F8", ["sofar_me3000sp"])
OTHERS = tuple(("box%d" % number, "3C:E9:0E:77:61:%02X" % number, []) for number in range(8))


def agreed(world, name):
    """Both ends have the same key for each other."""
    key = world.radios["gateway"].keys.get(name)
    return key is not None and world.radios[name].keys.get("gateway") == key


@pytest.mark.parametrize("loss", [0.0, 0.3])
def test_both_ends_agree(tmp_path, loss):
    assert agreed(house(tmp_path, loss=loss), "shed")


@pytest.mark.parametrize("who", ["gateway", "shed"])
def test_a_restart_of_either_end_keeps_them_together(tmp_path, who):
    world = house(tmp_path)
    world.stop(who)
    world.run(8000)
    world.start(who)
    world.run(9000)
    assert agreed(world, "shed") and world.boxes["gateway"].corridor.hub.peers[0].online
    assert abs(world.grid_w()) <= 50


def test_the_seventh_box_is_served_in_clear(tmp_path):
    world = house(tmp_path, extenders=OTHERS + (SHED,))
    peers = world.boxes["gateway"].corridor.hub.peers
    assert len(peers) == 9 and all(peer.online for peer in peers)
    assert sum(agreed(world, one[0]) for one in OTHERS + (SHED,)) == 6


def test_a_box_that_leaves_makes_room(tmp_path):
    world = house(tmp_path, extenders=OTHERS)
    hub = world.boxes["gateway"].corridor.hub
    free = [one[0] for one in OTHERS if agreed(world, one[0])][0]
    hub.unpair(world.macs[free], world.now_ms)
    world.run(3000)
    left = [one[0] for one in OTHERS if one[0] != free]
    clear = [name for name in left if not agreed(world, name)]
    world.stop(clear[0])
    world.run(6000)
    world.start(clear[0])  # its HELLO makes the gateway look who is without
    world.run(3000)
    assert sum(agreed(world, name) for name in left) == 6


def test_what_carries_a_reading_is_never_in_clear_once_agreed(tmp_path):
    world = house(tmp_path)
    routes = []
    carry = world.carry
    world.carry = lambda sender, route, frame: routes.append((route, frame[1])) or carry(sender, route, frame)
    world.run(5000)
    assert routes and all(route != "*" for route, _ in routes)
