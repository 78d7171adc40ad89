"""The replay command: what it takes and refuses, what its summary counts; what a decision allocates."""

import json

import pytest

from tools.replay import __main__ as replay
from tools.replay import profile
from tools.replay.contest import TRACES, compete, judged, laws, settling_s, traces
from tools.replay.drive import run
from tools.replay.ideal import Ideal
from tools.replay.plant import Battery, Meter

_KEYS = {"import_wh", "export_wh", "month_peaks_w", "avoidable_wh", "direction_changes", "seconds_per_rule",
         "soc", "throughput_wh", "seconds"}


def test_a_trace_becomes_a_summary(tmp_path):
    told = tmp_path / "settings.json"
    told.write_text(json.dumps({"control.buffer_pct": 0}))
    out = tmp_path / "found.json"
    assert replay.main(["--profile", str(TRACES / "cyprus_netload.csv"), "--settings", str(told),
                        "--latency-s", "2", "--json", str(out)]) == 0
    found = json.loads(out.read_text())
    summary = found["summary"]
    assert _KEYS <= set(summary)
    assert sum(summary["seconds_per_rule"].values()) == summary["seconds"] == 25200 // 30 * 30
    assert set(summary["soc"]) == {"min", "max", "start", "end"}
    assert found["journal"][0][1] == "safe"


@pytest.mark.parametrize("text, said", [
    ("a,b\n1,2\n3,4\n", "t_s,load_w,pv_w"),
    ("t_s,load_w\n", "two rows"),
    ("t_s,load_w\n0,1\n1,x\n", ":3:"),
    ("t_s,load_w\n5,1\n5,2\n", ":3: t_s must rise"),
    ("t_s,load_w,pv_w\n0,1,2\n1,1,-5\n", ":3:"),
    ("t_s,load_w\n0,nan\n1,1\n", ":2:"),
    ("t_s,load_w\n0\n1,1\n", ":2:"),
])
def test_a_profile_that_cannot_be_read_is_refused_by_line(tmp_path, capsys, text, said):
    path = tmp_path / "house.csv"
    path.write_text(text)
    assert replay.main(["--profile", str(path)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("told, said", [
    ({"control.buffer_pct": 200}, "200"), ({"control.bufer_pct": 20}, "control.buffer_pct")])
def test_a_setting_that_cannot_be_used_is_named(tmp_path, capsys, told, said):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(told))
    assert replay.main(["--profile", str(TRACES / "cyprus_netload.csv"), "--settings", str(path)]) == 2
    assert said in capsys.readouterr().err


class Still:
    """A law that does nothing, and one that is told what to do."""

    def __init__(self, power_w=None):
        self.power_w = power_w

    def ask(self, _battery, _meter, _now_ms):
        return self.power_w


def test_the_model_keeps_its_energy():
    battery, meter = Battery(5000, 3000, 50, 0, 10000), Meter(1767571200)
    run([(1, 1000, 0)] * 3600, Still(), battery, meter)
    assert (meter.import_ws // 3600, meter.export_ws, battery.soc_pct()) == (1000, 0, 50)
    run([(1, 1000, 0)] * 3600, Still(1000), battery, meter)
    assert abs(meter.import_ws // 3600 - 1000) <= 1
    assert battery.full_ws // 2 - battery.held_ws - 1000 * 3600 * 100 // 96 < 4000


@pytest.mark.parametrize("latency_ms, ramp_w_s, after_s, power_w", [
    (0, 10000, 1, 1000), (2000, 10000, 2, 0), (2000, 10000, 3, 1000), (1000, 250, 3, 500),
    (1000, 250, 5, 1000)])
def test_the_model_has_dead_time_and_ramp(latency_ms, ramp_w_s, after_s, power_w):
    battery = Battery(5000, 3000, 50, latency_ms, ramp_w_s)
    battery.ask(1005, 0)
    for second in range(after_s):
        battery.step((second + 1) * 1000, 1000)
    assert battery.power_w == power_w  # steps of 10 W


def test_the_model_stops_at_full_and_at_empty():
    battery = Battery(100, 3000, 50, 0, 10000)
    for power_w, percent in ((-3000, 100), (3000, 0)):
        battery.ask(power_w, 0)
        for second in range(400):
            battery.step((second + 1) * 1000, 1000)
        assert battery.soc_pct() == percent and battery.held_ws >= 0


def test_the_meter_builds_its_quarter_up_from_nothing_and_keeps_the_months_peak():
    meter = Meter(1767571200)
    shown = []
    for _ in range(900):
        shown.append(meter.demand_w())
        meter.step(1800, 1800, 1000)
    assert shown[0] == 0 and shown[450] == 900 and meter.demand_w() == 0
    assert meter.month_peak_w() == 1800


def test_the_ideal_exchanges_only_what_is_beyond_the_battery():
    ideal = Ideal(Battery(5000, 3000, 50, 0, 10000))
    ideal.step(2000, 600)
    assert ideal.exchange_ws == 0
    ideal.step(5000, 60)
    assert ideal.exchange_ws == 2000 * 60


@pytest.mark.parametrize("trace, dead_s", [
    ("household", 0), ("household", 2), ("household", 3), ("household", 4), ("household", 6),
    ("netload", 0), ("netload", 3), ("netload", 6)])
def test_ours_exchanges_least_or_nearly_and_does_not_flap(trace, dead_s):
    rows = traces()[trace]
    found = {(trace, dead_s, 1500, name): compete(rows, make, dead_s, 1500) for name, make in laws()}
    [(_, _, _, ours_wh, _, best_wh, turns, integral_turns)] = judged(found)
    assert ours_wh <= best_wh * 105 // 100
    if dead_s >= 2:
        assert turns * 10 <= integral_turns


def test_a_step_is_settled_where_the_integral_law_never_does():
    made = dict(laws())
    assert settling_s(made["ours"], 2, 1500) <= 6
    assert settling_s(made["integral, K 1.0"], 2, 1500) is None


def test_a_profile_of_minutes_is_read_with_its_comments():
    rows = profile.rows(TRACES / "cyprus_netload.csv")
    assert rows[0] == (30, 492, 1919) and len(rows) == 840


def test_a_decision_allocates_less_than_a_kilobyte(run_vm):
    printed = run_vm("""
import gc
from tools.replay.drive import Ours
from tools.replay.plant import Battery, Meter
law, battery, meter = Ours({"control.dead_ms": 1000}), Battery(soc_pct=35), Meter(1767571200)
most = 0
for i in range(1, 300):
    battery.step(i * 1000, 1000)
    meter.step(500 + i * 37 % 4000, 500 + i * 37 % 4000 - battery.power_w, 1000)
    law.see(battery, meter, i * 1000)
    gc.collect()
    used = gc.mem_alloc()
    power_w = law.beat()[1].power_w
    most = max(most, gc.mem_alloc() - used) if i > 20 else 0
    battery.ask(power_w, i * 1000)
print(most)
""")
    assert int(printed) < 1024
