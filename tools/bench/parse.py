"""Time and memory to read one telegram: our room in MicroPython beside dsmr_parser on CPython.

Both check the checksum and decode all they know, on this machine, in turns; the least time of many
is compared, because the machine may be busy. The P1 room runs from .mpy, as on a board. What a
telegram leaves and what the room keeps is measured in the VM whose words are as long as an ESP32's.
"""

import json
import pathlib
import subprocess
import time
import warnings

from tools.build.compile import build
from tools.build.tree import ROOT, files
from tools.vm import vm

FOLDER = ROOT / "host_tests" / "fixtures" / "telegrams"
TELEGRAMS = (
    "be_s211_1p_v50213_gas_inject.txt",
    "be_t211_3p_v50217_hist4_placeholder_gas_water.txt",
    "be_t211_3p_v50217_delta_hist13_gas.txt",
)
PEER = "dsmr_parser, CPython"
PARSES = 200
TURNS = 3
MOST_LEFT = 2048   # bytes of garbage a telegram
MOST_HEAP = 20480  # bytes of the room's code, decoder and buffer

# Prints {"us": {file: least}, "left": {file: bytes}, "room": bytes}.
SCRIPT = """
import gc, json, sys, time
import firmware.core.readings, firmware.core.crc16, firmware.core.ticks

def used():
    gc.collect()
    return gc.mem_alloc()

before = used()
from firmware.p1.framer import Framer
from firmware.p1.telegram import parse
framer, meter = Framer(), firmware.core.readings.Meter()
us, left = {}, {}
folder, times = sys.argv[1], int(sys.argv[2])

def load(name):
    with open(folder + "/" + name, "rb") as file:
        framer.feed(file.read())
    while framer.next() != "telegram":
        pass

for name in sys.argv[3:]:
    load(name)
    best = 1 << 29
    for _ in range(times):
        start = time.ticks_us()
        parse(framer.buffer, framer.start, framer.end, meter, 0)
        best = min(best, time.ticks_diff(time.ticks_us(), start))
    us[name] = best
    gc.collect()
    gc.disable()
    start = gc.mem_alloc()
    parse(framer.buffer, framer.start, framer.end, meter, 0)
    left[name] = gc.mem_alloc() - start
    gc.enable()
    framer.next()
del load
print(json.dumps({"us": us, "left": left, "room": used() - before}))
"""


def rows():
    """Three telegrams in both word sizes, what each leaves, and what the room keeps."""
    wanted = files()
    theirs, ours = {}, {}
    for bits in (64, 32):
        build("vm{}".format(vm.bits_of(bits)), wanted, pathlib.Path(ROOT) / "build" / "vm{}".format(vm.bits_of(bits)))
    for _ in range(TURNS):
        _keep_least(theirs, _peer())
        for bits in (64, 32):
            _keep_least(ours.setdefault(bits, {}), _ours(bits)["us"])
    found = [_time(name, bits, ours[bits][name], theirs[name]) for name in TELEGRAMS for bits in (64, 32)]
    memory = _ours(32)
    for name in TELEGRAMS:
        found.append({"name": "parse {} B, 32-bit: bytes left".format(_size(name)), "value": memory["left"][name],
                      "unit": "bytes", "limit": MOST_LEFT})
    found.append({"name": "P1 room with its 4 KiB buffer, 32-bit", "value": memory["room"], "unit": "bytes",
                  "limit": MOST_HEAP})
    return found


def _time(name, bits, ours_us, theirs_us):
    return {"name": "parse {} B, {}-bit".format(_size(name), bits), "value": ours_us / 1000, "unit": "ms",
            "peer": PEER, "peer_value": theirs_us / 1000, "limit": theirs_us / 1000}


def _size(name):
    return (FOLDER / name).stat().st_size


def _keep_least(kept, measured):
    for name, value in measured.items():
        kept[name] = min(value, kept.get(name, value))


def _ours(bits):
    tree = pathlib.Path(ROOT) / "build" / "vm{}".format(vm.bits_of(bits))
    script = tree.parent / "parse_bench.py"
    script.write_text(SCRIPT)
    done = subprocess.run(vm.command(bits) + [str(script), str(FOLDER), str(PARSES), *TELEGRAMS], check=True,
                          capture_output=True, text=True, cwd=tree, env=vm.environment(tree))
    return json.loads(done.stdout)


def _peer():
    """Least time of a parse with its checksum, in us, for each telegram."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dsmr_parser import telegram_specifications
        from dsmr_parser.parsers import TelegramParser
    parser = TelegramParser(telegram_specifications.BELGIUM_FLUVIUS)
    best = {}
    for name in TELEGRAMS:
        text = (FOLDER / name).read_bytes().decode("latin-1")
        for _ in range(PARSES):
            start = time.perf_counter_ns()
            parser.parse(text)
            took = (time.perf_counter_ns() - start) / 1000
            best[name] = min(took, best.get(name, took))
    return best
