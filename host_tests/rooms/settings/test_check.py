"""What a setting takes and how a refusal is worded."""

import pytest

from firmware.settings.check import check, check_together, nearest, read
from firmware.settings.rows import ROWS
from firmware.settings.store import defaults
from firmware.settings.values import SettingError, Settings
from firmware.words.words import LANGUAGES, say


def refused(name, value):
    with pytest.raises(SettingError) as caught:
        check(name, value)
    return caught.value


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_default_is_taken_by_its_own_row(row):
    assert check(row[0], row[2]) == row[2]


def test_the_defaults_go_together():
    check_together(defaults())


@pytest.mark.parametrize("row", [row for row in ROWS if row[1] == "int"], ids=lambda row: row[0])
def test_bounds_are_taken_and_one_beyond_is_not(row):
    name, low, high = row[0], row[3], row[4]
    assert check(name, low) == low and check(name, high) == high
    for wrong in (low - 1, high + 1):
        assert refused(name, wrong).code == "setting_bounds"


@pytest.mark.parametrize("name, value, code", [
    ("modbus.station", "1", "setting_not_whole"),
    ("modbus.station", True, "setting_not_whole"),
    ("modbus.station", 1.0, "setting_not_whole"),
    ("modbus.station", None, "setting_empty"),
    ("modbus.baud", "9600", "setting_choice"),
    ("modbus.baud", 9601, "setting_choice"),
    ("modbus.baud", True, "setting_choice"),
    ("role", "master", "setting_choice"),
    ("role", 1, "setting_choice"),
    ("control.enabled", 1, "setting_not_bool"),
    ("control.enabled", "true", "setting_not_bool"),
    ("modbus.type", 5, "setting_not_text"),
    ("modbus.type", "x" * 33, "setting_length"),
    ("modbus.type", "a\nb", "setting_control"),
    ("board", "WT32", "setting_letters"),
    ("board", "../x", "setting_letters"),
    ("board", "", "setting_length"),
    ("network.address", "192.168.1", "setting_ipv4"),
    ("network.address", "192.168.1.256", "setting_ipv4"),
    ("network.address", "192.168.01.2", "setting_ipv4"),
    ("network.address", "1.2.3.-4", "setting_ipv4"),
])
def test_refusals_name_the_setting_and_the_value_in_four_languages(name, value, code):
    error = refused(name, value)
    assert (error.name, error.code) == (name, code)
    for language in LANGUAGES:
        text = say(language, error.code, error.words)
        assert name in text and "{" not in text


def test_an_unknown_name_is_refused_with_the_nearest_known_one():
    error = refused("modbus.statoin", 1)
    assert (error.code, error.words) == ("setting_unknown", ("modbus.statoin", "modbus.station"))
    assert nearest("control.desired_peak") == "control.desired_peak_w"


@pytest.mark.parametrize("name, text, value", [
    ("modbus.station", " 12 ", 12), ("modbus.baud", "19200", 19200), ("control.enabled", "Off", False),
    ("control.enabled", "1", True), ("inverter.capacity_wh", "", None), ("role", "slave", "slave"),
    ("control.target_w", "-50", -50), ("inverter.name", " kelder ", "kelder"), ("network.dns", "", None),
])
def test_typed_text_becomes_a_value(name, text, value):
    assert read(name, text) == value


@pytest.mark.parametrize("name, text", [
    ("modbus.station", ""), ("modbus.station", "1.5"), ("modbus.station", "1_0x"),
    ("control.enabled", "maybe"), ("modbus.baud", "fast"),
])
def test_typed_nonsense_is_refused_by_name(name, text):
    with pytest.raises(SettingError) as caught:
        read(name, text)
    assert caught.value.name == name


def test_a_change_is_taken_whole_or_not_at_all():
    settings = Settings(defaults())
    with pytest.raises(SettingError):
        settings.change({"modbus.station": 7, "modbus.baud": 1})
    assert settings.get("modbus.station") == 1
    settings.change({"modbus.station": 7, "modbus.baud": 19200})
    assert (settings.get("modbus.station"), settings.get("modbus.baud")) == (7, 19200)


def test_bands_that_exceed_the_battery_are_refused_together():
    settings = Settings(defaults())
    with pytest.raises(SettingError) as caught:
        settings.change({"control.min_soc_pct": 60, "control.buffer_pct": 50})
    assert caught.value.code == "setting_bands" and 110 in caught.value.words


def test_a_fixed_address_wants_its_four_fields():
    settings = Settings(defaults())
    with pytest.raises(SettingError) as caught:
        settings.change({"network.mode": "static", "network.address": "10.0.0.9"})
    assert caught.value.name == "network.gateway"


def test_asking_for_no_setting_is_an_error_with_a_hint():
    with pytest.raises(SettingError) as caught:
        Settings(defaults()).get("modbus.statio")
    assert caught.value.words == ("modbus.statio", "modbus.station")
