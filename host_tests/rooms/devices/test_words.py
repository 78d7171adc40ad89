"""Every word that this room can say has a sentence; faults by the maker's own list."""

import ast
import pathlib
import re

import pytest

from firmware.devices import driver
from firmware.words.words import say

from .desk import opened

ROOM = pathlib.Path(driver.__file__).parent

# Fault IDs of the maker's list, and those that appear on HYD-ES only (facts 1.4).
FAULTS = (*range(1, 6), *range(9, 13), 15, 17, 18, 19, 21, 22, *range(25, 32), 34, 35, *range(49, 56),
          57, 58, 59, 65, 66, 67, 70, 75, 76, 77)
HYBRID = (7, 8, 13, 14, 16, 20, 32, 33, 48, 56, 60, 68, 73, 74)
# word: (first register of the field, bit, ID)
HINTS = [("sofar_alert_", bit, number) for bit, number in ((0, 81), (1, 82), (2, 83), (3, 84), (7, 85))]
HINTS += [("sofar_board_", bit, number) for bit, number in ((3, 94), (4, 95), (5, 96), (6, 97), (7, 98))]
HINTS += [("sofar_battery_", bit + 100, bit + 100) for bit in range(8)]


def said(language, code):
    text = say(language, code)
    assert text != code, "no sentence for " + code
    return text


def noted():
    """Codes given to _note and words returned by status(), found in the source: (code, arguments or None)."""
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("_note"):
                codes = [part.value for part in ast.walk(node.args[0])
                         if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                for code in codes:
                    yield code, len(node.args) - 1
            if isinstance(node, ast.FunctionDef) and node.name == "status":
                for part in ast.walk(node):
                    if isinstance(part, ast.Return):
                        for word in ast.walk(part.value):
                            if isinstance(word, ast.Constant) and isinstance(word.value, str):
                                yield word.value, 0


def test_events_and_status_have_a_sentence_with_as_many_gaps():
    codes = list(noted())
    assert len(codes) > 20
    for code, count in codes:
        assert len(set(re.findall(r"\{\d\}", said("en", code)))) == count, code


@pytest.mark.parametrize("number", FAULTS + HYBRID)
def test_each_fault_names_its_id(number):
    assert "(ID%02d)" % number in said("nl", "sofar_fault_%d" % number)


@pytest.mark.parametrize("word, bit, number", HINTS)
def test_each_hint_names_its_id(word, bit, number):
    assert "(ID%d)" % number in said("fr", word + str(bit))


def test_states_and_modes():
    model = opened("sofar_me3000sp")
    for state in model.STATES:
        said("de", "state_" + state)
    for mode in model.MODES:
        said("de", "mode_" + mode)


def test_not_passive_tells_the_display_steps_of_the_guide():
    for language in ("nl", "fr", "en", "de"):
        text = said(language, "inverter_not_passive")
        steps = ["Back", "1.Enter Setting", "12.Work Mode Set", "4.Set Passive Mode"]
        places = [text.index(step) for step in steps]
        assert places == sorted(places)
