"""What a running box keeps of its settings, and what it reads again."""

import sys

import pytest

from firmware.settings.rows import ROWS
from firmware.settings.store import load
from firmware.settings.values import SettingError, Settings, save

ROWS_FILE = "firmware.settings.rows"


def kept(settings):
    return settings._values


def test_a_default_is_known_without_being_kept():
    settings = Settings({"modbus.station": 7})
    assert (settings.get("modbus.station"), settings.get("modbus.baud")) == (7, 9600)
    assert kept(settings) == {"modbus.station": 7}
    assert settings.all() == dict({row[0]: row[2] for row in ROWS}, **{"modbus.station": 7})


def test_a_running_box_has_no_rows(tmp_path):
    save(str(tmp_path), Settings({"modbus.station": 7}))
    settings, _ = load(str(tmp_path))
    settings.settle()
    assert not {ROWS_FILE, "firmware.settings.check", "firmware.settings.store"} & set(sys.modules)
    assert settings.get("modbus.station") == 7 and ROWS_FILE not in sys.modules


def test_what_a_running_box_asks_for_is_kept_and_the_rows_go_again():
    settings = Settings({})
    settings.settle()
    assert settings.get("console") == "journal"
    assert kept(settings) == {"console": "journal"} and ROWS_FILE not in sys.modules
    with pytest.raises(SettingError) as caught:
        settings.get("consol")
    assert caught.value.words == ("consol", "console")


def test_a_change_reaches_a_running_box():
    settings = Settings({})
    settings.settle()
    assert settings.get("language") == "nl"
    settings.change({"language": "fr"})
    assert settings.get("language") == "fr"
