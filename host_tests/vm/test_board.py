"""The board room on MicroPython, against a `machine` that takes notes: pins, ports, resets, what survives."""

import subprocess

import pytest

from host_tests.vm.board_fake import FAKE
from tools.vm import vm


@pytest.fixture
def board(run_vm):
    def tell(body, bits=64):
        return run_vm(FAKE + body, bits=bits)
    return tell


@pytest.mark.parametrize("bits", [64, 32])
@pytest.mark.parametrize("name", ["wt32_eth01", "s3_w5500", "esp32_devkit"])
def test_each_board_opens_and_lets_go_of_the_bus_first(board, name, bits):
    board("""
from firmware.board.board import open_board
opened = open_board(%r)
direction = opened.wires("rs485")["direction"]
assert done[0] == (direction, 0), done
assert opened.mac() == "F4:12:FA:40:06:E4"
assert opened.ticks() <= 0x3FFFFFFF
import sys
kept = [name for name in sys.modules if "pin_map" in name or "choose" in name or "profiles" in name]
assert not kept, kept
panel, lamp = opened.panel(), opened.wires("lamp")
panel.lamp(True)
assert Pin.levels[lamp["pin"]] == lamp["lit"]
panel.lamp(False)
assert Pin.levels[lamp["pin"]] == 1 - lamp["lit"]
Pin.levels[opened.wires("button")["pin"]] = 1
assert not panel.pressed()
Pin.levels[opened.wires("button")["pin"]] = 0
assert panel.pressed()
Pin.levels[opened.wires("p1")["rx"]] = 1
assert opened.line_level() == 1
""" % name, bits)


def test_an_unknown_board_names_those_there_are(board):
    board("""
from firmware.board.board import open_board
try:
    open_board("wt32")
except ValueError as error:
    for name in ("wt32", "esp32_devkit", "s3_w5500", "wt32_eth01"):
        assert name in str(error), error
else:
    assert False
""")


def test_p1_is_inverted_as_the_line_and_the_board_together_say(board):
    board("""
from firmware.board.ports import P1Port
for line, own, expected in ((True, False, 2), (False, False, 0), (True, True, 0), (False, True, 2)):
    pins = {"uart": 1, "rx": 35, "tx": 14, "request": 4, "inverted_by_board": own}
    port = P1Port(pins, 9600, 7, 0, 1, line)
    options = UART.made[-1].options
    assert options["invert"] == expected and options["rxbuf"] == 4096
    assert (options["baudrate"], options["bits"], options["parity"]) == (9600, 7, 0)
    assert options["rx"] == 35 and options["tx"] == 14  # a UART 1 without tx takes a flash pin
assert Pin.levels[4] == 1
""")


def test_the_direction_pin_is_let_go_straight_after_the_last_bit(board):
    board("""
import asyncio, time
from firmware.board.ports import Rs485Port
port = Rs485Port({"uart": 2, "rx": 5, "tx": 17, "direction": 33})
done.clear()
asyncio.run(port.send(b"abc", 9))
assert done == [(33, 1), ("write", b"abc"), "flush", (33, 0)], done
done.clear()
began = time.ticks_ms()
asyncio.run(port.send(b"x" * 60, 66))
lasted = time.ticks_diff(time.ticks_ms(), began)
assert 45 <= lasted < 66, lasted  # waits for all but the last 15 ms, leaves those to flush()
assert done[-2:] == ["flush", (33, 0)]
""")


def test_a_cancelled_send_lets_go_of_the_wire(board):
    board("""
import asyncio
from firmware.board.ports import Rs485Port
port = Rs485Port({"uart": 2, "rx": 5, "tx": 17, "direction": 33})
async def main():
    sending = asyncio.create_task(port.send(b"x" * 200, 400))
    await asyncio.sleep_ms(20)
    assert Pin.levels[33] == 1
    sending.cancel()
    await asyncio.sleep_ms(5)
    assert Pin.levels[33] == 0
asyncio.run(main())
""")


def test_a_transceiver_that_turns_by_itself_needs_no_pin(board):
    board("""
import asyncio
from firmware.board.ports import Rs485Port
port = Rs485Port({"uart": 2, "rx": 5, "tx": 17, "direction": None})
asyncio.run(port.send(b"abc", 9))
assert done == [("write", b"abc"), "flush"], done
""")


def test_three_failed_runs_within_ten_minutes_mean_safe_mode_until_a_healthy_one(board):
    board("""
from firmware.board.guard import Guard
Machine.cause = 3
runs = []
for _ in range(4):
    guard = Guard()
    runs.append((guard.record.boots, guard.failed_before, guard.safe_mode()))
    guard.alive(20)
assert runs == [(1, False, False), (2, True, False), (3, True, False), (4, True, True)], runs
guard = Guard()
assert guard.safe_mode() and guard.reset_cause() == "watchdog"
guard.alive(119)
assert guard.safe_mode()
guard.alive(120)
assert not guard.safe_mode()
assert not Guard().safe_mode()
""")


def test_a_reset_that_was_meant_is_no_failure_and_leaves_its_words(board):
    board("""
from firmware.board.guard import Guard
for _ in range(5):
    guard = Guard()
    assert not guard.failed_before
    try:
        guard.reset("settings applied")
    except Reset:
        pass
guard = Guard()
assert (guard.last_words, guard.record.boots, guard.safe_mode()) == ("settings applied", 6, False)
try:
    guard.reset("bus: ValueError", meant=False)
except Reset:
    pass
guard = Guard()
assert guard.failed_before and guard.last_words == "bus: ValueError"
""")


def test_a_dip_of_the_supply_is_told_from_power_on(board):
    board("""
from firmware.board.guard import Guard
guard = Guard()
assert guard.reset_cause() == "power"
assert Guard().reset_cause() == "dip"  # the record was still there
RTC.kept = b"\\x00" * 40
guard = Guard()
assert guard.reset_cause() == "power" and guard.record.boots == 1
""")


def test_the_watchdog_feeds(board):
    board("""
from firmware.board.guard import Guard
feed = Guard().watchdog(30000)
feed()
assert done == [("wdt", 30000), "fed"], done
""")


@pytest.mark.parametrize("files, pins, path", [
    ({}, [], None),
    ({"pins.txt": "33=0 4=1 x=1 5=7\n"}, [(33, 0), (4, 1)], None),
    ({"slot.txt": "b\n"}, [], "/b"),
    ({"slot.txt": "../evil\n"}, [], None),
])
def test_boot_holds_the_pins_and_chooses_the_slot(root, tmp_path, files, pins, path):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    script = FAKE + "exec(open(%r).read())\n" % str(root / "boot.py")
    script += "print(repr((done, [p for p in sys.path if p in ('/a', '/b')])))"
    done = subprocess.run(
        vm.command(64) + ["-c", script], cwd=tmp_path, capture_output=True, text=True, env=vm.environment())
    assert done.stdout.strip() == repr((pins, [path] if path else [])), done.stderr


def test_boot_is_under_forty_lines(root):
    assert len((root / "boot.py").read_text().splitlines()) < 40
