"""Who a box is: read as written, never shown, never believed for another box."""

import pytest

from firmware.settings.identity import ALPHABET, Identity, ssid_of
from firmware.settings.identity_file import load
from tools.provision import identity as desk

MAC = "F4:12:FA:40:06:E4"


@pytest.fixture
def drawn():
    return desk.draw(MAC)


def test_a_box_reads_what_the_desk_wrote(tmp_path, drawn):
    (tmp_path / "identity.json").write_bytes(desk.pack(drawn))
    identity, reason = load(str(tmp_path), MAC)
    assert reason is None
    assert (identity.ssid, identity.mac) == ("JULLIX_4006E4", MAC)
    assert (identity.password, identity.pop) == (drawn["password"], drawn["pop"])


def test_nothing_that_prints_an_identity_shows_a_secret(tmp_path, drawn):
    identity = Identity(MAC, password=drawn["password"], pop=drawn["pop"])
    for text in (repr(identity), str(identity), "%s" % identity, "{}".format(identity), repr([identity])):
        assert drawn["password"] not in text and drawn["pop"] not in text


@pytest.mark.parametrize("content, reason", [
    (None, "identity_missing"), (b"", "identity_damaged"), (b"{}", "identity_damaged"),
])
def test_without_a_whole_file_there_are_no_secrets_but_a_name(tmp_path, content, reason):
    if content is not None:
        (tmp_path / "identity.json").write_bytes(content)
    identity, why = load(str(tmp_path), MAC)
    assert (identity.ssid, identity.password, identity.pop, why) == ("JULLIX_4006E4", None, None, reason)
    assert not identity.owns("")


def test_the_file_of_another_box_is_not_believed(tmp_path, drawn):
    (tmp_path / "identity.json").write_bytes(desk.pack(drawn))
    identity, why = load(str(tmp_path), "F4:12:FA:40:06:E5")
    assert (identity.password, why) == (None, "identity_other_box")


def test_the_pop_code_is_known_however_it_is_typed(drawn):
    identity = Identity(MAC, pop=drawn["pop"])
    printed = desk.grouped(drawn["pop"], 6)
    assert identity.owns(printed) and identity.owns(printed.lower()) and identity.owns(drawn["pop"])
    wrong = "2" if drawn["pop"][-1] != "2" else "3"
    for typed in ("", drawn["pop"][:-1], drawn["pop"] + "2", drawn["pop"][:-1] + wrong):
        assert not identity.owns(typed)


def test_codes_hold_enough_bits_and_no_letters_that_look_alike(drawn):
    assert desk.bits(len(drawn["pop"])) >= 80 and desk.bits(len(drawn["password"])) >= 59
    assert not set("01OIL") & set(ALPHABET)
    assert set(drawn["pop"] + drawn["password"]) <= set(ALPHABET)


def test_secrets_come_from_nothing_a_box_tells():
    first, second = desk.draw(MAC), desk.draw(MAC)
    assert first["password"] != second["password"] and first["pop"] != second["pop"]
    assert first["serial"] == second["serial"]


def test_the_ssid_is_as_printed_in_the_guide():
    assert ssid_of("00:11:22:ab:c1:23") == "JULLIX_ABC123"
