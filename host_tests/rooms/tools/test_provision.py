"""Provisioning: what it writes a box can read, what it refuses it refuses by name."""

import stat

import pytest

from firmware.settings.identity_file import load as load_identity
from firmware.settings.store import load as load_settings
from tools.provision import identity
from tools.provision.__main__ import main

MAC = "f4-12-fa-40-06-e4"


def test_a_box_reads_its_settings_and_identity(tmp_path):
    out = tmp_path / "box"
    assert main(["--mac", MAC, "--out", str(out), "--set", "modbus.station=7", "--set", "language=fr"]) == 0
    settings, notes = load_settings(str(out))
    assert (settings.get("modbus.station"), settings.get("language"), notes) == (7, "fr", [])
    box, reason = load_identity(str(out), "F4:12:FA:40:06:E4")
    assert reason is None and box.ssid == "JULLIX_4006E4"
    sticker = (out / "sticker.txt").read_text()
    assert box.password in sticker and identity.grouped(box.pop, 6) in sticker
    assert box.password in (out / "sticker.svg").read_text()


def test_files_with_secrets_are_their_owners_alone(tmp_path):
    main(["--mac", MAC, "--out", str(tmp_path)])
    for name in ("identity.json", "sticker.svg", "sticker.txt"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name


def test_an_identity_is_never_drawn_anew(tmp_path):
    main(["--mac", MAC, "--out", str(tmp_path)])
    before = (tmp_path / "identity.json").read_bytes()
    assert main(["--mac", MAC, "--out", str(tmp_path), "--set", "modbus.station=3"]) == 0
    assert (tmp_path / "identity.json").read_bytes() == before


def test_nothing_secret_is_printed(tmp_path, capsys):
    main(["--mac", MAC, "--out", str(tmp_path)])
    box, _ = load_identity(str(tmp_path), "F4:12:FA:40:06:E4")
    shown = "".join(capsys.readouterr())
    assert box.password not in shown and box.pop not in shown


@pytest.mark.parametrize("wrong, words", [
    ("modbus.statio=1", "modbus.station"), ("modbus.station=300", "1 to 247"),
    ("modbus.station", "name=value"),
    ("control.buffer_pct=85", "100 %"), ("role=master", "gateway, slave, extender"),
])
def test_a_wrong_setting_is_refused_by_name_and_nothing_is_written(tmp_path, capsys, wrong, words):
    out = tmp_path / "box"
    assert main(["--out", str(out), "--set", wrong]) == 1
    assert words in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize("mac", ["", "f4:12", "zz:12:fa:40:06:e4", "f412fa4006e4ff"])
def test_a_wrong_mac_is_refused_with_an_example(mac):
    with pytest.raises(identity.IdentityError) as caught:
        identity.draw(mac)
    assert "F4:12:FA:40:06:E4" in str(caught.value)
