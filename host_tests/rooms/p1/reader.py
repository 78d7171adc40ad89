"""The P1 room on CPython, fed as a test wishes, and its answers in the form of the fixtures."""

import json
import pathlib

from firmware.core.readings import Meter
from firmware.p1.framer import Framer
from firmware.p1.telegram import parse

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "telegrams"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".bin"))
GOOD = [path for path in FILES if '"crc": "ok"' in path.with_suffix(".json").read_text("utf-8")]
LONGEST = FOLDER / "be_t211_3p_v50217_delta_hist13_gas.txt"


def fixture(path):
    """The JSON beside a telegram."""
    return json.loads(path.with_suffix(".json").read_text("utf-8"))


def shown(meter, crc):
    """A Meter as the fixtures have it; nothing for a bad telegram."""
    if crc == "bad":
        return dict(dict.fromkeys(Meter.FIELDS), crc="bad")
    found = {name: getattr(meter, name) for name in Meter.FIELDS}
    if found["history"] is not None:
        found["history"] = [["%04d-%02d" % divmod(row[0], 100), row[1], row[2]] for row in found["history"]]
    return json.loads(json.dumps(found))


class Reader:
    """A framer and a meter; `found` is what came out, `events` what the framer said."""

    def __init__(self, *sizes):
        self.framer = Framer(*sizes)
        self.meter = Meter()
        self.found = []
        self.events = []

    def feed(self, data):
        """All of `data`, asking in between as a task would."""
        at = 0
        while at < len(data):
            at += self.framer.copy_in(data, at)
            self._ask(self.framer.next)
        return self

    def close(self):
        """The end of a file."""
        event = self.framer.finish()
        if event:
            self._handle(event)
        return self

    def _ask(self, ask):
        event = ask()
        while event is not None:
            self._handle(event)
            event = ask()

    def _handle(self, event):
        self.events.append(event)
        if event == "telegram":
            framer = self.framer
            crc = parse(framer.buffer, framer.start, framer.end, self.meter, 7)
            framer.counters.judged(crc, self.meter, 7)
            self.found.append(shown(self.meter, crc))


def read(data):
    """Everything in `data`, as the fixtures have it."""
    return Reader().feed(data).close().found


def sealed(text):
    """`text` up to and with "!", with its right checksum: for telegrams a test makes."""
    crc = 0
    for byte in text:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return text + b"%04X\r\n" % crc
