"""`tools.replay --plan`: two days of spring 2026 with real prices; what it needs and lacks is named."""

import json
from pathlib import Path

import pytest

from tools.replay.__main__ import main

FIXTURES = Path(__file__).parents[2] / "fixtures"
ENGIE = str(FIXTURES / "tariffs" / "engie.json")
PRICES = str(FIXTURES / "prices" / "be_dayahead_15min_2026-05-03_04.csv")


def replay(tmp_path, *more):
    settings = {"control.buffer_pct": 10, "control.min_soc_pct": 10, "control.dead_ms": 1000,
                "inverter.cost_eur_kwh": 90000}
    (tmp_path / "settings.json").write_text(json.dumps(settings))
    code = main(["--drawn", "1", "--start", "2026-05-02T22:00", "--settings", str(tmp_path / "settings.json"),
                 "--json", str(tmp_path / "found.json"), *more])
    return code, tmp_path / "found.json"


def test_the_plan_rules_where_there_are_prices(tmp_path):
    code, path = replay(tmp_path, "--plan", ENGIE, "--prices", PRICES)
    found = json.loads(path.read_text())
    assert code == 0 and found["plan"]["plans"] >= 95 and not found["plan"]["without"]
    assert found["summary"]["seconds_per_rule"]["plan"] > 43200


def test_without_prices_it_says_why_and_the_rules_rule(tmp_path):
    code, path = replay(tmp_path, "--plan", ENGIE)
    found = json.loads(path.read_text())
    assert code == 0 and found["plan"]["without"]["prices_missing"] >= 95
    assert "plan" not in found["summary"]["seconds_per_rule"]


@pytest.mark.parametrize("more, says", [
    (("--plan", "nowhere.json"), "nowhere.json"), (("--plan", ENGIE, "--prices", ENGIE), "utc_start"),
    (("--plan", ENGIE, "--panels", "10x"), "panels"), (("--plan", ENGIE, "--vm"), "--vm")])
def test_what_cannot_be_used_is_named(tmp_path, capsys, more, says):
    code, _ = replay(tmp_path, *more)
    assert code == 2 and says in capsys.readouterr().err
