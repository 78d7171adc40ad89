"""The device room in the real MicroPython: the same story, and how much of a board it takes."""

import contextlib
import io
import subprocess

import pytest

from host_tests.vm.driver_story import tell
from tools.build.compile import SWITCHES, compiler
from tools.vm import vm

# Bytes of a 32-bit heap that the whole room takes with an ME3000SP open and every block read,
# each module compiled as it stands (what the build shortens and joins comes off this).
# docs/adding_an_inverter.md tells the figure.
ROOM_BYTES = 30000
# A heap in which it starts, the catalogue file passing through, with modbus and core beside it.
START_HEAP = "72k"

WEIGH = """
import gc
gc.threshold(4096)
from firmware.core import readings, ticks, modules
from firmware.modbus import request, values, pdu, faults
pdu.read(3, 0, 1)
gc.collect()
before = gc.mem_alloc()
from firmware.devices.driver import open_driver
driver = open_driver("Retro", "Sofar", "", "Sofar ME3000SP", 1, 0)
for turn in range(12):
    request = driver.next(turn * 100)
    if request:
        size = request.shape - 2 if request.shape > 0 else 2
        driver.answer(request, bytes([request.pdu[0], size]) + bytes(size), turn * 100)
request = None
gc.collect()
print(gc.mem_alloc() - before)
"""


@pytest.mark.parametrize("bits", [64, 32])
@pytest.mark.parametrize("name", ["sofar_me3000sp_ctpv", "eastron_sdm630"])
def test_the_same_story_in_micropython(run_vm, bits, name):
    start_ms = 0x3FFFFFFF - 30000  # the ticks wrap on the way
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        tell(name, start_ms)
    heard = run_vm("from host_tests.vm.driver_story import tell; tell(%r, %d)" % (name, start_ms), bits)
    assert heard == told.getvalue()
    assert len(heard.splitlines()) > 100


def test_the_room_fits(root, tmp_path):
    folders = ("firmware/core", "firmware/modbus", "firmware/devices", "lib/umodbus")
    for source in [path for folder in folders for path in (root / folder).rglob("*.py")]:
        made = tmp_path / source.relative_to(root).with_suffix(".mpy")
        made.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([compiler(), *SWITCHES["vm32"], "-s", source.name, "-o", str(made), str(source)],
                       check=True)
    done = subprocess.run(vm.command(32, START_HEAP) + ["-c", WEIGH], capture_output=True, text=True,
                          env=vm.environment(tmp_path, tmp_path / "lib"))
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) <= ROOM_BYTES
