"""`python -m tools.decode`: files, standard input, a serial device, a socket; and what is not there."""

import json
import os
import pathlib
import pty
import socket
import subprocess
import sys
import threading
import time

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "host_tests" / "fixtures" / "telegrams"
LONGEST = FOLDER / "be_t211_3p_v50217_delta_hist13_gas.txt"
OLD = FOLDER / "nl_v22_kamstrup_inject.txt"
KEYS = [
    "crc", "time", "header", "version", "serial", "ean", "import_w", "export_w",
    "import_t1_wh", "import_t2_wh", "export_t1_wh", "export_t2_wh", "tariff", "demand_w",
    "month_peak_w", "month_peak_time", "history",
    "voltage_mv", "current_ma", "phase_import_w", "phase_export_w", "breaker", "limiter_w", "fuse_ma",
    "gas", "water", "heat", "message",
]


def decode(*arguments, data=None):
    """-> (exit code, JSON objects, standard error)."""
    done = subprocess.run([sys.executable, "-m", "tools.decode", *map(str, arguments)], cwd=ROOT,
                          input=data, capture_output=True, timeout=60)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def expected(path):
    return json.loads(path.with_suffix(".json").read_text("utf-8"))["expect"]


def test_files_one_after_the_other():
    cut = FOLDER / "bad_nl_cut_then_whole.txt"
    code, found, notes = decode(LONGEST, cut, FOLDER / "bad_nl_kaifa_crc.txt")
    assert code == 0
    assert found == expected(LONGEST) + expected(cut) + [dict(dict.fromkeys(KEYS), crc="bad")]
    assert list(found[0]) == KEYS
    assert "cut" in notes


@pytest.mark.parametrize("bits", (32, 64))
def test_standard_input(bits):
    """More than a buffer full, on either word size."""
    code, found, notes = decode("-", "--bits", bits, data=LONGEST.read_bytes() * 20)
    assert (code, notes) == (0, "")
    assert found == expected(LONGEST) * 20


def test_an_encrypted_port_is_named():
    code, found, notes = decode(FOLDER / "enc_sagemcom_glo_cipher_511.bin")
    assert (code, found) == (0, []) and "encrypts" in notes


def test_half_a_telegram():
    code, found, notes = decode(FOLDER / "bad_be_half_no_footer.txt")
    assert (code, found) == (0, []) and "cut short" in notes


def test_what_is_no_telegram_is_said():
    code, found, notes = decode("-", data=b"hello")
    assert (code, found) == (0, []) and "no telegram in 5 bytes" in notes


def test_parity_in_bit_seven():
    parity = bytes(b | (bin(b).count("1") & 1) << 7 for b in OLD.read_bytes())
    assert decode("-", "--seven-bit", data=parity)[1] == expected(OLD)


@pytest.mark.parametrize("source, words", [
    ("no/such/file.txt", ["no/such/file.txt", "path"]), ("host_tests", ["folder"]),
    ("tcp://nowhere", ["tcp://nowhere", "host:port"]), ("tcp://host:port", ["tcp://host:port"]),
    ("tcp://127.0.0.1:1", ["127.0.0.1:1", "cannot be opened"]),
])
def test_a_source_that_is_not_there(source, words):
    """Named, with what to do, and exit code 2; nothing is printed before."""
    code, found, notes = decode(source)
    assert (code, found) == (2, [])
    for word in words:
        assert word in notes
    assert "Traceback" not in notes


def test_a_missing_file_stops_before_the_others():
    assert decode(LONGEST, "missing.txt")[:2] == (2, [])


def test_a_socket():
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        line, _ = server.accept()
        with line:
            line.sendall(b"tail of one\r\n" + LONGEST.read_bytes() * 2)

    thread = threading.Thread(target=serve)
    thread.start()
    code, found, _ = decode("tcp://127.0.0.1:{}".format(server.getsockname()[1]))
    thread.join()
    server.close()
    assert (code, found) == (0, expected(LONGEST) * 2)


def test_a_serial_device_is_read_while_it_sends():
    """A pty: the first telegram is printed before the second is sent, and hanging up ends it."""
    master, slave = pty.openpty()
    name = os.ttyname(slave)
    run = subprocess.Popen([sys.executable, "-m", "tools.decode", name], cwd=ROOT, stdout=subprocess.PIPE)
    found = []
    try:
        # pyserial drops what lay in the line before it opened: send until the first one is through.
        reader = threading.Thread(target=lambda: found.extend(iter(run.stdout.readline, b"")))
        reader.start()
        deadline = time.monotonic() + 30
        while not found and time.monotonic() < deadline:
            os.write(master, LONGEST.read_bytes())
            time.sleep(0.3)
        assert found and json.loads(found[0]) == expected(LONGEST)[0]
        assert run.poll() is None
    finally:
        os.close(slave)
        os.close(master)
        run.wait(timeout=20)
        reader.join()
