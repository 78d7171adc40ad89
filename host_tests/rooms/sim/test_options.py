"""Every wrong option or timeline is named, with what it may be, and ends with status 2."""

import json

import pytest

from tools.sim import faults
from tools.sim.options import parse


def refused(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        parse(list(arguments))
    assert ended.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments, names",
    [
        (("--scenario", "Z"), ("Z", "A")),
        (("--speed", "0"), ("'0'", "1 to 20")),
        (("--speed", "fast"), ("fast",)),
        (("--seconds", "-3"), ("-3", "from 1 up")),
        (("--soc", "120"), ("120", "0 to 100")),
        (("--heap", "lots"), ("lots", "96k")),
        (("--start", "noon"), ("noon", "2026-06-22T12:05")),
        (("--p1", "/dev/nowhere"), ("/dev/nowhere", "cable")),
        (("--p1", "/etc/passwd"), ("/etc/passwd", "serial port")),
        (("--p1", "/dev/null", "--speed", "4"), ("--speed is 4", "--p1")),
        (("--p1", "/dev/null", "--rs485", "/dev/null"), ("/dev/null", "own")),
        (("--bits", "16"), ("16",)),
        (("--colour",), ("--colour",)),
        (("--car", "fast", "--web"), ("fast", "turbo")),
        (("--car", "turbo"), ("--car", "--web")),
    ],
)
def test_wrong_options(capsys, arguments, names):
    text = refused(capsys, *arguments)
    for name in names:
        assert name in text


@pytest.mark.parametrize(
    "entries, names",
    [
        ([{"at_s": 1, "fault": "earthquake"}], ("earthquake", "unplug_meter")),
        ([{"fault": "brown_out"}], ("entry 1", "at_s")),
        ([{"at_s": "soon", "fault": "brown_out"}], ("soon",)),
        ([{"at_s": 1, "fault": "brown_out", "when": 3}], ("when",)),
        ([{"at_s": 1, "fault": "corrupt_bytes", "value": -1}], ("-1", "value")),
        ({"at_s": 1}, ("list",)),
        (["brown_out"], ("brown_out",)),
    ],
)
def test_wrong_timelines(capsys, tmp_path, entries, names):
    path = tmp_path / "f.json"
    path.write_text(json.dumps(entries))
    text = refused(capsys, "--faults", str(path))
    for name in names:
        assert name in text


def test_a_fault_of_a_meter_that_is_not_ours_cannot_be_played(capsys, tmp_path):
    path = tmp_path / "f.json"
    path.write_text('[{"at_s": 1, "fault": "unplug_meter"}]')
    assert "unplug_meter" in refused(capsys, "--faults", str(path), "--p1", "/dev/null")


def test_json_and_csv_say_the_same(tmp_path):
    (tmp_path / "f.json").write_text(
        '[{"at_s": 40, "fault": "brown_out"},'
        ' {"at_s": 20, "for_s": 15, "fault": "corrupt_bytes", "value": 0.2}]'
    )
    (tmp_path / "f.csv").write_text("at_s,for_s,fault,value\n40,,brown_out,\n20,15,corrupt_bytes,0.2\n")
    read = [
        [(one.at_s, one.for_s, one.name, one.value) for one in faults.read(tmp_path / name)]
        for name in ("f.json", "f.csv")
    ]
    assert read[0] == read[1] == [(20, 15, "corrupt_bytes", 0.2), (40, 10, "brown_out", None)]


def test_the_help_lists_every_fault(capsys):
    with pytest.raises(SystemExit) as ended:
        parse(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for name in faults.FAULTS:
        assert name in text


def test_without_cables_a_story_has_an_end_and_with_cables_it_has_none():
    assert parse([]).seconds == 150
    assert parse(["--p1", "/dev/null", "--rs485", "/dev/zero"]).seconds is None
