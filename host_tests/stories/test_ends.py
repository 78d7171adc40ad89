"""How a story ends: by Ctrl-C, by a kill, by a wrong setting; and with devices that are not ours."""

import asyncio
import json
import pathlib
import signal
import subprocess
import sys
import time

from host_tests.stories.conftest import HEAP, ROOT, tell
from tools.sim.battery import Battery
from tools.sim.belgium import from_local
from tools.sim.clock import Clock
from tools.sim.house import House
from tools.sim.household import Recorded
from tools.sim.inverter import Inverter
from tools.sim.line import Bus, Pty, Wire
from tools.sim.meter import Meter, Registers
from tools.sim.options import parse
from tools.sim.sofar import Registers as InverterBook
from tools.sim.station import Station


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tools.sim", "--headless", "--heap", HEAP, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def boards_of(harness):
    """Process ids of the VMs that this harness started (it also starts the build)."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
            command = (stat.parent / "cmdline").read_text()
        except OSError:
            continue
        if int(fields[1]) == harness.pid and "micropython" in command:
            found.append(int(stat.parent.name))
    return found


def until(condition, patience_s=30):
    limit = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < limit, "it never came"
        time.sleep(0.05)


def gone(pids):
    return not any(pathlib.Path("/proc/{}".format(pid)).exists() for pid in pids)


def test_ctrl_c_ends_with_the_summary_and_leaves_nothing(tmp_path):
    report = tmp_path / "s.json"
    harness = start("--seconds", "300", "--json", str(report))
    until(lambda: boards_of(harness))
    boards = boards_of(harness)
    time.sleep(3)
    harness.send_signal(signal.SIGINT)
    text = harness.communicate(timeout=20)[0]
    assert harness.returncode == 0, text
    assert json.loads(report.read_text())["seconds"] >= 2
    assert gone(boards)


def test_a_killed_harness_takes_its_board_along():
    harness = start("--seconds", "300")
    until(lambda: boards_of(harness))
    boards = boards_of(harness)
    harness.kill()
    harness.wait()
    until(lambda: gone(boards), 10)


def test_a_wrong_setting_is_named(tmp_path):
    ended = tell(tmp_path, "--set", "control.min_soc_pct=300", "--seconds", "5")
    assert ended.status == 2
    assert "300" in ended.text and "Traceback" not in ended.text


class Outside:
    """A meter and an inverter that belong to somebody else: ptys are all that the harness gets."""

    def __init__(self, profile):
        self.clock = Clock()
        start_utc = from_local(parse([]).start)
        self.unit = Inverter(Battery())
        book = InverterBook(self.unit)
        self.house = House(Recorded(profile), Registers(start_utc), start_utc, self.unit, book)
        self.meter = Meter(self.house.book)
        self.p1 = Pty()
        self.wire = Wire(self.clock, [self.p1.fd], 115200)
        self.bus = Bus(self.clock, echo=False)
        self.station = Station(self.clock, self.unit, book)

    async def run(self):
        await self.station.start(self.bus.device.path)
        running = [asyncio.ensure_future(one) for one in (self.wire.run(), self.bus.run())]
        try:
            while True:
                await self.clock.sleep(0.1)
                second = int(self.house.t_s)
                self.house.run_until(self.clock.now())
                if int(self.house.t_s) != second:
                    self.wire.put(self.meter.message(self.house.mean_phases_w()))
        finally:
            for one in running:
                one.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            await self.station.stop()
            self.bus.close()
            self.p1.close()


async def attached(outside, report, seconds):
    """Run the harness on the outside devices' ttys; returns (status, text)."""
    living = asyncio.ensure_future(outside.run())
    try:
        harness = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tools.sim",
            "--headless",
            "--heap",
            HEAP,
            "--seconds",
            str(seconds),
            "--p1",
            outside.p1.path,
            "--rs485",
            outside.bus.master.path,
            "--json",
            str(report),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        text = (await harness.communicate())[0].decode()
        return harness.returncode, text
    finally:
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)


def test_outside_devices_are_served_the_same(tmp_path):
    profile = tmp_path / "p.csv"
    profile.write_text("t_s,load_w,pv_w\n0,1100,0\n")
    outside, report = Outside(profile), tmp_path / "s.json"
    status, text = asyncio.run(attached(outside, report, 40))
    assert status == 0, text
    summary = json.loads(report.read_text())
    assert summary["witness"] == {"grid": "gateway", "battery": "gateway"}
    assert summary["telegrams"]["good"] > 20 and summary["commands"] > 0
    assert outside.unit.commands > 0
    assert summary["settled_s"] is not None and abs(summary["grid_w"]) <= 60
