"""The word tables, the pages and the private things: each checker catches a planted fault."""

import pytest

from tools import check_docs, check_private, check_words


def plant(folder, path, text):
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def words(folder, **tables):
    """Four tables that agree, except where a test says otherwise."""
    for language in check_words.LANGUAGES:
        table = tables.get(language, "# control\nfollow=x {0} W\n")
        plant(folder, "firmware/words/" + language + ".txt", table)
    return check_words.faults(folder)


def test_four_equal_tables_pass(tmp_path):
    assert words(tmp_path) == []


@pytest.mark.parametrize("table, fault", [
    ("", "follow is missing"),
    ("follow=x {0} W\nmore=y\n", "more is not in en.txt"),
    ("follow=x W\n", "other numbers"),
    ("follow=x {1} W\n", "other numbers"),
    ("follow=\n", "has no text"),
    ("follow\n", "has no text"),
    ("follow=x {0} W\nfollow=y {0} W\n", "twice"),
    ("Follow me=x\n", "is no code"),
])  # fmt: skip
def test_a_table_that_differs_is_named(tmp_path, table, fault):
    assert any("fr.txt" in found and fault in found for found in words(tmp_path, fr=table))


def test_a_language_without_a_table_is_named(tmp_path):
    words(tmp_path)
    (tmp_path / "firmware/words/de.txt").unlink()
    assert check_words.faults(tmp_path) == ["firmware/words/de.txt: a language without a table"]


def test_a_journal_code_without_a_text_is_named(tmp_path):
    plant(tmp_path, "firmware/tasks/a.py", 'def f(journal, now):\n    journal.add(now, "lost", 3)\n')
    assert words(tmp_path) == ["firmware/tasks/a.py:2: 'lost' has no text in firmware/words"]


def test_a_page_that_names_a_lost_file_is_named(tmp_path):
    plant(tmp_path, "firmware/p1/framer.py", "")
    text = "See `firmware/p1/framer.py` and\n`firmware/p1/gone.py`, [here](gone.md).\n"
    plant(tmp_path, "docs/travel.md", text)
    assert check_docs.faults(tmp_path) == [
        "docs/travel.md:2: there is no firmware/p1/gone.py",
        "docs/travel.md:2: the link gone.md leads nowhere",
    ]


# Written in pieces, so that this file holds nothing that the checker forbids.
@pytest.mark.parametrize("line, fault", [
    ("open('/" + "root/x')", "somebody's machine"),
    ("cd /" + "home/jan/x", "somebody's machine"),
    ("see ../" + "shared/x", "outside the project"),
    ("https://py" + "pi.org/x", "host of a package index"),
    ("https://deb.deb" + "ian.org/x", "host of a package index"),
    ("-----BEGIN EC " + "PRIVATE KEY-----", "private key"),
])  # fmt: skip
def test_a_private_thing_is_named(tmp_path, line, fault):
    plant(tmp_path, "docs/a.md", "fine\n" + line + "\n")
    found = check_private.faults(tmp_path)
    assert len(found) == 1 and found[0].startswith("docs/a.md:2:") and fault in found[0]


def test_what_was_fetched_is_not_judged(tmp_path):
    plant(tmp_path, "lib/other/a.py", "open('/" + "root/x')\n")
    plant(tmp_path, ".venv/a.py", "open('/" + "root/x')\n")
    assert check_private.faults(tmp_path) == []


def test_this_project_says_the_same_in_four_languages(root):
    assert check_words.faults(root) == []


def test_this_projects_pages_name_what_exists(root):
    assert check_docs.faults(root) == []


def test_this_project_holds_nothing_private(root):
    assert check_private.faults(root) == []
