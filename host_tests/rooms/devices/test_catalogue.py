"""Every file of the catalogue: its shape, its words, its sources, and every row read back."""

import ast
import builtins
import pathlib
import re
import sys

import pytest

from firmware.core.readings import Inverter
from firmware.devices import check, entry, index
from firmware.devices.driver import _family_of, open_driver

from .desk import Desk, opened, rows_of
from .paper import TABLES

FOLDER = pathlib.Path(entry.__file__).parent / "catalogue"
FILES = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")


def test_sound(model):
    file, base = entry.files(model[0])
    assert check.faults(model[1], entry.groups(file, base), entry.details(file, base)) == []


def test_words_are_those_of_the_index(model):
    name, found = model
    choice = [choice for choice in index.CHOICES if choice[4] == name][0]
    assert (found.TYPE, found.GROUP, found.SUBGROUP, found.MODEL) == choice[:4]


def test_no_file_is_left_over():
    named = {choice[4] for choice in index.CHOICES}
    for choice in index.CHOICES:
        for file in entry.files(choice[4]):
            named |= {getattr(file, "BASE", None), getattr(file, "MORE", None)}
    assert {path.stem for path in FILES} == named - {None}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_literals_only(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign):
            ast.literal_eval(node.value)
        else:
            assert isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant), ast.dump(node)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_and_write_has_a_grade(path):
    text = path.read_text()
    rows = [line for line in text.splitlines() if re.match(r'\s+\((0x[0-9A-F]{4}, "|"\w+", \(\()', line)]
    assert rows
    for line in rows:
        above = text[:text.index(line)].rstrip().splitlines()[-1]
        assert re.search(r"# [ABCX]: ", line) or re.match(r"\s+# ", above), line
    for grade in set(re.findall(r"# ([A-Z]): ", text)):
        assert grade in "ABCX"


def test_only_the_chosen_file_is_loaded(monkeypatch):
    asked = []
    real = builtins.__import__

    def spy(name, *rest):
        asked.append(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", spy)
    open_driver("Meter", "Eastron", "", "SDM630", 1, 0)
    assert [name.split(".")[-1] for name in asked if ".catalogue." in name] == ["eastron_sdm630"]
    assert not [name for name in sys.modules if ".catalogue." in name]


def test_every_row_is_read_as_the_makers_table_says(model):
    """The witness's words in, our values out, through the driver; no row of ours without a line of theirs."""
    name, _ = model
    desk = Desk(name, lines=TABLES[name](), beat_ms=None)
    desk.run(12000)
    expected = {key: value for _, _, _, key, value in TABLES[name]()}
    assert dict(desk.driver.details()) == expected
    assert {row[1] for row in rows_of(name)} == set(expected)
    for key in set(Inverter.FIELDS) & set(expected) - {"state", "soc_pct"}:
        assert getattr(desk.reading, key) == expected[key], key


def test_reads_stay_within_what_the_device_answers(model):
    for _, _, _, start, count, rows in model[1].reads:
        assert count <= model[1].LONGEST
        assert all(start <= row[0] < start + count for row in rows)


@pytest.mark.parametrize("name, function, first, count", [
    ("sofar_me3000sp", 3, 0x020D, 9),  # facts' frames: fast, whole block, identity
    ("sofar_me3000sp", 3, 0x0200, 58),
    ("sofar_me3000sp", 4, 0x2000, 14),
    ("sofar_me3000sp", 3, 0x1200, 1),
    ("sofar_hyd_es", 3, 0x0200, 86),
    ("eastron_sdm630", 4, 0x0034, 2),
])
def test_the_reads_of_the_field(name, function, first, count):
    assert (function, first, count) in [(read[1], read[3], read[4]) for read in opened(name).reads]


def test_retro_does_not_know_solar_and_the_clamp_does():
    keys = {name: {row[1] for row in rows_of(name)} for name in TABLES}
    assert not {"solar_w", "solar_wh"} & keys["sofar_me3000sp"]
    assert {"solar_w", "solar_wh"} <= keys["sofar_me3000sp_ctpv"] & keys["sofar_hyd_es"]


def test_fields_of_the_reading_are_filled_by_rows():
    """A typing error in a key would silently become a detail: these must be fields."""
    keys = {row[1] for row in rows_of("sofar_me3000sp_ctpv")}
    assert set(Inverter.FIELDS) - keys == {
        "ready", "faults", "charge_max_w", "discharge_max_w", "full", "empty", "model"}


@pytest.mark.parametrize("serial, family", [
    ("SE1ES130LBL394", "ME3000SP"), ("ZE1E0000000000", "ME3000SP"), ("SM1ES130LBL394", "HYD-ES"),
    ("ZM1E0000000000", "HYD-ES"), ("SP1XX", None), ("", None),
])
def test_fingerprint(serial, family):
    assert _family_of(opened("sofar_me3000sp").SERIALS, serial) == family


def test_options_step_by_step():
    assert index.options() == ["Retro", "Hybrid", "Meter"]
    assert index.options("Hybrid") == ["Sofar"]
    assert index.options("Hybrid", "Sofar") == ["ME3000SP", "HYD-ES"]
    assert index.options("Retro", "Sofar") == [None]
    assert index.options("Retro", "Sofar", None) == ["Sofar ME3000SP"]
    assert index.options("Boiler") == []


@pytest.mark.parametrize("words, text", [
    (("Rettro", "Sofar", "", "Sofar ME3000SP"), "'Rettro' is not in the catalogue; choose one of: Retro"),
    (("Retro", "Sofa", "", "Sofar ME3000SP"), "group 'Sofa'"),
    (("Hybrid", "Sofar", "", "Sofar ME3000SP (CTpv)"), "choose one of: ME3000SP, HYD-ES"),
    (("Retro", "Sofar", "", "ME3000SP"), "model 'ME3000SP'"),
])
def test_an_unknown_word_is_named_with_what_is_possible(words, text):
    with pytest.raises(index.UnknownModel) as caught:
        entry.open_model(*words, 1)
    assert text in str(caught.value)


class File:
    """A small sound file; each test spoils one thing."""

    TYPE, GROUP, SUBGROUP, MODEL, FAMILY = "Retro", "X", None, "X", "X"
    LONGEST, MEASURE = 10, "power_w"
    READS = (("fast", 3, False, ((1, "power_w", "s16", 1, 1),)),)
    WRITES = (("rest", ((6, 5, "u16", (0,)),)), ("power", ((6, 6, "s16", ((1, 1),)),)))
    CHARGE_MAX_W = DISCHARGE_MAX_W = 5000


def faults_of(file):
    try:
        return check.faults(entry.made("small", file, None), file.READS, entry.details(file, None))
    except ValueError as error:
        return [str(error)]


def test_the_small_file_is_sound():
    assert faults_of(File) == []


@pytest.mark.parametrize("name, value, text", [
    ("READS", (("often", 3, False, File.READS[0][3]),), "rhythm 'often'"),
    ("READS", (("fast", 6, False, File.READS[0][3]),), "function 6 does not read"),
    ("READS", (("fast", 3, False, ((1, "power_w", "s17", 1, 1),)),), "s17"),
    ("READS", (("fast", 3, False, ((1, "power_w", "s16", 1, 0),)),), "power_w"),
    ("READS", (("fast", 3, False, ((1, "power_w", "s16", 0, 1),)),), "multiply is 0"),
    ("READS", (("fast", 3, False, ((0xFFFF, "power_w", "u32", 1, 1),)),), "outside"),
    ("READS", (("fast", 3, False, ((1, "power_w", "text", 1, 11),)),), "wider than one read"),
    ("READS", (("fast", 3, False, ((1, "power_w", "s16"),)),), "must be (address"),
    ("READS", (("fast", 3, False, File.READS[0][3] * 2),), "key stands twice"),
    ("READS", (("fast", 3, False, ()),), "MEASURE"),
    ("DETAILS", ((3, ((9, "far_w", "u16", 1, 1),)),), "no read fetches it"),
    ("WRITES", File.WRITES[:1], "needs the write 'power'"),
    ("WRITES", File.WRITES[1:], "needs the write 'rest'"),
    ("WRITES", File.WRITES + (("dance", ((6, 5, "u16", (0,)),)),), "dance"),
    ("WRITES", File.WRITES + (("alive", ((6, 5, "u16", (0,)),)),), "ALIVE_MS"),
    ("WRITES", File.WRITES[:1] + (("power", ((6, 6, "u16", ((1, 1),)),)),), "power at -5000 W"),
    ("WORN", ((5, 5),), "register 0x0005 wears out"),
    ("CHARGE_MAX_W", 0, "above 0"),
    ("STATUS", "nobody", "STATUS 'nobody'"),
    ("QUIRKS", ("odd",), "quirk 'odd'"),
    ("OBEYS_IN", "passive", "OBEYS_IN"),
    ("STEP_W", 0, "STEP_W"),
])
def test_the_checker_names_what_is_wrong(name, value, text):
    spoiled = type("Spoiled", (File,), {name: value})
    found = faults_of(spoiled)
    assert any(text in fault for fault in found), found


def test_a_missing_name_is_told():
    with pytest.raises(ValueError, match="lacks LONGEST"):
        entry.made("bare", type("Bare", (), {"TYPE": "a", "GROUP": "b", "MODEL": "c", "FAMILY": "d"}), None)
