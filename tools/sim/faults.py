"""What can go wrong, and when: the timeline of `--faults FILE`.

JSON: a list of {"at_s": 20, "for_s": 15, "fault": "unplug_meter"}; CSV: the same
names as columns. `value` is the fault's own number where it has one. Each fault
is switched on and off on the Story's parts.
"""

import asyncio
import csv
import json
import math

# name: (needs "meter", "inverter", "board" or "link"; meaning and default of value; what it is)
FAULTS = {
    "unplug_meter": ("meter", None, "the P1 plug is out: no byte comes"),
    "corrupt_bytes": ("meter", ("chance per byte", 0.01), "P1 bytes with a flipped bit"),
    "drop_bytes": ("meter", ("chance per byte", 0.005), "P1 bytes that never arrive"),
    "corrupt_bus": ("inverter", ("chance per byte", 0.02), "RS485 bytes with a flipped bit, both ways"),
    "meter_clock": ("meter", ("seconds ahead", 3600), "the meter's clock is wrong"),
    "silence_inverter": ("inverter", None, "the inverter hears nothing and says nothing"),
    "leave_passive": ("inverter", None, "somebody chose another work mode on its display"),
    "inverter_fault": ("inverter", ("fault ID", 1), "it stops with a fault bit set (1: grid over-voltage)"),
    "exception": ("inverter", ("exception code", 4), "it answers every request with an exception"),
    "wrong_crc": ("inverter", None, "every answer has a wrong checksum"),
    "freeze_soc": ("inverter", None, "its state of charge stops moving"),
    "brown_out": ("board", None, "the gateway loses power for that long"),
    "gateway_reboot": ("board", None, "the gateway's watchdog bites: it starts anew at once"),
    "link_loss": ("link", ("percent", 20), "frames between the boards that never arrive"),
    "link_dead": ("link", None, "no frame arrives at all"),
    "move_channel": ("link", ("channel", 11), "the gateway's access point is on another channel"),
    "extender_reboot": ("link", None, "the watchdogs of all boxes but the gateway bite"),
    "stranger_replays": ("link", ("frames a second", 50), "a stranger plays all that was sent until then"),
}


_BOUNDS = {"link_loss": (0, 100), "move_channel": (1, 13), "stranger_replays": (1, 1000)}


class FaultError(ValueError):
    """A timeline that cannot be played; the text names the entry and the fix."""


class Fault:
    """One entry, checked. `value` is None for a fault without a number."""

    def __init__(self, at_s, for_s, name, value):
        self.at_s = at_s
        self.for_s = for_s
        self.name = name
        self.value = value

    @property
    def needs(self):
        """ "meter", "inverter", "board" or "link": what the harness must own to play it."""
        return FAULTS[self.name][0]


def read(path):
    """The Faults of a JSON or CSV file, earliest first. FaultError names what is wrong."""
    try:
        with open(path, newline="", encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle)) if str(path).endswith(".csv") else json.load(handle)
    except OSError as error:
        raise FaultError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise FaultError(f"{path}: is no JSON ({error}); give a list of {{at_s, for_s, fault}}") from error
    if not isinstance(rows, list):
        raise FaultError(f"{path}: must be a list of {{at_s, for_s, fault}}")
    return sorted(
        (_check(path, number, row) for number, row in enumerate(rows, 1)), key=lambda fault: fault.at_s
    )


def _check(path, number, row):
    where = f"{path}, entry {number}"
    if not isinstance(row, dict):
        raise FaultError(f"{where}: {row!r} is no object with at_s, for_s and fault")
    strange = sorted(set(row) - {"at_s", "for_s", "fault", "value"})
    if strange:
        raise FaultError(f"{where}: unknown key {strange[0]!r}; keys are at_s, for_s, fault, value")
    name = row.get("fault")
    if name not in FAULTS:
        raise FaultError(f"{where}: unknown fault {name!r}; choose from {', '.join(sorted(FAULTS))}")
    standard = FAULTS[name][1]
    value = None
    if standard:
        value = _number(where, row, "value", standard[1])
        low, high = _BOUNDS.get(name, (value, value))
        if not low <= value <= high:
            raise FaultError(f"{where}: value is {value:g}; {name} takes {standard[0]} from {low} to {high}")
    return Fault(_number(where, row, "at_s", None), _number(where, row, "for_s", 10), name, value)


def _number(where, row, key, otherwise):
    found = row.get(key)
    if found in (None, ""):
        if otherwise is None:
            raise FaultError(f"{where}: {key} is missing; give seconds from the start")
        return otherwise
    try:
        number = float(found)
    except (TypeError, ValueError):
        number = math.nan
    if not (math.isfinite(number) and number >= 0):
        raise FaultError(f"{where}: {key} is {found!r}; it must be a number from 0 up")
    return number


def listing():
    """The faults as lines for --help."""
    lines = []
    for name, (_, value, text) in FAULTS.items():
        lines.append(f"  {name:<17}{text}" + (f"; value: {value[0]} ({value[1]})" if value else ""))
    return "\n".join(lines)


async def play(faults, story, clock):
    """Endless: begin and end each fault at its second; those still on at the end stay on."""
    moments = sorted(
        [(one.at_s, 1, one) for one in faults] + [(one.at_s + one.for_s, 0, one) for one in faults],
        key=lambda moment: moment[:2],
    )
    for at_s, begins, fault in moments:
        await clock.until(at_s)
        switch(fault, story, bool(begins))
        story.witness.note_fault(clock.now(), fault, bool(begins))
    await asyncio.Event().wait()  # the story ends by its own clock


def switch(fault, story, on):
    """Break it (`on`) or mend it."""
    name = fault.name
    if fault.needs == "meter":
        _meter(story, name, fault.value, on)
    elif name == "corrupt_bus":
        _spoil(story.bus.wires, "corrupt", fault.value if on else 0.0)
    elif name == "brown_out":
        (story.crew.gateway.power_off if on else story.crew.gateway.power_on)()
    elif fault.needs == "board" or name == "extender_reboot":
        if on:
            story.crew.bite(gateway=fault.needs == "board")
    elif fault.needs == "link":
        story.corridor.set_fault(name, on, fault.value)
    elif name == "leave_passive":
        story.inverter.mode = 0 if on else 3
    elif name == "inverter_fault":
        (story.inverter.fault_ids.add if on else story.inverter.fault_ids.discard)(int(fault.value))
    elif name == "freeze_soc":
        story.inverter_book.frozen_soc = story.inverter_book.soc() if on else None
    else:
        story.station.set_fault(name, on, fault.value)


def _meter(story, name, value, on):
    if name == "unplug_meter":
        story.plug_meter(not on)
    elif name == "meter_clock":
        story.meter.shift_clock(value if on else 0)
    else:
        _spoil([story.p1_wire], "corrupt" if name == "corrupt_bytes" else "drop", value if on else 0.0)


def _spoil(wires, what, chance):
    for wire in wires:
        setattr(wire, what, chance)
