"""Flashing as far as a desk without a board can tell: every step as printed, every refusal by name."""

import hashlib

import pytest

from firmware.board.boards import names
from firmware.board.choose import profile
from tools.flash.__main__ import main
from tools.flash.images import ImageError, fetch, image_for, verify


def dry(capsys, *arguments):
    assert main(["--dry-run", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("board, chip, offset", [
    ("wt32_eth01", "esp32", "0x1000"), ("esp32_devkit", "esp32", "0x1000"), ("s3_w5500", "esp32s3", "0x0"),
])
def test_a_dry_run_prints_every_step_in_order(capsys, board, chip, offset):
    out = dry(capsys, "--board", board, "--port", "/dev/ttyUSB7")
    order = ["tools.build --target esp32", "tools.provision --mac MAC", "sha256sum --check",
             "esptool --chip {} --port /dev/ttyUSB7 erase-flash".format(chip),
             "write-flash {} ".format(offset), "too old", "fs cp -r build/esp32/firmware",
             "boxes/MAC/settings.json boxes/MAC/identity.json boxes/MAC/pins.txt", "reset"]
    places = [out.find(text) for text in order]
    assert -1 not in places and places == sorted(places), list(zip(order, places))
    assert "--set board=" + board in out


def test_an_update_leaves_the_boxs_own_alone(capsys):
    out = dry(capsys, "--board", "wt32_eth01", "--port", "P", "--update")
    for text in ("erase-flash", "write-flash", "settings.json", "identity.json", "provision"):
        assert text not in out
    assert "fs rm -r :firmware :lib" in out


def test_a_dry_run_touches_nothing(capsys, tmp_path):
    dry(capsys, "--board", "wt32_eth01", "--port", "P", "--boxes", str(tmp_path / "boxes"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments, words", [
    (["--port", "P"], "esp32_devkit, s3_w5500, wt32_eth01"),
    (["--port", "P", "--board", "wt33"], "esp32_devkit, s3_w5500, wt32_eth01"),
    (["--board", "wt32_eth01", "--port", "/dev/nothing"], "no port /dev/nothing"),
    (["--board", "wt32_eth01"], "which port"),
])
def test_an_unknown_board_or_port_names_what_there_is(capsys, arguments, words):
    assert main(arguments) == 1
    assert words in capsys.readouterr().err


def test_another_image_needs_its_checksum(capsys):
    assert main(["--dry-run", "--board", "wt32_eth01", "--port", "P", "--image", "x.bin"]) == 1
    assert "--sha256" in capsys.readouterr().err


@pytest.mark.parametrize("name", names())
def test_each_board_has_a_pinned_image(name):
    entry = image_for(profile(name))
    assert len(entry["sha256"]) == 64 and entry["url"].endswith(entry["name"]) and entry["seen"]


def test_a_board_without_a_pinned_image_says_what_to_give():
    with pytest.raises(ImageError) as caught:
        image_for({"chip": "esp32", "psram": "quad"})
    assert "--image" in str(caught.value)


def entry_of(data):
    return {"url": None, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def test_the_right_image_is_taken_and_another_refused(tmp_path):
    path = tmp_path / "image.bin"
    path.write_bytes(b"good")
    verify(path, entry_of(b"good"))
    with pytest.raises(ImageError) as caught:
        verify(path, entry_of(b"goof"))
    assert hashlib.sha256(b"good").hexdigest() in str(caught.value)
    with pytest.raises(ImageError):
        verify(tmp_path / "none.bin", entry_of(b"good"))


def test_a_download_that_differs_is_not_left_behind(tmp_path):
    source = tmp_path / "served.bin"
    source.write_bytes(b"evil")
    entry = dict(entry_of(b"good"), url=source.as_uri())
    with pytest.raises(ImageError):
        fetch(entry, tmp_path / "cache" / "image.bin")
    assert list((tmp_path / "cache").iterdir()) == []
    source.write_bytes(b"good")
    fetch(entry, tmp_path / "cache" / "image.bin")
    assert (tmp_path / "cache" / "image.bin").read_bytes() == b"good"
