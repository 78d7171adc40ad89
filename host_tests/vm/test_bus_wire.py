"""The bus task in the real MicroPython, over the board's RS485 port and a paced pty, judged by pymodbus."""

import json
import subprocess

import pytest

from tools.bench.bus_peer import Peer
from tools.vm import vm


@pytest.fixture(scope="module", params=[False, True], ids=["silent-line", "echoing-line"])
def peer(request):
    """A line with the device; with `echo`, a transceiver that hears itself."""
    with Peer(baud=38400, echo=request.param) as peer:
        peer.echo = request.param
        yield peer


@pytest.fixture
def wire(peer, root):
    """wire(what, bits) -> {name: result} of host_tests/vm/bus_wire.py."""

    def run(what, bits):
        done = subprocess.run(
            vm.command(bits) + ["host_tests/vm/bus_wire.py", what], cwd=root, capture_output=True, text=True,
            timeout=60, env=vm.environment(root, root / "lib", SIM_UART2=peer.path))
        assert done.returncode == 0, done.stdout + done.stderr
        return dict(json.loads(line) for line in done.stdout.splitlines())

    return run


def packed(code, bits):
    """An answer to a read of bits, the standard's order: the first in the lowest bit of the first byte."""
    size = (len(bits) + 7) // 8
    return bytes((code, size)) + sum(1 << n for n, bit in enumerate(bits) if bit).to_bytes(size, "little")


def words(code, numbers):
    return bytes((code, 2 * len(numbers))) + b"".join(number.to_bytes(2, "big") for number in numbers)


@pytest.mark.parametrize("bits", [64, 32])
def test_every_function(peer, wire, bits):
    coils, inputs, holding, measured = (list(cells) for cells in peer.memory.cells)
    peer.memory.commands.clear()
    found = wire("every_function", bits)
    assert found["write coil"] == "050009ff00"
    coils[9] = True
    assert found["coils"] == packed(1, coils[:19]).hex()
    coils[:10] = [bool(int(digit)) for digit in "1011001110"]
    assert found["write coils"] == "0f0000000a"
    assert found["coils again"] == packed(1, coils[:19]).hex()
    assert peer.memory.cells[0] == coils
    assert found["inputs"] == packed(2, inputs[3:12]).hex()
    assert found["holding"] == words(3, holding[512:570]).hex()
    assert found["input registers"] == words(4, measured[:125]).hex()
    assert found["write register"] == "060258fffe" and found["write registers"] == "1002590003"
    holding[600:604] = [65534, 1, 2, 65535]
    assert found["holding again"] == words(3, holding[599:605]).hex()
    assert peer.memory.cells[2] == holding
    assert found["command"] == "42020200" and peer.memory.commands == [(0x0101, 1000)]
    assert found["beyond"] == "exception 2"
    assert found["nobody"] == "timeout"
    assert found["still there"] == words(3, [49]).hex()
    counters = found["counters"]
    assert counters["requests"] == 14 and counters["exceptions"] == 1
    # Each frame sent is heard back once: 13 answered at least once, the probe for the echo, nobody's two.
    # (A desk that stalls in the middle of a frame causes a retry more: that is not what is tested.)
    assert counters["timeouts"] == 2 and counters["foreign"] == 0
    assert counters["echo"] >= 16 if peer.echo else counters["echo"] == 0


def test_a_set_point_goes_before_polls_that_waited_longer(wire):
    assert wire("queue", 32)["order"] == [0, "command", 1, 2, 4, 5]


def test_other_tasks_run_while_an_answer_comes_in(wire):
    """Three reads of 129 characters; a bus that waits by blocking would leave a handful of turns."""
    assert wire("others_run", 64)["turns"] > 50
