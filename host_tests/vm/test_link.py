"""The link in the real MicroPython: the same frames and events as in CPython; over real sockets."""

import json
import os
import subprocess
import sys

import pytest

from tools.vm import ROOT, vm

SCRIPT = ROOT / "host_tests" / "vm" / "link_in_vm.py"
UDP = ROOT / "host_tests" / "vm" / "link_over_udp.py"


@pytest.fixture(scope="module")
def desk():
    """What link_in_vm.py finds in CPython."""
    done = subprocess.run([sys.executable, SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=120,
                          env=dict(os.environ, PYTHONPATH=str(ROOT)))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module", params=(32, 64))
def board(request):
    """The same in MicroPython of that word size."""
    done = subprocess.run(vm.command(request.param) + [str(SCRIPT)], cwd=ROOT, capture_output=True,
                          text=True, timeout=300, env=vm.environment(ROOT))
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_the_life_was_one_worth_comparing(desk):
    words = [event[1] for event in desk["heard"]]
    assert desk["frames"] > 300
    for word in ("wrong_codes", "pair_failed", "paired", "online", "meter", "inverter", "journal", "command",
                 "setting", "channel", "unpaired"):
        assert word in words, word
    assert words.count("meter") >= 28 and words.count("command") >= 28
    assert desk["hmac"] == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_every_frame_and_event_is_the_same(desk, board):
    assert board["digest"] == desk["digest"]
    assert board["heard"] == desk["heard"]
    assert board["counted"] == desk["counted"]


def test_odd_bytes_are_refused_the_same_way(desk, board):
    assert board["odd"] == desk["odd"]
    counted, _, online = board["odd"]
    assert sum(count for _, count in counted) == 3000 and ["good", 0] in counted and not online


def test_numbers_at_their_edges(board):
    assert board["fields"] == [
        None, [0, 0], [-1, -1], [2147483647, 2147483647], [-2147483647, None], [None, None],
        [None, 2147483648], [None, None], [None, None], [None, None]]


@pytest.mark.parametrize("bits", (32, 64))
def test_two_boxes_over_udp(bits):
    done = subprocess.run(vm.command(bits, "200k") + [str(UDP)], cwd=ROOT, capture_output=True, text=True,
                          timeout=60, env=vm.environment(ROOT))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "['paired', 'online', 'meter'] ['paired', 'online'] 1\n"


PEERS = """
import os
from firmware.settings.peers import Peers, mac_text
folder = os.getenv("BOX")
peers = Peers(folder).load()
entry = peers.put(b"member", bytes(range(32)), "kelder é", "extender", ("meter",))
entry.settings = {"modbus.station": 3, "p1.enabled": False, "inverter.cost_eur_kwh": None}
peers.channel = 11
peers.save()
for name in ("peers.json", "peers.old"):
    again = Peers(folder).load()
    found = again.find(b"member")
    print(again.boot, again.channel, found.key == bytes(range(32)))
    print(found.name, found.carries, mac_text(found.mac))
    print(sorted(found.settings.items()), again.notes)
    with open(folder + "/peers.json", "r+b") as file:
        file.seek(50)
        file.write(b"?")
print(again.find(b"other"))
"""


@pytest.mark.parametrize("bits", (32, 64))
def test_the_file_of_paired_boxes(bits, run_vm, tmp_path):
    kept = "kelder é ('meter',) 6D:65:6D:62:65:72"
    settings = "[('inverter.cost_eur_kwh', None), ('modbus.station', 3), ('p1.enabled', False)]"
    assert run_vm(PEERS, bits=bits, BOX=str(tmp_path)).splitlines() == [
        "2 11 True", kept, settings + " []",
        "18 11 True", kept,
        settings + " [('peers_damaged', 'peers.json', 'sealed_crc'), ('peers_previous_used',)]", "None"]


IDLE = """
import gc, micropython, os
from firmware.link.hub import Hub
from firmware.link.packet import COMMAND
from firmware.tasks.serve_link import turn
one, two = Hub(b"gatewy", 1, True, os.urandom, 0), Hub(b"member", 1, False, os.urandom, 0)
one.add(b"member", bytes(32), 0), two.add(b"gatewy", bytes(32), 0)

class Quiet:
    def take(self):
        return None
    def heard(self, *event):
        pass

def pump(now):
    for hub, other in ((one, two), (two, one)):
        hub.turn(now)
        out = hub.due(now)
        while out:
            other.feed(out[2], -50, now)
            out = hub.due(now)
        while hub.event():
            pass

for now in range(0, 200, 10):
    pump(now)
one.peers[0].send(COMMAND, b"1234", 9000, now)
one.due(now)  # a command waits for its acknowledgement and is not due again at once
quiet, carriers = Quiet(), (Quiet(), Quiet())
clock = lambda: now
micropython.heap_lock()
for _ in range(50):
    turn(one, carriers, quiet, clock)
    turn(two, carriers, quiet, clock)
micropython.heap_unlock()
print(one.peers[0].online, two.peers[0].online)
"""


@pytest.mark.parametrize("bits", (32, 64))
def test_a_look_at_a_quiet_link_allocates_nothing(bits, run_vm):
    assert run_vm(IDLE, bits=bits) == "True True\n"
