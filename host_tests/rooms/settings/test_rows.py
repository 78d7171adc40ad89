"""One table, three readers: the rows are well formed, worded in four languages, and the page is theirs."""

import pytest

from firmware.settings.rows import ROWS as OF_THE_BOX
from firmware.settings.rows_house import ROWS as HOUSE
from firmware.words.words import LANGUAGES, say
from tools.provision import manual

ROWS = OF_THE_BOX + HOUSE


def test_names_are_unique_and_fields_make_sense():
    names = [row[0] for row in ROWS]
    assert len(set(names)) == len(names)
    for name, kind, _, low, high, choices, unit, who in ROWS:
        assert kind in ("bool", "int", "choice", "text", "word", "ipv4", "panels"), name
        assert low <= high and who in ("owner", "installer"), name
        assert bool(choices) == (kind == "choice"), name
        assert isinstance(unit, str), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_has_a_label_and_a_help(language):
    for row in ROWS:
        for kind in ("set_", "help_"):
            code = kind + row[0].replace(".", "_")
            assert say(language, code) != code, (language, code)


def test_the_manual_page_is_as_new_as_the_rows(root):
    page = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == manual.page(), "python -m tools.provision --manual"
