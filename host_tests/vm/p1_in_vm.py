"""Runs in MicroPython: the P1 room over the fixtures and a million random bytes. Prints one JSON object.

Arguments: the folder of the fixtures, then names to read ("*" for all of them).
"""

import gc
import json
import os
import sys

import micropython

from firmware.core.readings import Meter
from firmware.p1.framer import Framer
from firmware.p1.telegram import parse


class Reader:
    """As the gateway does it: one framer, one meter."""

    def __init__(self):
        self.framer = Framer()
        self.meter = Meter()
        self.found = []

    def feed(self, data, step):
        """In pieces of `step` bytes; feeding and asking with the heap locked, decoding without."""
        at = 0
        while at < len(data):
            event = "fed"
            micropython.heap_lock()
            end = at
            while end < len(data) and end < at + step:
                end += self.framer.copy_in(data, end)
            at = end
            while event is not None:
                event = self.framer.next()
                if event == "telegram":
                    micropython.heap_unlock()
                    self.note()
                    micropython.heap_lock()
            micropython.heap_unlock()

    def note(self):
        """Decode the whole telegram in the framer."""
        framer = self.framer
        crc = parse(framer.buffer, framer.start, framer.end, self.meter, 0)
        framer.counters.judged(crc, self.meter, 0)
        values = {name: None if crc == "bad" else getattr(self.meter, name) for name in Meter.FIELDS}
        values["crc"] = crc
        self.found.append(json.loads(json.dumps(values)))


def read(data, step):
    """Everything in `data` up to its end, fed in pieces of `step` bytes."""
    reader = Reader()
    reader.feed(data, step)
    if reader.framer.finish() == "telegram":
        reader.note()
    return reader.found


def as_fixture(found):
    """Months as the fixtures print them."""
    for values in found:
        if values["history"] is not None:
            values["history"] = [
                ["{:04d}-{:02d}".format(month // 100, month % 100), power_w, time]
                for month, power_w, time in values["history"]]
    return found


def fixtures(folder):
    """Names of files that are not read as their fixture says, fed in three ways."""
    wrong = []
    count = 0
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json"):
            stem = folder + "/" + name[:-5]
            with open(stem + (".bin" if name.startswith("enc") else ".txt"), "rb") as file:
                data = file.read()
            with open(folder + "/" + name) as file:
                expect = json.load(file)["expect"]
            count += 1
            for step in (2048, 1, 61):
                if as_fixture(read(data, step)) != expect:
                    wrong.append([name, step])
            gc.collect()
    return count, wrong


def random_bytes(count, data):
    """`count` random bytes with the heap locked while they are fed, then a telegram: is it read?"""
    reader = Reader()
    noise = bytearray(2000)
    seed = 1
    for _ in range(count // len(noise)):
        for i in range(len(noise)):
            seed = (seed * 75 + 74) % 65537  # a small generator: no big ints with the heap locked
            noise[i] = (seed ^ seed >> 7) & 0xFF
        seed = (seed + 12345) % 65537
        reader.feed(noise, len(noise))
    ok = [values for values in reader.found if values["crc"] == "ok"]
    reader.feed(data, 100)
    return len(ok), reader.framer.counters.bytes, as_fixture(reader.found[-1:]), len(reader.framer.buffer)


def allocated(data):
    """Bytes that one telegram after many leaves behind: framing and decoding."""
    framer, meter = Framer(), Meter()
    used = 0
    for _ in range(3):
        gc.collect()
        gc.disable()
        before = gc.mem_alloc()
        framer.copy_in(data)
        while framer.next() != "telegram":
            pass
        parse(framer.buffer, framer.start, framer.end, meter, 0)
        framer.next()
        used = gc.mem_alloc() - before
        gc.enable()
    return used


def main(folder, longest):
    """Everything, as one JSON object on standard output."""
    with open(folder + "/" + longest, "rb") as file:
        data = file.read()
    count, wrong = fixtures(folder)
    ok, fed, last, size = random_bytes(1000000, data)
    print(json.dumps({
        "fixtures": count, "wrong": wrong, "random_ok": ok, "random_fed": fed, "last": last, "size": size,
        "allocated": allocated(data),
        "loaded": sorted([name for name in sys.modules if name.startswith("firmware.p1.")]),
    }))


main(*sys.argv[1:3])
