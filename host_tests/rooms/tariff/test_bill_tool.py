"""`python -m tools.bill`: prints the fixture's bill; whatever is wrong is named with its line, exit 2."""

import json
from pathlib import Path

import pytest

from tools.bill.__main__ import main

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tariffs"
QUARTERS = str(FIXTURES / "quarters_2026-05-03.csv")


@pytest.mark.parametrize("contract, total, line", [
    ("engie.json", "8.74", "26.52 kWh x 15.2074849 ct"), ("manual.json", "8.04", "10.04 kWh x 14.25 ct")])
def test_it_prints_the_bill(capsys, contract, total, line):
    assert main([QUARTERS, str(FIXTURES / contract)]) == 0
    printed = capsys.readouterr().out
    assert line in printed and printed.count(total) == 1 and "3 of 31 days" in printed


def test_it_speaks_four_languages_and_json(capsys):
    for language, word in (("nl", "Capaciteitstarief"), ("fr", "Tarif capacitaire"), ("de",
                                                                                      "Kapazitätstarif")):
        assert main([QUARTERS, str(FIXTURES / "manual.json"), "--language", language]) == 0
        assert word in capsys.readouterr().out
    assert main([QUARTERS, str(FIXTURES / "manual.json"), "--json"]) == 0
    (month,) = json.loads(capsys.readouterr().out)
    assert month["month"] == "2026-05" and month["total_eur"] == "8.04"
    assert sum(round(float(one["eur"]) * 100) for one in month["lines"]) == 804


HEAD = "t_utc,import_wh,export_wh\n"


@pytest.mark.parametrize("text, says", [
    ("", "line 1: no column t_utc"), ("t_utc,import_wh\n", "line 1: no column export_wh"),
    (HEAD, "no quarter in it"), (HEAD + "2026-05-01T00:00Z,1\n", "line 2: 2 fields"),
    (HEAD + "yesterday,1,2\n", "line 2, t_utc: 'yesterday'"), (HEAD + "2026-05-01T00:00,1,2\n", "zone"),
    (HEAD + "2026-05-01T00:00Z,1.5,2\n", "line 2, import_wh: '1.5'"),
    (HEAD + "2026-05-01T00:00Z,1,-2\n", "line 2, export_wh: '-2'"),
    (HEAD + "2026-05-01T00:00Z,1,2\n1777593600,1,2\n", "line 3: Quarter 1777593600"),
    (HEAD + "1777593601,1,2\n", "line 2: 1777593601 is not the start"),
    (HEAD + "9" * 60 + ",1,2\n", "is not the start"), (HEAD + "1777593600,\u00b2,2\n", "import_wh"),
    (HEAD + "1777593600," + "9" * 5000 + ",2\n", "import_wh"), (HEAD + "\u00b2,1,2\n", "t_utc"),
    (HEAD + "1777593600,300000,2\n", "line 2: 300000 and 2 Wh"),
    (HEAD + "2027-05-01T00:00Z,1,2\n", "line 2: The figures of network end on 2026-12-31"),
    ("t_utc,import_wh,export_wh,price_eur_mwh\n1777593600,1,2,NaN\n", "line 2, price_eur_mwh: 'NaN'")])
def test_a_bad_file_is_refused_by_line(tmp_path, capsys, text, says):
    path = tmp_path / "quarters.csv"
    path.write_text(text)
    assert main([str(path), str(FIXTURES / "manual.json")]) == 2
    told = capsys.readouterr()
    assert says in told.err and not told.out


@pytest.mark.parametrize("text, says", [
    ("{", "cannot be read as JSON"), ("[]", "contract.json"), ('{"area": 5}', "area"), ("[" * 100000, "JSON"),
    ('{"area": "Fluvius Gent", "contract": "engie"}', "Fluvius Gent is not known"),
    ('{"area": "Fluvius West", "contract": "engi"}', "Contract engi is not known")])
def test_a_bad_contract_is_refused_by_field(tmp_path, capsys, text, says):
    path = tmp_path / "contract.json"
    path.write_text(text)
    assert main([QUARTERS, str(path)]) == 2
    assert says in capsys.readouterr().err


def test_a_dynamic_contract_without_prices_is_refused(tmp_path, capsys):
    path = tmp_path / "quarters.csv"
    path.write_text(HEAD + "1777593600,1,2\n")
    assert main([str(path), str(FIXTURES / "engie.json")]) == 2
    assert "line 2: No market price for 2026-05-01 02:00" in capsys.readouterr().err
    assert main([str(tmp_path / "none.csv"), str(FIXTURES / "engie.json")]) == 2
    assert "none.csv" in capsys.readouterr().err
    path.write_bytes(b"\xff\xfe\x00")
    assert main([str(path), str(FIXTURES / "engie.json")]) == 2
