"""Sentences found in a plain and in a sorted file, in the language asked for or the next best."""

import pytest

from firmware.words import words
from firmware.words.words import LANGUAGES, say
from tools.build.tree import sort_words


@pytest.fixture
def texts(root):
    """language -> {code: text} of the files as people write them."""
    found = {}
    for language in LANGUAGES:
        lines = (root / "firmware" / "words" / (language + ".txt")).read_text(encoding="utf-8").splitlines()
        found[language] = dict(line.split("=", 1) for line in lines if line and line[0] != "#")
    return found


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Points say() at a folder of its own, with nothing remembered."""
    monkeypatch.setattr(words, "__file__", str(tmp_path / "words.py"))
    monkeypatch.setattr(words, "_recent", [])
    return tmp_path


def test_arguments_are_put_in():
    assert say("en", "task_dead", ("bus", "silent")) == (
        "Task bus stopped (silent): battery to neutral, then restart")


def test_an_unknown_code_is_its_own_text():
    assert say("nl", "no_such_code") == "no_such_code"
    assert say("nl", "") == ""


def test_too_few_arguments_still_give_a_sentence():
    assert "('bus',)" in say("en", "task_dead", ("bus",))


def test_an_unknown_language_is_english():
    assert say("it", "clock_set") == say("en", "clock_set")


def test_what_one_language_lacks_comes_in_english(folder):
    (folder / "nl.txt").write_text("one=een\n")
    (folder / "en.txt").write_text("one=one\ntwo=two {0}\n")
    assert (say("nl", "one"), say("nl", "two", (2,))) == ("een", "two 2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_found_in_the_plain_and_in_the_sorted_file(texts, folder, root, language):
    plain = (root / "firmware" / "words" / (language + ".txt")).read_text(encoding="utf-8")
    (folder / "en.txt").write_text("")
    for text in (plain, sort_words(plain)):
        (folder / (language + ".txt")).write_text(text, encoding="utf-8")
        words._recent.clear()
        for code, expected in texts[language].items():
            assert say(language, code) == expected.strip(), code
        for code in ("", "a", "zzzz", "set", "=", "task_dea"):
            assert say(language, code) == code


def test_a_sorted_file_is_found_in_few_reads(folder):
    lines = ["code_%04d=text %d" % (i, i) for i in range(2000)]
    (folder / "en.txt").write_text(sort_words("\n".join(lines)))
    reads = []

    class Counting:
        def __init__(self, file):
            self.file = file

        def readline(self):
            reads.append(1)
            return self.file.readline()

        def __iter__(self):
            for line in self.file:
                reads.append(1)
                yield line

        def __getattr__(self, name):
            return getattr(self.file, name)

    with open(folder / "en.txt", "rb") as file:
        assert words._bisect(Counting(file), b"code_1234=") == b"code_1234=text 1234\n"
    assert len(reads) < 60


def test_the_last_few_are_remembered_and_no_more(folder):
    (folder / "en.txt").write_text("".join("c%d=t%d\n" % (i, i) for i in range(20)))
    for i in range(20):
        say("en", "c%d" % i)
    assert len(words._recent) <= 4
    (folder / "en.txt").write_text("c19=changed\n")
    assert say("en", "c19") == "t19"
