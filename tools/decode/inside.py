"""Runs in MicroPython: bytes of a file, or poured in by __main__, through the P1 room, JSON lines out.

Arguments: path or "-", the name to use in messages, "7" to clear bit 7. One JSON object a telegram on
standard output, keys as in core's Meter and always all of them; notes on standard error.
"""

import json
import sys

from firmware.core.readings import Meter
from firmware.p1.framer import Framer
from firmware.p1.telegram import parse

NOTES = {
    "cut": "a telegram was cut short and dropped",
    "overrun": "a telegram longer than the buffer was dropped",
    "encrypted": "this meter encrypts its port; not supported",
}


class Decoder:
    """A framer, a meter, and the printing of what they make of the bytes."""

    def __init__(self, name, seven_bit):
        self.name = name
        self.framer = Framer()
        self.framer.seven_bit = seven_bit
        self.meter = Meter()
        self.noted = []

    def drain(self):
        """Print whatever the bytes so far made whole."""
        event = self.framer.next()
        while event is not None:
            self.handle(event)
            event = self.framer.next()

    def handle(self, event):
        """One event of the framer."""
        framer = self.framer
        if event == "telegram":
            crc = parse(framer.buffer, framer.start, framer.end, self.meter, 0)
            framer.counters.judged(crc, self.meter, 0)
            print(as_json(crc, self.meter))
        elif event in NOTES and not (event == "encrypted" and event in self.noted):
            self.noted.append(event)
            self.note(NOTES[event])

    def end(self):
        """No more bytes will come."""
        event = self.framer.finish()
        if event is not None:
            self.handle(event)
        counters = self.framer.counters
        if not counters.good + counters.bad and not self.noted:
            self.note("no telegram in {} bytes".format(counters.bytes))

    def note(self, text):
        """A line for people."""
        sys.stderr.write("{}: {}\n".format(self.name, text))


def as_json(crc, meter):
    """One line; a bad telegram has no readings, whatever the meter still holds of the one before."""
    parts = ['"crc": "{}"'.format(crc)]
    for name in Meter.FIELDS:
        if name != "crc":
            value = None if crc == "bad" else getattr(meter, name)
            if name == "history" and value is not None:
                value = [[month(row[0]), row[1], row[2]] for row in value]
            parts.append('"{}": {}'.format(name, json.dumps(value)))
    return "{" + ", ".join(parts) + "}"


def month(number):
    """202306 -> "2023-06"."""
    return "{:04d}-{:02d}".format(number // 100, number % 100)


def whole_file(path):
    """A function that fills a buffer from the file -> how many bytes, 0 at the end."""
    return open(path, "rb").readinto


def poured():
    """The same from standard input, where each piece has its length in front (two bytes).

    MicroPython waits for as many bytes as it is asked for: without the length, a live telegram
    would be held back until the room is full.
    """
    source = sys.stdin.buffer
    left = 0

    def read(room):
        nonlocal left
        if not left:
            length = source.read(2)
            if not length or len(length) < 2:
                return 0
            left = length[0] << 8 | length[1]
        count = source.readinto(room[:min(left, len(room))])
        left -= count or 0
        return count

    return read


def main(path, name, bits):
    """Read one source to its end."""
    decoder = Decoder(name, bits == "7")
    read = poured() if path == "-" else whole_file(path)
    while True:
        count = read(decoder.framer.buffer_for())
        if not count:
            break
        decoder.framer.wrote(count)
        decoder.drain()
    decoder.end()


main(*sys.argv[1:4])
