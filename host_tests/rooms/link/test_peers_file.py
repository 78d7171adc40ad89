"""settings/peers.py: what is remembered of paired boxes, through damage, and that no life comes twice."""

import os

import pytest

from firmware.settings.peers import Peers, mac_bytes, mac_text
from host_tests.rooms.link.air import GATEWAY, KEY, MEMBER

OTHER = b"\x01\x02\x03\x04\x05\x06"


def fresh(folder):
    """Peers as a start of the box reads them."""
    return Peers(str(folder)).load()


def test_an_empty_box(tmp_path):
    peers = fresh(tmp_path)
    assert (peers.boot, peers.channel, peers.wrong, peers.entries, peers.notes) == (1, 0, 0, [], [])


def test_what_was_put_is_there_again(tmp_path):
    peers = fresh(tmp_path)
    entry = peers.put(MEMBER, KEY, "kelder é", "extender", ("meter", "inverter"))
    entry.settings = {"modbus.station": 3, "modbus.type": "Retro"}
    peers.channel, peers.wrong = 11, 5
    peers.save()
    again = fresh(tmp_path)
    found = again.find(MEMBER)
    assert (again.boot, again.channel, again.wrong) == (2, 11, 5)
    assert (found.mac, found.key, found.name, found.kind) == (MEMBER, KEY, "kelder é", "extender")
    assert found.carries == ("meter", "inverter") and found.settings == entry.settings
    assert again.find(OTHER) is None


def test_each_start_has_a_number_of_its_own_and_it_is_on_flash_at_once(tmp_path):
    assert [fresh(tmp_path).boot for _ in range(5)] == [1, 2, 3, 4, 5]
    assert Peers(str(tmp_path)).load(least_boot=40).boot == 41


@pytest.mark.parametrize("damage", ("cut", "changed", "missing", "empty"))
def test_a_damaged_file_costs_no_pairing_and_repeats_no_life(tmp_path, damage):
    peers = fresh(tmp_path)
    peers.put(MEMBER, KEY, "kelder")
    peers.save()
    lived = [fresh(tmp_path).boot for _ in range(4)][-1]
    path = tmp_path / "peers.json"
    data = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        changed = data.replace(b"kelder", b"keldeR")
        path.write_bytes({"cut": data[:-9], "empty": b"", "changed": changed}[damage])
    again = fresh(tmp_path)
    assert again.find(MEMBER).key == KEY and again.boot > lived
    assert ("peers_previous_used",) in again.notes
    assert damage == "missing" or again.notes[0][:2] == ("peers_damaged", "peers.json")


def test_both_files_damaged_is_an_unpaired_box_that_says_so(tmp_path):
    peers = fresh(tmp_path)
    peers.put(MEMBER, KEY)
    peers.save()
    for name in ("peers.json", "peers.old"):
        (tmp_path / name).write_bytes(b"?")
    assert [note[:2] for note in fresh(tmp_path).notes] == [
        ("peers_damaged", "peers.json"), ("peers_damaged", "peers.old")]


def test_a_save_cut_by_the_power_leaves_old_or_new(tmp_path, monkeypatch):
    peers = fresh(tmp_path)
    peers.put(MEMBER, KEY, "one")
    peers.save()
    real = os.rename
    for cut in range(3):
        done = []

        def rename(a, b, cut=cut, done=done):
            if len(done) == cut:
                raise KeyboardInterrupt
            done.append(a)
            real(a, b)

        monkeypatch.setattr(os, "rename", rename)
        peers.put(MEMBER, KEY, "two")
        try:
            peers.save()
        except KeyboardInterrupt:
            pass
        monkeypatch.setattr(os, "rename", real)
        lived = peers.boot
        peers = fresh(tmp_path)
        assert peers.find(MEMBER).name == ("one" if cut == 0 else "two") and peers.boot > lived
        peers.put(MEMBER, KEY, "one")
        peers.save()


def test_a_box_paired_anew_keeps_its_name_and_settings(tmp_path):
    peers = fresh(tmp_path)
    peers.put(MEMBER, KEY, "kelder", "extender", ("meter",)).settings = {"p1.enabled": True}
    entry = peers.put(MEMBER, b"n" * 32)
    assert (entry.key, entry.name, entry.kind) == (b"n" * 32, "kelder", "extender")
    assert entry.settings == {"p1.enabled": True} and len(peers.entries) == 1


def test_a_box_that_replaces_another_takes_its_name_and_settings(tmp_path):
    peers = fresh(tmp_path)
    peers.put(MEMBER, KEY, "kelder", "extender", ("meter",)).settings = {"modbus.station": 3}
    peers.put(OTHER, b"o" * 32, "zolder")
    entry = peers.put(OTHER, b"n" * 32, replaces=MEMBER)
    assert [one.mac for one in peers.entries] == [OTHER]
    assert (entry.name, entry.carries, entry.settings) == ("kelder", ("meter",), {"modbus.station": 3})
    peers.drop(OTHER)
    assert peers.entries == []


def test_a_box_that_was_unpaired_gets_its_name_and_settings_back(tmp_path):
    peers = fresh(tmp_path)
    peers.put(MEMBER, KEY, "kelder", "extender", ("meter",)).settings = {"modbus.station": 3}
    peers.save()
    peers.drop(MEMBER)
    peers.save()
    for name in ("peers.json", "peers.old"):
        assert KEY.hex() not in (tmp_path / name).read_text()
    peers = fresh(tmp_path)
    assert peers.entries == [] and peers.find(MEMBER) is None
    assert peers.find(MEMBER, former=True).name == "kelder"
    entry = peers.put(MEMBER, b"n" * 32)
    assert (entry.name, entry.settings, peers.former) == ("kelder", {"modbus.station": 3}, [])
    peers.drop(MEMBER)
    entry = peers.put(OTHER, KEY, replaces=MEMBER)
    assert (entry.name, entry.settings, peers.former) == ("kelder", {"modbus.station": 3}, [])


def test_not_every_box_that_ever_was_is_kept(tmp_path):
    peers = fresh(tmp_path)
    for n in range(20):
        peers.put(b"box%03d" % n, KEY, "box %d" % n)
        peers.drop(b"box%03d" % n)
    assert [entry.name for entry in peers.former] == ["box %d" % n for n in range(12, 20)]


def test_an_entry_does_not_show_its_key(tmp_path):
    entry = fresh(tmp_path).put(MEMBER, KEY, "kelder")
    for shown in (repr(entry), str(entry), "%s" % entry, repr([entry])):
        assert KEY.hex() not in shown and repr(KEY)[2:-1] not in shown
        assert mac_text(MEMBER) in shown


def test_the_settings_do_not_hold_the_pairings(tmp_path):
    from firmware.settings.rows import ROWS
    from firmware.settings.store import Store
    peers = fresh(tmp_path)
    peers.put(MEMBER, KEY)
    peers.save()
    store = Store(str(tmp_path))
    store.save(store.load())
    assert KEY.hex() not in (tmp_path / "settings.json").read_text()
    assert not [row for row in ROWS if "key" in row[0] or "peer" in row[0]]


def test_a_mac_as_people_write_it():
    for text in ("F4:12:FA:40:06:E4", "f4-12-fa-40-06-e4", " F412FA4006E4 ", "F4 12 FA 40 06 E4"):
        assert mac_bytes(text) == GATEWAY
    assert mac_text(GATEWAY) == "F4:12:FA:40:06:E4"
    for wrong in ("", "F4:12:FA:40:06", "F4:12:FA:40:06:E4:00", "G4:12:FA:40:06:E4"):
        with pytest.raises(ValueError, match="MAC-ID"):
            mac_bytes(wrong)
