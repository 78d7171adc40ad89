"""The ports over a real tty: bytes in and out, at the pace of the wire, through the desk's `machine`."""

import os
import pty
import subprocess
import threading
import tty

import pytest

from tools.vm import vm

BODY = """
import asyncio, sys, time
from firmware.board.ports import Rs485Port, P1Port
"""


@pytest.fixture
def wire(root):
    """run(script, answer) -> (output, bytes seen): `script` in the VM with UARTs 1 and 2 on one pty."""

    def run(script, answer=None, first=b""):
        """One piece: the pty is open exactly as long as the VM that uses it."""
        master, slave = pty.openpty()
        tty.setraw(slave)
        seen = bytearray()

        def far_end():
            while True:
                try:
                    data = os.read(master, 512)
                except OSError:
                    return
                if not data:
                    return
                seen.extend(data)
                if answer and bytes(seen).endswith(answer[0]):
                    os.write(master, answer[1])

        threading.Thread(target=far_end, daemon=True).start()
        name = os.ttyname(slave)
        argv = vm.command(32) + ["-c", BODY + script]
        environment = vm.environment(root / "tools" / "sim" / "shims", root, SIM_UART1=name, SIM_UART2=name)
        process = subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
        line = process.stdout.readline() if first else ""
        if line.strip() == "open":
            os.write(master, first)
        out, _ = process.communicate(timeout=30)
        os.close(slave)
        os.close(master)
        assert process.returncode == 0, line + out
        return line + out, bytes(seen)

    return run


def test_a_request_leaves_whole_and_its_answer_comes_back(wire):
    out, seen = wire("""
port = Rs485Port({"uart": 2, "rx": 5, "tx": 17, "direction": 33}, 9600)
async def main():
    frame = bytes(range(60))
    began = time.ticks_ms()
    await port.send(frame, 63)
    print(time.ticks_diff(time.ticks_ms(), began) >= 60)
    buffer = bytearray(20)
    got = b""
    while len(got) < 5:
        got += bytes(buffer[:port.take(buffer)])
        await asyncio.sleep_ms(5)
    print(got)
asyncio.run(main())
""", answer=(bytes(range(60)), b"hello"))
    assert seen == bytes(range(60))
    assert out.split() == ["True", "b'hello'"]


def test_a_telegram_is_taken_whole(wire):
    telegram = b"/FLU5 " + bytes(range(32, 127)) * 15 + b"!ABCD\r\n"
    out, _ = wire("""
port = P1Port({"uart": 1, "rx": 35, "tx": 14, "request": 4, "inverted_by_board": False})
async def main():
    print("open")
    buffer = bytearray(4096)
    at = 0
    while not bytes(buffer[max(0, at - 2):at]) == b"\\r\\n":
        at += port.take(memoryview(buffer)[at:])
        await asyncio.sleep_ms(5)
    print(at)
asyncio.run(main())
""", first=telegram)
    assert int(out.split()[-1]) == len(telegram)
