"""Whole numbers and short texts in bytes: what every body is made of, and which stand where.

A number takes four bytes, little-endian, two's complement; None has a pattern of its
own. A number that does not fit is told as None: unknown, never a wrong one
(struct would cut it silently, facts: micropython H). After the numbers come texts,
each with its length first. New fields are added at an end, never in between.
"""

import struct

from .packet import BODY_MOST

_NONE = -0x80000000
SINCE = 1704067200  # 2024-01-01: a time of today fits a number, with room for sixty years
MONTHS = 13

# A Meter: its time and month_peak_time, these, three phases each, and amount and time of the flows.
METER_NUMBERS = ("import_w", "export_w", "import_t1_wh", "import_t2_wh", "export_t1_wh", "export_t2_wh",
                 "tariff", "demand_w", "month_peak_w", "breaker", "limiter_w", "fuse_ma")
PHASED = ("voltage_mv", "current_ma", "phase_import_w", "phase_export_w")
FLOWS = (("gas", "litres"), ("water", "litres"), ("heat", "mj"))
METER_TEXTS = ("ean", "serial", "version")

# An Inverter: these, the set-point in force, the age of its last reply; texts: status, these, its faults.
INVERTER_NUMBERS = ("power_w", "soc_pct", "soh_pct", "voltage_mv", "current_ma", "battery_c", "inverter_c",
                    "solar_w", "grid_w", "load_w", "charge_max_w", "discharge_max_w",
                    "import_wh", "export_wh", "charged_wh", "discharged_wh", "solar_wh")
FLAGS = ("ready", "full", "empty")
INVERTER_TEXTS = ("state", "mode", "serial", "model")

HEALTH_NUMBERS = ("uptime_s", "boots", "heap_free", "rssi_dbm", "loss_pct", "p1_good", "p1_bad", "p1_lost",
                  "bus_requests", "bus_timeouts", "bus_crc", "bus_exceptions", "bus_retries", "chip_c")
HEALTH_TEXTS = ("version", "reset", "p1", "inverter", "model")


def put(numbers):
    """ints, bools and None -> bytes, four each."""
    values = [_NONE if one is None or not _NONE < one < -_NONE else int(one) for one in numbers]
    return struct.pack("<%di" % len(values), *values)


def take(body, count):
    """The first `count` numbers of `body`; those it does not have are None."""
    have = min(count, len(body) // 4)
    found = [None if one == _NONE else one for one in struct.unpack("<%di" % have, body[: 4 * have])]
    return found + [None] * (count - have)


def put_texts(body, texts):
    """`body` and `texts` (None is "") behind it; a text that finds no room is told as "" or not at all."""
    left = BODY_MOST - len(body)
    for text in texts:
        data = (text or "").encode()
        if len(data) >= left:
            data = b""
        if left:
            body += bytes((len(data),)) + data
            left -= 1 + len(data)
    return body


def take_texts(body, count):
    """All texts behind `count` numbers; "" and what is damaged are None."""
    found = []
    at = 4 * count
    while at < len(body):
        end = at + 1 + body[at]
        try:
            found.append(str(body[at + 1 : end], "utf-8") or None)
        except UnicodeError:
            found.append(None)
        at = end
    return found
