"""What the summary counts, and how."""

import io
import json

import pytest
from rich.console import Console

from tools.sim.faults import Fault
from tools.sim.options import parse
from tools.sim.screen import Plain, export, picture
from tools.sim.story import Story
from tools.sim.witness import Witness


def watched(grid, battery=None):
    witness = Witness(98304)
    for second, watts in enumerate(grid, 1):
        witness.second(second, watts, battery[second - 1] if battery else 0, 55)
    return witness


def test_energy_and_the_mean_are_summed_by_sign():
    summary = watched([3600] * 10 + [-1800] * 20).summary()
    assert (summary["grid_import_wh"], summary["grid_export_wh"]) == (10, 10)
    assert summary["mean_abs_grid_w"] == 2400


def test_settled_is_the_first_second_of_ten_quiet_ones():
    assert watched([900] * 5 + [40] * 9 + [60] + [-50] * 11).settled_s == 16
    assert watched([900] * 5 + [40] * 9).settled_s is None


def test_a_change_of_direction_is_more_than_a_swing_around_zero():
    assert watched([0] * 7, [500, 40, -50, 0, 300, -400, 500]).turns == 2


def test_counters_go_on_over_a_reboot():
    witness = Witness(98304)
    witness.booted(0, "power")
    witness.heard(5, {"status": {"telegrams": {"good": 5}, "bus": {"requests": 9}, "commands": 2}})
    witness.booted(6, "watchdog")
    witness.heard(9, {"status": {"telegrams": {"good": 2, "bad": 1}, "bus": {"requests": 3}, "commands": 1}})
    summary = witness.summary()
    assert summary["telegrams"] == {"good": 7, "bad": 1, "lost": 0}
    assert summary["bus"]["requests"] == 12 and summary["commands"] == 3


def test_a_safe_state_counts_once_a_reason_whatever_its_numbers():
    witness = Witness(98304)
    for at_s, rule, why in (
        (1, "safe", "silent for 9 s"),
        (2, "safe", "silent for 10 s"),
        (3, "balance", "ok"),
        (4, "safe", "silent for 9 s"),
        (5, "safe", "not Passive"),
    ):
        witness.heard(at_s, {"status": {"rule": rule, "why": why}})
    assert [entry["at_s"] for entry in witness.summary()["safe_state_entries"]] == [1, 4, 5]


def test_the_heap_is_told_by_its_peak_and_its_least_of_each_minute():
    witness = Witness(98304)
    for at_s, used in ((1, 50000), (30, 60000), (61, 52000), (90, 51000)):
        witness.heard(at_s, {"status": {"heap": {"used": used}}})
    heap = witness.summary()["heap"]
    assert heap == {"limit": 98304, "peak_used": 60000, "last_used": 51000, "by_minute": [50000, 51000]}


def test_journal_faults_and_complaints_are_kept():
    witness = Witness(98304)
    witness.heard(1.23, {"journal": {"n": 1, "time": 5, "code": "started", "text": "Started."}})
    witness.note_fault(20, Fault(20, 5, "brown_out", None), True)
    witness.complain(3, "Traceback")
    summary = json.loads(json.dumps(witness.summary()))
    assert summary["journal"] == [{"at_s": 1.2, "time": 5, "code": "started", "text": "Started."}]
    assert summary["faults"] == [{"at_s": 20, "fault": "brown_out", "began": True}]
    assert summary["complaints"] == [{"at_s": 3, "text": "Traceback"}]


@pytest.fixture
def story():
    made = Story(parse(["--seed", "2"]))
    yield made
    made.folder.rmdir()


def test_the_screen_draws_before_and_after_the_first_word(story, tmp_path):
    def drawn():
        paper = io.StringIO()
        Console(width=100, file=paper).print(picture(story))
        return paper.getvalue()

    assert "waiting for the first telegram" in drawn()
    story.witness.second(1, -1234, 500, 55)
    story.witness.heard(1, {"status": {"rule": "balance", "why": "The house asks 500 W", "set_w": 500}})
    story.witness.heard(1, {"journal": {"text": "Started."}})
    seen = drawn()
    for words in ("-1234 W", "balance", "The house asks 500 W", "Started.", "not yet at zero"):
        assert words in seen
    export(story, str(tmp_path / "screen.svg"))
    assert "<svg" in (tmp_path / "screen.svg").read_text()


def test_without_a_terminal_a_plain_line_every_five_seconds(story, capsys):
    for second in range(1, 11):
        story.witness.second(second, 100, 0, 55)
        Plain().show(story)
    assert len(capsys.readouterr().out.strip().split("\n")) == 2
