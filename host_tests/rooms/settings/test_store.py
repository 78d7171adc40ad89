"""Settings on a disk that fails: old or new after a cut at every step, the previous copy after damage."""

import os

import pytest

from firmware.settings import store as store_file
from firmware.settings.rows import VERSION
from firmware.settings.sealed import seal
from firmware.settings.store import Store, defaults, load
from firmware.settings.values import Settings, save


class Cut(BaseException):
    """The power is gone: nothing of the firmware can catch it."""


class CuttingFile:
    """A file whose bytes reach the disk in pieces; the cut may come between any two."""

    def __init__(self, disk, path):
        self.disk, self.path = disk, path

    def __enter__(self):
        self.disk.step()
        self.file = open(self.path, "wb")
        return self

    def __exit__(self, *_):
        self.file.close()

    def write(self, data):
        for start in range(0, len(data), 8):
            self.disk.step()
            self.file.write(data[start : start + 8])
            self.file.flush()

    def flush(self):
        self.disk.step()


class CuttingDisk:
    """Stands for `os` and `open` in the store: the power goes at the `allowed`-th step."""

    def __init__(self, allowed):
        self.allowed, self.steps = allowed, 0

    def step(self):
        self.steps += 1
        if self.steps > self.allowed:
            raise Cut

    def open(self, path, mode):
        return CuttingFile(self, path) if "w" in mode else open(path, mode)

    def rename(self, old, new):
        self.step()
        os.rename(old, new)

    def remove(self, path):
        self.step()
        os.remove(path)

    def stat(self, path):
        return os.stat(path)


def settings_of(**changes):
    settings = Settings(defaults())
    settings.change({name.replace("__", "."): value for name, value in changes.items()})
    return settings


def put(monkeypatch, allowed, action, *arguments):
    """`action(*arguments)` with the power going at step `allowed`; returns whether it got through."""
    disk = CuttingDisk(allowed)
    with monkeypatch.context() as patch:
        patch.setattr(store_file, "os", disk)
        patch.setattr(store_file, "open", disk.open, raising=False)
        try:
            action(*arguments)
        except Cut:
            return False
    return True


OLD = dict(modbus__station=2, inverter__name="old inverter with a long name")
NEW = dict(modbus__station=9, inverter__name="new")


@pytest.mark.parametrize("saves_before", [0, 1, 2])
def test_a_cut_at_every_step_of_a_save_leaves_old_or_new(tmp_path, monkeypatch, saves_before):
    for allowed in range(100):
        folder = tmp_path / str(allowed)
        folder.mkdir()
        for _ in range(saves_before):
            Store(str(folder)).save(settings_of(**OLD))
        store = Store(str(folder))
        through = put(monkeypatch, allowed, store.save, settings_of(**NEW))
        station = store.load().get("modbus.station")
        assert station == 9 if through else station in ((2, 9) if saves_before else (1, 9))
        assert store.notes in ([], [("settings_none",)])
        # The mended folder saves and loads again.
        store.save(settings_of(modbus__station=4))
        assert Store(str(folder)).load().get("modbus.station") == 4
        if through:
            break
    assert through and allowed > 10


def test_a_cut_while_mending_can_be_mended_again(tmp_path, monkeypatch):
    Store(str(tmp_path)).save(settings_of(**NEW))
    os.rename(tmp_path / "settings.json", tmp_path / "settings.new")
    assert not put(monkeypatch, 0, Store(str(tmp_path)).load)
    assert Store(str(tmp_path)).load().get("modbus.station") == 9


def test_a_half_written_file_left_by_a_cut_is_thrown_away(tmp_path):
    Store(str(tmp_path)).save(settings_of(**OLD))
    (tmp_path / "settings.new").write_bytes(seal("settings", VERSION, {"modbus.station": 9})[:-8])
    assert Store(str(tmp_path)).load().get("modbus.station") == 2
    assert not (tmp_path / "settings.new").exists()


@pytest.mark.parametrize("damage", [b"", b"rubbish", b'["settings", 1, 5, "00000000",\n{}\n]\n'])
def test_a_damaged_file_brings_the_previous_settings_and_the_reason(tmp_path, damage):
    store = Store(str(tmp_path))
    store.save(settings_of(**OLD))
    store.save(settings_of(**NEW))
    (tmp_path / "settings.json").write_bytes(damage)
    assert store.load().get("modbus.station") == 2
    assert [note[0] for note in store.notes] == ["settings_damaged", "settings_previous_used"]


def test_saving_over_a_damaged_file_keeps_the_good_previous_one(tmp_path):
    store = Store(str(tmp_path))
    store.save(settings_of(**OLD))
    store.save(settings_of(**NEW))
    (tmp_path / "settings.json").write_bytes(b"rubbish")
    store.save(settings_of(modbus__station=5))
    (tmp_path / "settings.json").write_bytes(b"rubbish again")
    assert store.load().get("modbus.station") == 2


def test_both_files_damaged_gives_defaults_and_says_so(tmp_path):
    for name in ("settings.json", "settings.old"):
        (tmp_path / name).write_bytes(b"x")
    store = Store(str(tmp_path))
    assert store.load().all() == defaults()
    assert store.notes[-1] == ("settings_lost",)


def test_an_empty_flash_gives_defaults(tmp_path):
    settings, notes = load(str(tmp_path))
    assert settings.all() == defaults() and notes == [("settings_none",)]


def test_unknown_and_bad_entries_are_left_out_by_name(tmp_path):
    data = seal("settings", VERSION, {"modbus.station": 300, "old.thing": 1, "modbus.baud": 19200})
    (tmp_path / "settings.json").write_bytes(data)
    store = Store(str(tmp_path))
    settings = store.load()
    assert (settings.get("modbus.station"), settings.get("modbus.baud")) == (1, 19200)
    assert store.notes == [
        ("settings_left_out", "modbus.station", "setting_bounds", "300"),
        ("settings_left_out", "old.thing", "setting_unknown", "1"),
    ]


def test_entries_that_do_not_go_together_are_left_out_until_they_do(tmp_path):
    data = seal("settings", VERSION, {
        "control.min_soc_pct": 80, "control.buffer_pct": 60, "modbus.station": 4})
    (tmp_path / "settings.json").write_bytes(data)
    store = Store(str(tmp_path))
    settings = store.load()
    assert settings.get("modbus.station") == 4
    assert settings.get("control.min_soc_pct") + settings.get("control.buffer_pct") <= 100
    assert ("settings_left_out", "control.buffer_pct", "setting_bands", "60") in store.notes


def test_only_what_differs_from_a_default_is_kept(tmp_path):
    save(str(tmp_path), settings_of(modbus__station=1, modbus__baud=19200))
    assert b"modbus.station" not in (tmp_path / "settings.json").read_bytes()


def test_a_file_of_an_earlier_form_is_brought_up(tmp_path):
    (tmp_path / "settings.json").write_bytes(seal("settings", VERSION - 1, {"station": 6}))
    store = Store(str(tmp_path), migrations=((VERSION - 1, lambda old: {"modbus.station": old["station"]}),))
    assert store.load().get("modbus.station") == 6 and store.notes == []


def test_a_file_of_a_later_form_is_read_as_far_as_known(tmp_path):
    (tmp_path / "settings.json").write_bytes(seal("settings", VERSION + 1, {"modbus.station": 6, "new": 1}))
    store = Store(str(tmp_path))
    assert store.load().get("modbus.station") == 6
    assert ("settings_newer", VERSION + 1, VERSION) in store.notes


def test_a_full_disk_keeps_what_was_there(tmp_path, monkeypatch):
    Store(str(tmp_path)).save(settings_of(**OLD))

    def full(path, mode):
        if "w" in mode:
            raise OSError(28, "no space")
        return open(path, mode)

    with monkeypatch.context() as patch:
        patch.setattr(store_file, "open", full, raising=False)
        with pytest.raises(OSError):
            Store(str(tmp_path)).save(settings_of(**NEW))
    assert Store(str(tmp_path)).load().get("modbus.station") == 2
