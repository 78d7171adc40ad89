"""The device's own fetching in MicroPython, over verified TLS, against a service on the loopback that fails
in every way that a service can: what is refused changes nothing, the last good answer stays.
"""

import json
import subprocess
import sys

import pytest

from tools.vm import ROOT, vm

sys.path[:0] = [str(ROOT / "host_tests/rooms/tariff"), str(ROOT / "host_tests/vm")]

from answers import asked, charts, entsoe, milli, series, wave  # noqa: E402
from price_service import Service, certificates, http  # noqa: E402

FIRST, UNTIL = asked("2026-05-03", 2)
NOON = FIRST + 14 * 3600  # tomorrow's prices are wanted
GOOD = charts(FIRST, 192)
SCRIPT = ROOT / "host_tests" / "vm" / "fetching_in_vm.py"


@pytest.fixture(scope="module")
def trust(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("trust"))


@pytest.fixture
def fetched(tmp_path, trust):
    """fetched(answers, seconds after noon, …) -> (what each try left, what was asked)."""
    def fetch(answers, times, certificate="good", root="root", key="", bits=64, plain=False,
              **more):
        service = Service(None if plain else trust[certificate])
        service.answers += answers
        given = dict(more, port=service.port, root="" if plain else trust[root], folder=str(tmp_path),
                     key=key, now=[NOON + seconds for seconds in times])
        (tmp_path / "given.json").write_text(json.dumps(given))
        done = subprocess.run(
            vm.command(bits, "2m") + [str(SCRIPT), str(tmp_path / "given.json")], cwd=ROOT, text=True,
            capture_output=True, timeout=120, env=vm.environment(ROOT, ROOT / "lib"))
        service.close()
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout), service.asked
    return fetch


def codes(one):
    return [said[0] for said in one["said"]]


@pytest.mark.parametrize("bits", [64, 32])
def test_good_prices_over_verified_tls_are_kept_and_outlive_a_restart(fetched, bits):
    found, questions = fetched([http(GOOD, chunked=500)], [0, 60], bits=bits)
    assert questions == [("GET /price?bzn=BE&start=2026-05-03&end=2026-05-04 HTTP/1.1",
                          "api.energy-charts.info")]
    assert found[1]["values"] == milli(wave(192)) and found[1]["until"] == UNTIL
    assert found[2]["said"] == []  # all is known: nothing more is asked
    again, questions = fetched([], [120], bits=bits)
    assert again[0]["values"] == found[1]["values"] and again[0]["taken_s"] == NOON and not questions


HOSTILE = (
    ("truncated", http(GOOD[:2000], 200, "Content-Length: 5000"), "answer_cut"),
    ("cut within its length", http(GOOD[:2000]), "answer_cut"),
    ("huge", http(GOOD[:-1] + b" " * 200000 + b"}"), "answer_huge"),
    ("NaN", http(GOOD.replace(b"-60.0", b"NaN")), "answer_not_json"),
    ("twice", http(charts(FIRST, 192, unix_seconds=[FIRST] + [FIRST + 900 * at for at in range(191)])),
     "prices_twice"),
    ("hours in quarters", http(charts(FIRST, 48, 3600)), "prices_hourly"),
    ("another unit", http(GOOD.replace(b"EUR / MWh", b"GBP / MWh")), "prices_unit"),
    ("a page", http(b"<html>maintenance</html>"), "answer_not_json"),
    ("an error", http(b"sorry", 503), "answer_status"),
    ("elsewhere", http(b"", 302, "Location: http://127.0.0.1/"), "answer_status"),
    ("no HTTP", b"SSH-2.0-x\r\n", "answer_not_http"),
    ("silence", b"", "answer_cut"),
)


def test_whatever_is_wrong_the_last_good_prices_stay(fetched):
    """One box, one good answer of today alone, then every kind of bad ones, hours apart."""
    today = charts(FIRST, 96)
    times = [-7200] + [3600 * (1 + number) for number in range(len(HOSTILE))]
    found, questions = fetched([http(today)] + [answer for _, answer, _ in HOSTILE], times)
    assert len(questions) == 1 + len(HOSTILE)
    assert codes(found[1]) == ["prices_taken"]
    for (name, _, word), one in zip(HOSTILE, found[2:]):
        assert codes(one)[:2] == ["prices_refused", word], (name, one["said"])
        assert one["values"] == milli(wave(96)) and one["taken_s"] == NOON - 7200, name
        assert one["trouble"] == word


def test_entsoe_is_asked_when_the_first_one_fails_and_held_to_its_zone(fetched):
    days = [series(FIRST, wave(96)), series(FIRST + 86400, wave(96))]
    foreign = entsoe(series(FIRST, wave(192), zone="10YNL----------L"))
    mixed = entsoe(series(FIRST, wave(48), "PT60M"), days[0])
    broken = http(b"", 500)
    answers = [broken, http(foreign), broken, http(mixed), broken, http(entsoe(*days))]
    found, questions = fetched(answers, [0, 1, 4000, 4001, 9000, 9001], key="abc-123")
    assert [codes(one)[:2] for one in found[1:]] == [
        ["prices_refused", "answer_status"], ["prices_refused", "prices_zone"],
        ["prices_refused", "answer_status"], ["prices_refused", "prices_mixed"],
        ["prices_refused", "answer_status"], ["prices_taken"]]
    assert found[-1]["source"] == "entsoe" and found[-1]["values"] == milli(wave(96)) * 2
    assert questions[1] == ("GET /api?documentType=A44&in_Domain=10YBE----------2&out_Domain=10YBE----------2"
                            "&periodStart=202605022200&periodEnd=202605042200&securityToken=abc-123 HTTP/1.1",
                            "web-api.tp.entsoe.eu")


def test_who_says_to_wait_is_left_alone(fetched):
    busy = http(b"slow down", 429, "Retry-After: 900")
    found, questions = fetched([busy, http(GOOD)], [0, 60, 600, 899, 901])
    assert codes(found[1]) == ["prices_refused", "answer_status"] and codes(found[5]) == ["prices_taken"]
    assert not any(one["said"] for one in found[2:5])
    assert len(questions) == 2


def test_failures_in_a_row_are_further_and_further_apart(fetched):
    times = list(range(0, 900, 10))
    found, questions = fetched([http(b"", 500)] * 90, times)
    tried = [seconds for seconds, one in zip(times, found[1:]) if one["said"]]
    assert tried == [0, 60, 180, 420] and len(questions) == 4


@pytest.mark.parametrize("certificate, root", [("good", "stranger"), ("host", "root"), ("old", "root")])
def test_a_certificate_that_is_not_good_is_not_believed(fetched, certificate, root):
    found, questions = fetched([http(GOOD)], [0], certificate, root)
    assert codes(found[1]) == ["prices_refused", "service_not_trusted"], found[1]["said"]
    assert found[1]["values"] is None and not questions


def test_a_damaged_file_is_told_and_left(fetched, tmp_path):
    fetched([http(GOOD)], [0])
    path = tmp_path / "prices.bin"
    data = path.read_bytes()
    path.write_bytes(data[:200] + bytes([data[200] ^ 1]) + data[201:])
    found, _ = fetched([http(GOOD)], [60])
    assert codes(found[0]) == ["kept_damaged"] and found[0]["values"] is None
    assert codes(found[1]) == ["prices_taken"]


def test_the_sky_comes_from_the_second_service_when_the_first_is_out(fetched):
    solar = (ROOT / "host_tests/fixtures/prices/forecast_solar.json").read_bytes()
    import datetime
    year, month, day = 2024, 4, 26
    shift = FIRST - int(datetime.datetime(year, month, day, tzinfo=datetime.timezone.utc).timestamp()) + 7200
    for days in (1, 0):  # the fixture's two days become ours
        old = "{:04d}-{:02d}-{:02d}".format(year, month, day + days)
        solar = solar.replace(old.encode(), "2026-05-{:02d}".format(3 + days).encode())
    assert shift
    found, questions = fetched([http(GOOD), http(b"", 502), http(solar)], [0, 1, 1000], roof=True)
    assert codes(found[2]) == ["sky_refused", "answer_status"] and found[3]["sky"] == "forecast.solar"
    assert questions[1][1] == "api.open-meteo.com" and questions[2][0].startswith(
        "GET /estimate/51.050/3.720/35/0/4.800 ")


def test_a_service_without_tls_is_for_the_desk_alone(fetched):
    """The opener decides: the same code over plain TCP, as the tests without certificates use it."""
    found, _ = fetched([http(GOOD)], [0], plain=True)
    assert codes(found[1]) == ["prices_taken"]
