"""Whole-house stories: each is one run of `python -m tools.sim`, told in quick time.

A test says which story it wants with @story("--faults", …); all wanted ones are
told side by side, from the first test of this folder on, and the summary of its
own is handed to each as `told`.
"""

import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

import pytest

from tools.vm import vm

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPEED = 8
LATE_S = 0.6  # a tenth of a real second at this speed
STARVED_S = 2.5  # of five seconds that a board waited for a processor
AT_ONCE = 3  # a story at this speed keeps about a quarter of a core busy
HEAP = os.environ.get("STORY_HEAP", "96k")  # what a plain ESP32 leaves


class Told:
    """One story's end: `summary` (the JSON), `status`, `text` (all it printed)."""

    def __init__(self, status, text, summary):
        self.status = status
        self.text = text
        self.summary = summary

    def rows(self, start_s=0, end_s=10**9):
        """(t_s, grid_w, battery_w, soc_pct, rule) of each second from start_s to end_s."""
        return [row for row in self.summary["trace"]["rows"] if start_s <= row[0] <= end_s]


def tell(folder, *arguments, speed=SPEED):
    """Run one story to its end and return it Told.

    A harness that could not keep its own pace says so (late_s), and whether a board
    was starved (starved_s); such a story judges the machine, not the gateway, and is
    told again at half the speed.
    """
    while True:
        told = once(folder, arguments, speed)
        summary = told.summary
        if speed == 1 or not summary or (summary["late_s"] < LATE_S and summary["starved_s"] < STARVED_S):
            return told
        speed //= 2


def once(folder, arguments, speed):
    """One telling."""
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / "summary.json"
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tools.sim", "--headless", "--built", "--speed", str(speed), "--heap", HEAP]
        + ["--json", str(report), *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
    )
    summary = json.loads(report.read_text()) if report.exists() else None
    return Told(done.returncode, done.stdout + done.stderr, summary)


def steady(folder, load_w, pv_w=0):
    """A profile that asks the same for ever; returns its path as text."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "steady.csv"
    path.write_text("t_s,load_w,pv_w\n0,{},{}\n".format(load_w, pv_w))
    return str(path)


@pytest.fixture(scope="session", autouse=True)
def library(request, tmp_path_factory):
    """Item name -> future of its story, for every selected test that has one."""
    target = "vm{}".format(vm.bits_of(32))
    subprocess.run([sys.executable, "-m", "tools.build", "--target", target, "--quiet"], cwd=ROOT, check=True)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        told = {}
        for number, item in enumerate(request.session.items):
            make = getattr(item.function, "story", None)
            if make:
                folder = tmp_path_factory.mktemp("story{}-".format(number))
                given = item.callspec.params if hasattr(item, "callspec") else {}
                told[item.nodeid] = pool.submit(make, folder, **given)
        yield told
        for future in told.values():
            future.cancel()


@pytest.fixture
def told(request, library):
    """The Told of this test's own story, whole and well."""
    ended = library[request.node.nodeid].result()
    assert ended.status == 0, ended.text
    assert not ended.summary["complaints"], ended.summary["complaints"]
    return ended
