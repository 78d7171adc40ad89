"""Readings as bodies: core's Meter and Inverter in at one end, the same out at the other.

Knows the order of their fields in a body; ages travel in the head. What a body lacks
comes out as None. `message`, `header` and the serials of gas and water meters do not
travel, the monthly peaks go apart (HISTORY), because 219 bytes hold no more.
"""

from .fields import put, put_texts, take, take_texts
from .packet import BODY_MOST

_2024 = 1704067200  # a time of today fits the number with room for sixty years
_PLAIN = ("import_w", "export_w", "import_t1_wh", "import_t2_wh", "export_t1_wh", "export_t2_wh", "tariff",
          "demand_w", "month_peak_w", "breaker", "limiter_w", "fuse_ma")
_PHASED = ("voltage_mv", "current_ma", "phase_import_w", "phase_export_w")
_FLOWS = (("gas", "litres"), ("water", "litres"), ("heat", "mj"))
_METER_TEXTS = ("ean", "serial", "version")
_NUMBERS = 2 + len(_PLAIN) + 3 * len(_PHASED) + 2 * len(_FLOWS)
_MONTHS = 13

_INVERTER = ("power_w", "soc_pct", "soh_pct", "voltage_mv", "current_ma", "battery_c", "inverter_c",
             "solar_w", "grid_w", "load_w", "charge_max_w", "discharge_max_w", "import_wh", "export_wh", "charged_wh",
             "discharged_wh", "solar_wh")
_FLAGS = ("ready", "full", "empty")
_INVERTER_TEXTS = ("state", "mode", "serial", "model")


def put_meter(meter):
    """A Meter as a body for METER; send it with stamp_ms = meter.at_ms."""
    numbers = [_since(meter.time), _since(meter.month_peak_time)] + [getattr(meter, name) for name in _PLAIN]
    for name in _PHASED:
        numbers += ((getattr(meter, name) or []) + [None, None, None])[:3]
    for name, unit in _FLOWS:
        flow = getattr(meter, name) or {}
        numbers += [flow.get(unit), _since(flow.get("time"))]
    body = put(numbers)
    return body + put_texts([getattr(meter, name) for name in _METER_TEXTS], BODY_MOST - len(body))


def take_meter(body, meter, at_ms):
    """Fill `meter` in place. `at_ms`: the event's stamp."""
    numbers = take(body, 0, _NUMBERS)
    meter.at_ms = at_ms
    meter.crc = "ok"
    meter.time, meter.month_peak_time = _epoch(numbers[0]), _epoch(numbers[1])
    at = 2
    for name in _PLAIN:
        setattr(meter, name, numbers[at])
        at += 1
    for name in _PHASED:
        setattr(meter, name, _phases(numbers[at : at + 3]))
        at += 3
    for name, unit in _FLOWS:
        amount, time = numbers[at], _epoch(numbers[at + 1])
        setattr(meter, name, None if amount is None else {"serial": None, unit: amount, "time": time})
        at += 2
    texts = take_texts(body, 4 * _NUMBERS, len(_METER_TEXTS))
    for name in _METER_TEXTS:
        setattr(meter, name, texts.pop(0))


def put_history(history):
    """Meter.history, (month, power_w, time) each, as a body for HISTORY: the thirteen newest."""
    numbers = []
    for month, power_w, time in (history or [])[-_MONTHS:]:
        numbers += [month, power_w, _since(time)]
    return put(numbers)


def take_history(body):
    """The list again, or None when it is empty."""
    numbers = take(body, 0, len(body) // 12 * 3)
    found = [(numbers[i], numbers[i + 1], _epoch(numbers[i + 2])) for i in range(0, len(numbers), 3)]
    return found or None


def put_inverter(reading, status, set_w, heard_ms_ago):
    """An Inverter as a body for INVERTER; send it with stamp_ms = reading.at_ms and the inverter's index.

    status: the driver's word; set_w: the set-point in force, None at rest; heard_ms_ago: age of its last reply.
    """
    names = _INVERTER + _FLAGS
    body = put([getattr(reading, name) for name in names] + [set_w, heard_ms_ago])
    texts = [status] + [getattr(reading, name) for name in _INVERTER_TEXTS]
    out = put_texts(texts, BODY_MOST - len(body))
    room = BODY_MOST - len(body) - len(out) - 1
    faults = ""
    for word in reading.faults:  # whole words, as many as fit
        if len(faults) + 1 + len(word) <= room:
            faults += "," + word if faults else word
    return body + out + put_texts([faults], room + 1)


def take_inverter(body, reading, at_ms):
    """Fill `reading` in place but for heard_ms; returns (status, set_w, heard_ms_ago)."""
    names = _INVERTER + _FLAGS
    numbers = take(body, 0, len(names) + 2)
    reading.at_ms = at_ms
    for i in range(len(names)):
        value = numbers[i]
        setattr(reading, names[i], value if i < len(_INVERTER) or value is None else value == 1)
    texts = take_texts(body, 4 * len(numbers), 6)
    for i in range(len(_INVERTER_TEXTS)):
        setattr(reading, _INVERTER_TEXTS[i], texts[i + 1])
    reading.faults = tuple(texts[5].split(",")) if texts[5] else ()
    return texts[0], numbers[-2], numbers[-1]


def _since(time):
    return None if time is None else time - _2024


def _epoch(number):
    return None if number is None else number + _2024


def _phases(numbers):
    """Three numbers -> the list as the P1 room makes it: None when no phase is told."""
    while numbers and numbers[-1] is None:
        numbers.pop()
    return numbers or None
