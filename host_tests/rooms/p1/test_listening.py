"""Finding the profile, and saying why nothing comes: seven words, each with what to do next."""

import pytest

from firmware.core.readings import Meter
from firmware.p1.counters import Counters
from firmware.p1.diagnosis import diagnose
from firmware.p1.profiles import COUNT, NAMES, Listener, profile

PROFILES = [profile(index) for index in range(COUNT)]
from firmware.words.words import LANGUAGES, say
from host_tests.rooms.p1.reader import FOLDER, LONGEST, Reader, sealed

DATA = LONGEST.read_bytes()


def watched(reader, until_s, line_level, fill):
    """What the diagnosis says after `until_s` seconds of `fill` (bytes) each second."""
    counters = reader.framer.counters
    word = diagnose(counters, line_level, 0)
    for second in range(1, until_s + 1):
        reader.feed(fill)
        word = diagnose(counters, line_level, second * 1000)
    return word


@pytest.mark.parametrize("fill, level, until_s, verdict", [
    (b"", 1, 20, ("p1_no_light", 20)),
    (b"\x00" * 30, 1, 20, ("p1_no_light", 0)),
    (b"", 0, 20, ("p1_silent", 20)),
    (b"", None, 20, ("p1_silent", 20)),
    (b"h]?V??3Y3,6VRkek%" * 5, 0, 20, ("p1_rubbish", 1700)),
    (DATA.replace(b"B06B", b"B06C"), 0, 5, ("p1_bad_checksum", 100)),
    (DATA[:700], 0, 5, ("p1_bad_checksum", 100)),
    ((FOLDER / "enc_sagemcom_glo_cipher_511.bin").read_bytes(), 0, 5, ("p1_encrypted", 5)),
    (sealed(b"/FLU5\\2\r\n\r\n0-0:96.1.1(41)\r\n0-0:1.0.0(240708200756S)\r\n!"), 0, 5, ("p1_not_opened", 5)),
    (DATA, 0, 5, ("p1_good", 0)),
    (DATA, None, 5, ("p1_good", 0)),
])
def test_each_word(fill, level, until_s, verdict):
    assert watched(Reader(), until_s, level, fill) == verdict


def test_some_damage_is_good_and_much_is_not():
    reader = Reader()
    bad = DATA.replace(b"B06B", b"B06C")
    assert watched(reader, 3, 0, DATA * 9 + bad) == ("p1_good", 10)
    assert watched(reader, 3, 0, DATA + bad) [0] == "p1_bad_checksum"
    assert watched(reader, 6, 0, DATA * 10) == ("p1_good", 0)


def test_a_heat_meter_alone_is_good():
    data = (FOLDER / "nl_warmtelink_heat_unpadded_crc.txt").read_bytes()
    assert watched(Reader(), 3, 0, data) == ("p1_good", 0)


def test_silence_after_good_days():
    reader = Reader()
    watched(reader, 5, 0, DATA)
    assert diagnose(reader.framer.counters, 0, 16000)[0] == "p1_good"
    assert diagnose(reader.framer.counters, 0, 17000) == ("p1_silent", 12)
    assert diagnose(reader.framer.counters, 1, 18000) == ("p1_no_light", 13)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_has_its_text_and_its_next_action(language):
    for word in ("good", "no_light", "silent", "rubbish", "bad_checksum", "encrypted", "not_opened"):
        for code, args in (("p1_" + word, (17,)), ("p1_" + word + "_do", ())):
            text = say(language, code, args)
            assert text != code and len(text) > 10, (language, code)
        assert "17" in say(language, "p1_" + word, (17,))
    assert "9600" in say(language, "p1_trying", (9600,))


def test_counters_forget_after_thirty():
    counters, meter = Counters(), Meter()
    assert counters.bad_pct() is None
    counters.judged("bad", meter, 0)
    assert counters.bad_pct() == 100
    for _ in range(40):
        counters.judged("ok", meter, 5000)
    assert counters.bad_pct() == 0 and counters.bad == 1 and counters.good == 40
    assert counters.good_age_ms(7000) == 2000


def test_listening_goes_round():
    """115200, then 9600 7E1, then both not inverted, 12 s each, and again."""
    listener, counters = Listener(), Counters()
    tried = [(0, listener.turn(counters, 0))]
    for now_ms in range(100, 60001, 100):
        row = listener.turn(counters, now_ms)
        if row:
            tried.append((now_ms, row))
    assert tried == [(0, PROFILES[0]), (12000, PROFILES[1]), (24000, PROFILES[2]), (36000, PROFILES[3]),
                     (48000, PROFILES[0]), (60000, PROFILES[1])]
    assert listener.rounds == 1 and not listener.sure


def test_a_telegram_settles_it():
    listener, counters = Listener(), Counters()
    listener.turn(counters, 0)
    assert listener.turn(counters, 12000) == PROFILES[1]
    counters.good += 1
    assert listener.turn(counters, 14000) is None and listener.sure
    assert listener.turn(counters, 73000) is None
    assert listener.turn(counters, 74000) == PROFILES[2]


def test_a_fixed_profile_stays():
    listener, counters = Listener("9600"), Counters()
    assert listener.turn(counters, 0) == (9600, 7, 0, 1, True)
    assert all(listener.turn(counters, now_ms) is None for now_ms in range(0, 300000, 1000))
    assert len(NAMES.split()) == len(PROFILES)


def test_ticks_may_wrap():
    """The tick counter starts over every 12.4 days."""
    listener, counters = Listener(), Counters()
    end = 1 << 30
    assert listener.turn(counters, end - 5000) == PROFILES[0]
    assert listener.turn(counters, 6000) is None
    assert listener.turn(counters, 7000) == PROFILES[1]
