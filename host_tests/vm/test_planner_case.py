"""`python -m tools.plan`: a case in, a plan out; a field that cannot be is named."""

import json
import random
import subprocess
import sys

import pytest

from tools.bench.planner_peer import optimum, random_case
from tools.plan.question import QuestionError, whole_numbers
from tools.vm import ROOT

KEYS = ["cost_eur", "import_wh", "export_wh", "charge_wh", "discharge_wh", "soc_wh", "peak_w", "ms",
        "heap_peak"]


def run(*arguments, data=None):
    """-> (exit code, standard output, standard error)"""
    done = subprocess.run([sys.executable, "-m", "tools.plan", *map(str, arguments)], cwd=ROOT, input=data,
                          capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def case():
    return random_case(random.Random(3), 96)


@pytest.mark.parametrize("how", ([], ["--vm32", "--heap", "120k"]))
def test_the_plan_adds_up(case, how, tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case))
    code, out, err = run(path, *how)
    assert (code, err) == (0, "")
    plan = json.loads(out)
    assert list(plan) == KEYS and 0 < plan["heap_peak"] < 40 * 1024 and plan["ms"] > 0
    battery, stored = case["battery"], case["battery"]["soc_wh"]
    cost = case["peak"]["eur_kw"] * max(0, plan["peak_w"] - case["peak"]["paid_w"]) / 1000
    for slot, soc in enumerate(plan["soc_wh"]):
        bought, sold, into, out_of = (plan[key][slot] for key in KEYS[1:5])
        assert bought - sold == pytest.approx(
            case["load_wh"][slot] - case["pv_wh"][slot] + into - out_of, abs=0.002)
        assert min(bought, sold) == 0 and min(into, out_of) == 0
        stored += into * battery["eta_charge"] - out_of / battery["eta_discharge"]
        assert soc == pytest.approx(stored, abs=0.01)
        stored = soc
        cost += (case["buy_eur_kwh"][slot] * bought - case["sell_eur_kwh"][slot] * sold) / 1000
        cost += battery["wear_eur_kwh"] * out_of / 1000
    cost -= case["leftover_eur_kwh"] * stored / 1000
    assert plan["cost_eur"] == pytest.approx(cost, abs=0.0001)
    assert plan["cost_eur"] == pytest.approx(optimum(case), abs=0.001)
    assert plan["peak_w"] == pytest.approx(max(plan["import_wh"]) * 3600 / case["slot_s"], abs=0.01)


def test_standard_input_will_do(case):
    free = dict(case, peak=None)
    code, out, _ = run("-", data=json.dumps(free))
    assert code == 0 and json.loads(out)["cost_eur"] == pytest.approx(optimum(free), abs=0.001)


@pytest.mark.parametrize("text, said", [
    ("{", "is not JSON"), ("[]", "the case: must be one JSON object"), ("{}", "slot_s: is missing"),
])
def test_what_is_no_case_is_refused(text, said):
    code, out, err = run("-", data=text)
    assert (code, out) == (2, "") and said in err


def test_a_file_that_is_not_there_is_named():
    code, _, err = run("no/such/case.json")
    assert code == 2 and "no/such/case.json" in err


def test_a_heap_too_small_is_no_plan(case):
    code, out, err = run("-", "--vm32", "--heap", "14k", data=json.dumps(case))
    assert (code, out) == (1, "") and "MicroPython made no plan" in err


def changed(case, path, value):
    """The case with one field set, or without it where value is Ellipsis."""
    copy = json.loads(json.dumps(case))
    holder = copy
    *above, name = path.split(".")
    for one in above:
        holder = holder[one]
    if value is ...:
        del holder[name]
    else:
        holder[name] = value
    return copy


@pytest.mark.parametrize("path, value", [
    ("slot_s", 0), ("slot_s", "900"), ("slot_s", True), ("buy_eur_kwh", ...), ("buy_eur_kwh", []),
    ("buy_eur_kwh", [0.1] * 141), ("buy_eur_kwh", 0.3), ("sell_eur_kwh", [0.1]), ("load_wh", ...),
    ("pv_wh", None), ("battery", ...), ("battery", []), ("battery.capacity_wh", -1),
    ("battery.soc_wh", 1e6), ("battery.min_wh", 1e6), ("battery.max_wh", 1e6), ("battery.charge_w", None),
    ("battery.discharge_w", -5), ("battery.eta_charge", 93), ("battery.eta_discharge", 0),
    ("battery.wear_eur_kwh", -0.01), ("battery.wear_eur_kwh", float("nan")), ("leftover_eur_kwh", ...),
    ("leftover_eur_kwh", float("inf")), ("peak", 5), ("peak.eur_kw", -1), ("peak.paid_w", ...),
])
def test_a_field_that_cannot_be_is_named(case, path, value):
    with pytest.raises(QuestionError, match="^" + path.replace(".", r"\.") + ": "):
        whole_numbers(changed(case, path, value))


def test_one_wrong_number_of_a_list_is_found(case):
    prices = list(case["buy_eur_kwh"])
    prices[17] = None
    with pytest.raises(QuestionError, match=r"^buy_eur_kwh\[17\]: None is no number"):
        whole_numbers(dict(case, buy_eur_kwh=prices))
