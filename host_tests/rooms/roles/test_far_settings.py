"""An extender's settings, changed from the gateway: checked over there, applied, and the result told."""

import pytest

from firmware.settings.store import Store

from .world import ME3000SP, house

SHED = "3C:E9:0E:77:60:F8"


def change(world, changes):
    """Send it and wait for the answer: (taken, code, args)."""
    box = world.boxes["gateway"]
    box.far.result = None
    box.far.set(box.corridor.hub.peer(world.macs["shed"]), changes)
    world.run(1000)
    assert box.far.result and box.far.result[0] == world.macs["shed"]
    return box.far.result[1:]


def kept(world, name="shed"):
    """What is on that box's flash."""
    return Store(str(world.folder / name)).load()


@pytest.mark.parametrize("loss", [0.0, 0.2])
def test_a_change_is_taken_kept_and_told(tmp_path, loss):
    world = house(tmp_path, loss=loss)
    assert change(world, dict(ME3000SP, **{"modbus.station": 3})) == (
        True, "settings_taken", ("modbus.group, modbus.model, modbus.station, modbus.type",))
    assert kept(world).get("modbus.station") == 3 and kept(world).get("modbus.model") == "Sofar ME3000SP"
    entry = world.boxes["gateway"].corridor.peers.find(world.macs["shed"])
    assert entry.settings["modbus.station"] == 3
    assert "box_set" in world.codes("gateway") and "settings_taken" in world.codes("shed")


@pytest.mark.parametrize("changes, code, name", [
    ({"modbus.station": 248}, "setting_bounds", "modbus.station"),
    ({"modbus.baud": 9601}, "setting_choice", "modbus.baud"),
    ({"p1.enabled": "yes"}, "setting_not_bool", "p1.enabled"),
    ({"modbus.statoin": 3}, "setting_unknown", "modbus.statoin"),
    ({"role": "gateway"}, "setting_not_from_afar", "role"),
    ({"link.channel": 1}, "setting_not_from_afar", "link.channel"),
])
def test_a_bad_value_is_refused_by_name_and_changes_nothing(tmp_path, changes, code, name):
    world = house(tmp_path)
    before = kept(world).all()
    assert change(world, dict(changes, **{"inverter.name": "North"}))[:2] == (False, code)
    assert world.boxes["gateway"].far.result[3][0] == name
    assert kept(world).all() == before and "box_refused" in world.codes("gateway")
    world.run(3000)
    assert world.boxes["shed"].board.guard.resets == []


def test_a_device_that_is_in_no_catalogue_is_refused_in_words(tmp_path):
    world = house(tmp_path)
    taken, code, args = change(world, dict(ME3000SP, **{"modbus.model": "Sofar ME9000"}))
    assert (taken, code) == (False, "modbus_refused") and "ME9000" in args[0]
    assert kept(world).get("modbus.model") == ""


@pytest.mark.parametrize("changes, restarts", [({"name": "Barn"}, False), ({"modbus.station": 2}, True),
                                               ({"p1.enabled": True}, True), ({"inverter.name": "x"}, False)])
def test_ports_are_opened_anew_after_the_answer_has_left(tmp_path, changes, restarts):
    world = house(tmp_path)
    change(world, changes)
    box = world.boxes["shed"]
    assert not box.over(world.now_ms)
    world.run(1000)
    assert box.over(world.now_ms) == restarts


def test_a_name_is_the_gateways_name_for_it_too(tmp_path):
    world = house(tmp_path)
    change(world, {"name": "Barn"})
    world.cut.add("shed")
    world.run(8000)
    assert world.boxes["gateway"].latest.command.why == ("why_link_lost", "Barn")


def test_settings_longer_than_a_frame_arrive(tmp_path):
    world = house(tmp_path)
    changes = dict(ME3000SP, **{"name": "The barn behind", "inverter.name": "é" * 32, "modbus.baud": 9600,
                                "modbus.parity": "none", "modbus.stop_bits": 1, "p1.profile": "auto"})
    assert change(world, changes)[0] is True
    assert kept(world).get("inverter.name") == "é" * 32


def test_a_box_that_is_away_takes_them_when_it_is_back(tmp_path):
    world = house(tmp_path)
    world.cut.add("shed")
    world.run(8000)
    box = world.boxes["gateway"]
    box.far.set(box.corridor.hub.peer(world.macs["shed"]), {"name": "Barn"})
    world.run(30000)
    world.cut.clear()
    world.run(4000)
    assert kept(world).get("name") == "Barn"
