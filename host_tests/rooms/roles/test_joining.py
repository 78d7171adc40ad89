"""Boxes are claimed with what stands on their sticker; what hangs on them is chosen, kept, and handed on."""

import pytest

from firmware.roles import extender
from firmware.settings.peers import Peers, mac_bytes

from .world import house

SHED, ATTIC, BARN = "3C:E9:0E:77:60:F8", "3C:E9:0E:77:60:F9", "3C:E9:0E:77:60:FA"
INVERTER = ["sofar_me3000sp"]
POP = "K7QWM3-HTRXB4-ZPDYN9"


def stranger(world, inverters=()):
    """An extender out of its carton, on."""
    pair, world.pair = world.pair, lambda name: None
    box = world.add("barn", BARN, extender.Role, inverters)
    world.pair = pair
    return box


def claimed(world, name="Barn", pop=POP, replaces=None):
    """Claim it at the gateway and wait."""
    world.boxes["gateway"].corridor.claim(BARN.lower().replace(":", "-"), pop, name, replaces)
    world.run(5000)


def test_a_claimed_inverter_takes_part_and_is_remembered(tmp_path):
    world = house(tmp_path, extenders=())
    stranger(world, INVERTER)
    claimed(world)
    world.run(12000)
    assert abs(world.grid_w()) <= 50
    assert "link_paired" in world.codes("gateway") and "link_paired" in world.codes("barn")
    entry = Peers(str(tmp_path / "gateway")).load().find(mac_bytes(BARN))
    assert entry.name == "Barn" and entry.carries == ("inverter",)
    assert world.boxes["barn"].settings.get("name") == "Barn"


def test_an_unpaired_extender_waits(tmp_path):
    world = house(tmp_path, extenders=())
    box = stranger(world, INVERTER)
    world.run(5000)
    assert box.gateway() is None and box.set_w(0, world.now_ms) is None


def test_a_wrong_code_pairs_nobody_and_says_so(tmp_path):
    world = house(tmp_path, extenders=())
    stranger(world, INVERTER)
    corridor = world.boxes["gateway"].corridor
    corridor.claim(BARN, "K7QWM3-HTRXB4-ZPDYN8", "Barn")
    while "pair_wrong_code" not in world.codes("gateway"):
        world.run(100)
        assert world.ms < 60000
    assert "pair_wrong_code" in world.codes("gateway") and "wrong_codes" in world.codes("barn")
    assert not corridor.hub.peers
    with pytest.raises(ValueError, match="wait"):
        corridor.claim(BARN, POP, "Barn")


def test_a_mac_that_is_none_is_named(tmp_path):
    world = house(tmp_path, extenders=())
    with pytest.raises(ValueError, match="F4:12"):
        world.boxes["gateway"].corridor.claim("F4:12", POP, "x")


def test_one_that_takes_anothers_place_gets_its_name_and_settings(tmp_path):
    world = house(tmp_path)
    gateway = world.boxes["gateway"]
    gateway.far.set(gateway.corridor.hub.peer(world.macs["shed"]), {"inverter.capacity_wh": 9600})
    world.run(2000)
    world.stop("shed")
    stranger(world, INVERTER)
    claimed(world, name="", replaces=SHED)
    world.run(15000)
    assert [entry.name for entry in gateway.corridor.peers.entries] == ["shed"]
    assert world.boxes["barn"].settings.get("inverter.capacity_wh") == 9600
    assert abs(world.grid_w()) <= 50


METERS = (("shed", SHED, []), ("attic", ATTIC, INVERTER))


@pytest.mark.parametrize("wanted, taken", [
    ("", True), ("shed", True), ("SHED", True), (SHED, True), (SHED.replace(":", "").lower(), True),
    ("attic", False), ("own", False)])
def test_the_owner_says_whose_meter_counts(tmp_path, wanted, taken):
    world = house(tmp_path, "shed", extenders=METERS, **{"link.meter": wanted})
    assert (world.boxes["gateway"].latest.meter is not None) == taken


def test_the_first_box_with_a_meter_stays_the_one_through_a_restart(tmp_path):
    world = house(tmp_path, "attic", extenders=(("shed", SHED, []), ("attic", ATTIC, INVERTER)))
    assert world.boxes["gateway"].latest.meter_box == "attic"
    world.meter_at = "shed"  # now the other one has a meter too
    world.run(3000)
    assert world.boxes["gateway"].latest.meter_box == "shed"  # it stands first in the list
    world.stop("gateway")
    world.meter_at = "attic"
    world.start("gateway")
    world.run(6000)
    assert world.boxes["gateway"].latest.meter is None


@pytest.mark.parametrize("wanted, taken", [
    ("", ["shed", "attic"]), ("attic", ["attic"]), ("own, shed", ["shed"]), ("barn", [])])
def test_the_owner_says_which_inverters_take_part(tmp_path, wanted, taken):
    both = (("shed", SHED, INVERTER), ("attic", ATTIC, INVERTER))
    world = house(tmp_path, extenders=both, **{"link.inverters": wanted})
    assert sorted(one.name for one in world.boxes["gateway"].latest.drivers) == sorted(taken)


def test_the_history_of_peaks_arrives(tmp_path):
    world = house(tmp_path, "shed", extenders=METERS)
    world.history = [(202609, 3200, 1790000000), (202610, 2750, 1792700000)]
    world.run(3000)
    assert world.boxes["gateway"].latest.meter.history == world.history
    world.stop("gateway")
    world.run(6000)
    world.start("gateway")
    world.run(6000)
    assert world.boxes["gateway"].latest.meter.history == world.history


def test_a_member_says_how_it_is(tmp_path):
    world = house(tmp_path)
    health = world.boxes["gateway"].far.health[world.macs["shed"]]
    assert health["inverter"] == "inverter_ok" and health["model"] == "Sofar ME3000SP"
    assert health["heap_free"] == 20000 and health["reset"] == "power" and health["loss_pct"] is not None
