"""Is a catalogue file sound? Every fault found, in words that name the row.

Run by the tests over the whole catalogue; a board has no memory to spare for it. It refuses
to repair anything.
"""

from . import decode, plan, writes
from .entry import HABITS, ready
from .quirks import QUIRKS

_RHYTHMS = ("fast", "slow", "rare", "once", "mode")
_READING = (1, 2, 3, 4)
_NAMES = ("rest", "hold", "charge", "discharge", "power", "auto", "alive", "set_mode")
_EEPROM = ("set_mode",)


def faults(model, groups, details=()):
    """List of texts, empty when all is sound; model: a Sheet, `groups` and `details` as entry gives them."""
    found = []
    seen = {}
    for group in groups:
        _group(model, group, seen, found)
    for function, rows in details:
        for row in rows:
            _row(model, row, seen, found)
            if not any(read[1] == function and read[3] <= row[0] < read[3] + read[4] for read in model.reads):
                found.append("row 0x%04X %s: no read fetches it" % row[:2])
    if model.MEASURE not in seen:
        found.append("MEASURE %r is the key of no row" % (model.MEASURE,))
    for name, steps in model.WRITES:
        _write(model, name, steps, found)
    _limits(model, found)
    return found


def _group(model, group, seen, found):
    rhythm, function, _, rows = group
    if rhythm not in _RHYTHMS:
        found.append("rhythm %r: must be one of %s" % (rhythm, ", ".join(_RHYTHMS)))
    if function not in _READING:
        found.append("function %r does not read" % (function,))
    for row in rows:
        _row(model, row, seen, found)


def _row(model, row, seen, found):
    if len(row) != 5:
        found.append("row %r: must be (address, key, kind, multiply, divide)" % (row,))
        return
    address, key, kind, multiply, divide = row
    if key in seen and kind != "block":
        found.append("row 0x%04X %s: the key stands twice" % (address, key))
    seen[key] = row
    try:
        registers = plan.width(row)
        if kind != "block":
            decode.value(ready(model, row, address, {}), bytes(2 * registers))
    except (ValueError, ZeroDivisionError) as error:
        found.append("row 0x%04X %s: %s" % (address, key, error))
        return
    if not 0 <= address <= 0x10000 - registers:
        found.append("row 0x%04X %s: address outside 0..0xFFFF" % (address, key))
    if registers > model.LONGEST:
        found.append("row 0x%04X %s: wider than one read (%d)" % (address, key, model.LONGEST))
    if not multiply and kind not in decode.FIELDS + ("block",):
        found.append("row 0x%04X %s: multiply is 0" % (address, key))


def _write(model, name, steps, found):
    if name not in _NAMES:
        found.append("write %r: must be one of %s" % (name, ", ".join(_NAMES)))
    for power_w in (-model.CHARGE_MAX_W, 0, model.DISCHARGE_MAX_W):
        if name == "discharge" and power_w < 0 or name == "charge" and power_w > 0:
            continue
        for step in steps:
            try:
                writes.build(step, power_w)
            except ValueError as error:
                found.append("write %s at %d W: %s" % (name, power_w, error))
    if name not in _EEPROM:
        for step in steps:
            if any(first <= step[1] <= last for first, last in model.WORN):
                found.append("write %s: register 0x%04X wears out and would be repeated" % (name, step[1]))


def _limits(model, found):
    names = [name for name, _ in model.WRITES]
    if names and "rest" not in names:
        found.append("a device with commands needs the write 'rest'")
    if names and "power" not in names and any(way not in names for way in ("charge", "discharge", "hold")):
        found.append("needs the write 'power', or 'charge', 'discharge' and 'hold'")
    if names and not (model.CHARGE_MAX_W > 0 and model.DISCHARGE_MAX_W > 0):
        found.append("CHARGE_MAX_W and DISCHARGE_MAX_W must be above 0")
    if "alive" in names and not model.ALIVE_MS:
        found.append("write 'alive' without ALIVE_MS")
    if model.STATUS is not None and model.STATUS not in QUIRKS:
        found.append("STATUS %r is no function of quirks" % (model.STATUS,))
    for name in model.QUIRKS:
        if name not in HABITS:
            found.append("quirk %r is not in HABITS" % (name,))
    if model.OBEYS_IN is not None and model.OBEYS_IN not in model.MODES:
        found.append("OBEYS_IN %r is not one of MODES" % (model.OBEYS_IN,))
    for state in model.FAULT_STATES:
        if model.STATES and state not in model.STATES:
            found.append("FAULT_STATES: %r is not one of STATES" % (state,))
    if model.STEP_W < 1 or model.SMALL_W[0] > model.SMALL_W[1]:
        found.append("STEP_W must be 1 or more, SMALL_W (leave, enter) rising")
