"""The chip on a desk: what the board room may expect of `machine`, asked in the real MicroPython."""

import os
import subprocess
import time

import pytest

from tools.sim import board as board_file
from tools.sim.flash import shims
from tools.sim.line import Pty
from tools.vm import vm


def run(source, speed=1, bits=32, **environment):
    """(exit status, output, seconds) of a script that finds the shims first on its path."""
    compiled = shims(vm.bits_of(bits))
    folders = [compiled] + ([compiled / "fast"] if speed != 1 else [])
    began = time.monotonic()
    done = subprocess.run(
        vm.command(bits, "96k") + ["-c", source],
        env=vm.environment(*folders, SIM_SPEED_UP=speed, **environment),
        capture_output=True,
        text=True,
        timeout=30,
    )
    return done.returncode, done.stdout + done.stderr, time.monotonic() - began


@pytest.fixture
def pty():
    line = Pty()
    yield line
    line.close()


def test_a_uart_reads_what_is_there_and_waits_for_nothing(pty):
    source = (
        "import machine, time\n"
        "u = machine.UART(1, 115200, rx=35, invert=machine.UART.INV_RX)\n"
        "print(u.any(), u.read(9), u.readinto(bytearray(9)))\n"
        "u.write(b'go')\n"
        "while not u.any(): time.sleep_ms(1)\n"
        "b = bytearray(9); n = u.readinto(b); print(n, bytes(b[:n]))\n"
    )
    os.write(pty.fd, b"before power on")  # a UART that was off has not heard it
    process = subprocess.Popen(
        vm.command(32, "96k") + ["-c", source],
        env=vm.environment(shims(vm.bits_of(32)), SIM_UART1=pty.path),
        stdout=subprocess.PIPE,
        text=True,
    )
    while True:
        try:
            assert os.read(pty.fd, 10) == b"go"
            break
        except BlockingIOError:
            time.sleep(0.01)
    os.write(pty.fd, b"abc")
    assert process.communicate(timeout=20)[0].split("\n")[:2] == ["0 None None", "3 b'abc'"]


def test_flush_holds_for_as_long_as_the_wire(pty):
    source = (
        "import machine, time\n"
        "u = machine.UART(2, 9600, tx=1, rx=2)\n"
        "t = time.ticks_us(); u.write(bytes(96)); a = u.txdone(); u.flush()\n"
        "print(a, time.ticks_diff(time.ticks_us(), t), u.txdone())\n"
    )
    status, text, _ = run(source, SIM_UART2=pty.path)
    early, held_us, late = text.split()
    assert (status, early, late) == (0, "False", "True")
    assert 100000 <= int(held_us) < 200000  # 960 bits at 9600 baud


def test_there_is_no_uart_without_a_line_and_no_odd_rate(pty):
    assert "ValueError: UART(1)" in run("import machine; machine.UART(1)")[1]
    assert "baudrate 12345" in run("import machine; machine.UART(1, 12345)", SIM_UART1=pty.path)[1]


def test_an_unfed_watchdog_kills_and_a_fed_one_does_not():
    feeding = (
        "import machine, time\n"
        "w = machine.WDT(timeout=600)\n"
        "for _ in range(6): time.sleep_ms(200); w.feed()\n"
    )
    assert run(feeding)[0] == 0
    status, _, seconds = run("import machine, time\nmachine.WDT(timeout=300)\ntime.sleep(20)\n")
    assert status == -14 and seconds < 5
    assert run("import machine, time\nmachine.WDT(timeout=9000)\ntime.sleep(100)\n", speed=10)[0] == -14


def test_a_reset_is_told_from_a_crash_and_leaves_its_memory(tmp_path):
    memory = {"SIM_RTC_MEMORY": tmp_path / "rtc"}
    source = "import machine\nr = machine.RTC(); print(r.memory()); r.memory(b'mark'); machine.reset()\n"
    status, text, _ = run(source, **memory)
    assert status == board_file._RESET_STATUS and "b''" in text
    assert "b'mark'" in run(source, **memory)[1]
    assert (
        run("import machine as m; print(m.reset_cause() == m.WDT_RESET)", SIM_RESET_CAUSE=3)[1] == "True\n"
    )
    assert (
        run("import machine; print(machine.unique_id())", SIM_MAC_ADDRESS="F412FA4006E4")[1]
        == "b'\\xf4\\x12\\xfa@\\x06\\xe4'\n"
    )


def test_the_receive_pin_shows_the_level_that_the_harness_gives(pty, tmp_path):
    (tmp_path / "level").write_text("1")
    source = (
        "import machine\nmachine.UART(1, 115200, rx=35)\n"
        "print(machine.Pin(35).value(), machine.Pin(4).value())\n"
    )
    assert run(source, SIM_UART1=pty.path, SIM_LEVEL1=tmp_path / "level")[1] == "1 0\n"


def test_nvs_is_durable_after_commit_only(tmp_path):
    (tmp_path / "flash").mkdir()
    where = {"SIM_FLASH_ROOT": tmp_path / "flash"}
    put = "import esp32\nn = esp32.NVS('box'); n.set_i32('boots', -7);\n"
    get = "import esp32\nn = esp32.NVS('box')\nprint(n.get_i32('boots'))\n"
    run(put, **where)
    assert "ESP_ERR_NVS_NOT_FOUND" in run(get, **where)[1]
    run(put + "n.commit()", **where)
    assert run(get, **where)[1] == "-7\n"


@pytest.mark.parametrize("bits", [32, 64])
def test_quick_time_squeezes_sleeps_polls_and_ticks_alike(bits):
    source = (
        "import asyncio, time\n"
        "async def main():\n"
        "    t = time.ticks_ms(); await asyncio.sleep_ms(3000); time.sleep_ms(1000)\n"
        "    print(time.ticks_diff(time.ticks_ms(), t))\n"
        "asyncio.run(main())\n"
    )
    status, text, seconds = run(source, speed=10, bits=bits)
    assert status == 0 and 4000 <= int(text) < 6000
    assert seconds < 3.5
