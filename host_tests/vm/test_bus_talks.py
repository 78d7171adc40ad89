"""The written conversations and a storm of random bytes, in the real MicroPython."""

import pytest

PLAY = """
from host_tests.talks import stage
count = 0
for name in (%s,):
    for title, lines in stage.read("host_tests/talks/" + name):
        stage.perform(title, lines)
        stage.perform(title, [line for line in lines if line[0] != "by"],
                      lambda data: [(1 if at else 0, data[at : at + 1]) for at in range(len(data))])
        count += 1
print(count)
"""

STORM = """
import gc, random
from firmware.modbus.faults import Fault
from firmware.modbus.request import Request
from firmware.modbus.rtu import Reply, encode
random.seed(1)
reply = Reply()
requests = [Request(1, bytes(pdu)) for pdu in ((3, 2, 0, 0, 58), (0x42, 1, 1, 3, 232), (6, 0, 1, 0, 3))]
frames = [encode(request) for request in requests]
kinds = set()
before = most = None
for turn in range(600):
    request, frame = requests[turn % 3], frames[turn % 3]
    reply.expect(request, frame)
    try:
        for _ in range(8):
            room = reply.room()
            count = random.getrandbits(6) % len(room)
            for at in range(count):
                # Every third turn bytes that look like frames: the random ones seldom do.
                byte = random.getrandbits(8)
                room[at] = byte if turn % 3 else (1, 3, 2, 0x42, 6, 0x83)[byte % 6]
            assert reply.took(count) is None
            if turn % 2:
                assert reply.quiet() is None
        assert reply.give_up() is None
    except Fault as fault:
        kinds.add(fault.kind)
    if turn == 100:
        gc.collect()
        before = gc.mem_alloc()
gc.collect()
assert gc.mem_alloc() - before < 256, gc.mem_alloc() - before
reply.expect(requests[0], frames[0])
good = bytes((1, 3, 116)) + bytes(116)
from firmware.core.crc16 import crc16, MODBUS
crc = crc16(good, MODBUS)
for byte in good + bytes((crc & 255, crc >> 8)):
    reply.room()[0] = byte
    pdu = reply.took(1)
assert pdu == good[1:]
print(sorted(kinds))
"""


@pytest.mark.parametrize("bits", [64, 32])
def test_every_talk_plays_the_same_in_micropython(run_vm, root, bits):
    talks = sorted((root / "host_tests" / "talks").glob("*.talk"))
    written = sum(path.read_text().count("talk: ") for path in talks)
    names = ", ".join(repr(path.name) for path in talks)
    assert int(run_vm(PLAY % names, bits)) == written


@pytest.mark.parametrize("bits", [64, 32])
def test_a_storm_of_bytes_leaves_no_garbage_behind(run_vm, bits):
    """150 000 random bytes: only faults come out, the heap stays, and the next good answer is heard."""
    assert "crc" in run_vm(STORM, bits)
