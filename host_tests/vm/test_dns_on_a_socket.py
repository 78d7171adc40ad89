"""The captive DNS task on a real UDP socket in the real MicroPython: phones' questions, rubbish, a flood."""

import pathlib
import socket
import struct
import subprocess
import time

import pytest

from tools.vm import vm

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = """
import asyncio
from firmware.tasks.serve_dns import serve_dns
asyncio.run(serve_dns(lambda: None, {port}, "127.0.0.1"))
"""


def question(name, kind=1, number=77):
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    return struct.pack(">6H", number, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", kind, 1)


@pytest.fixture(scope="module")
def server():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(vm.command(32, "256k") + ["-c", SCRIPT.format(port=port)], cwd=ROOT,
                               env=vm.environment(ROOT))
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.connect(("127.0.0.1", port))
    line.settimeout(1)
    for _ in range(100):  # until it is there
        try:
            line.send(question("up.example"))
            line.recv(512)
            break
        except OSError:
            time.sleep(0.1)
    yield line
    line.close()
    process.kill()
    process.wait(10)


def asked(line, data):
    line.send(data)
    return line.recv(512)


def test_every_name_leads_to_the_box(server):
    for name in ("connectivitycheck.gstatic.com", "captive.apple.com", "x"):
        answer = asked(server, question(name))
        assert answer[:2] == b"\0M" and answer[7] == 1 and answer.endswith(bytes([192, 168, 4, 1])), name


def test_other_types_get_an_empty_answer_at_once(server):
    for kind in (28, 65, 64, 16):
        answer = asked(server, question("captive.apple.com", kind))
        assert answer[3] & 15 == 0 and answer[7] == 0, kind


def test_rubbish_and_a_flood_do_not_stop_it(server):
    for data in (b"", b"\0", b"\xff" * 500, question("a")[:-3], b"\x80" * 12):
        server.send(data)
    for number in range(200):
        server.send(question("flood.example", number=number))
    server.settimeout(5)
    heard = set()
    while len(heard) < 100:
        heard.add(server.recv(512)[:2])
    server.settimeout(0.3)
    with pytest.raises(OSError):
        while True:
            server.recv(512)
    server.settimeout(5)
    assert asked(server, question("after.example", number=999))[:2] == struct.pack(">H", 999)
