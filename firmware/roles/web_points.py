"""The self-test's points about what hangs on the box: supply, meter, inverter, the two trials.

A point is a function (desk, now_ms) -> (light, word, args, action or None): light is "good", "warn",
"bad", or "off" where this box has no such part. Sentences are in firmware/words. Loaded with a request.
"""

from ..core.ticks import age

_PHASE_LOW_MV, _PHASE_HIGH_MV = 207000, 253000  # 230 V -10 % +10 % (EN 50160)
_OLD_MS = 15000


def supply(desk, now_ms):
    guard = desk.box.board.guard
    cause = guard.reset_cause()
    if cause == "dip":
        return "bad", "pt_supply_dip", (guard.record.boots,), "pt_supply_do"
    if cause == "watchdog":
        return "warn", "pt_supply_watchdog", (guard.record.boots,), "pt_journal_do"
    return "good", "pt_supply_good", (guard.record.boots,), None


def line(desk, now_ms):
    words = _diagnosis(desk.box, now_ms)
    if words is None:
        return "off", "web_port_off", (), "web_p1_off_do"
    if words[0] in ("p1_no_light", "p1_silent", "p1_rubbish"):
        return "bad", words[0], words[1:], words[0] + "_do"
    return "good", "pt_line_good", (), None


def telegrams(desk, now_ms):
    meter = _meter(desk.box)
    if _elsewhere(desk.box):
        return "off", "web_port_off", (), None
    if meter is None or meter.at_ms is None:
        return "bad", "pt_telegrams_none", (), "p1_not_opened_do"
    interval_ms = desk.box.latest.meter_interval_ms or 0 if hasattr(desk.box, "latest") else 0
    age_ms = age(now_ms, meter.at_ms)
    if age_ms is None or age_ms > max(_OLD_MS, 2 * interval_ms):
        return "bad", "pt_telegrams_old", ((age_ms or 0) // 1000,), "p1_silent_do"
    return "good", "pt_telegrams_good", ((interval_ms + 500) // 1000, meter.version or "-"), None


def checksum(desk, now_ms):
    words = _diagnosis(desk.box, now_ms)
    if words is None:
        return "off", "web_port_off", (), None
    return ("good" if words[0] == "p1_good" else "bad"), words[0], words[1:], words[0] + "_do"


def content(desk, now_ms):
    meter = _meter(desk.box)
    if _elsewhere(desk.box):
        return "off", "web_port_off", (), None
    if meter is None:
        return "bad", "pt_telegrams_none", (), "p1_not_opened_do"
    known = (("1.7.0", meter.import_w), ("2.7.0", meter.export_w), ("1.8.1", meter.import_t1_wh),
             ("1.4.0", meter.demand_w), ("1.6.0", meter.month_peak_w), ("1.0.0", meter.time))
    lacks = [name for name, value in known if value is None]
    if "1.7.0" in lacks or "1.8.1" in lacks:
        return "bad", "pt_content_lacks", (", ".join(lacks),), "pt_content_do"
    return ("warn", "pt_content_lacks", (", ".join(lacks),), "pt_content_do") if lacks else (
        "good", "pt_content_good", ((meter.ean or meter.serial or "----")[-4:],), None)


def phases(desk, now_ms):
    meter = _meter(desk.box)
    if _elsewhere(desk.box):
        return "off", "web_port_off", (), None
    told = [one for one in (meter.voltage_mv if meter else None) or () if one]
    if not told:
        return "warn", "pt_phases_none", (), "pt_content_do"
    low, high = min(told), max(told)
    light = "good" if low >= _PHASE_LOW_MV and high <= _PHASE_HIGH_MV else "warn"
    return light, "pt_phases", (len(told), low // 1000, high // 1000), "pt_phases_do"


def bus(desk, now_ms):
    counters = desk.box.bus.counters if desk.box.bus else None
    if counters is None:
        return "off", "web_port_off", (), None
    asked, silent = counters["requests"], counters["timeouts"]
    damaged = counters["crc"]
    numbers = (asked, silent, damaged)
    if asked and silent >= asked:
        return "bad", "pt_bus", numbers, "pt_bus_silent_do"
    if damaged * 20 > asked:
        return "bad", "pt_bus", numbers, "pt_bus_damaged_do"
    return ("warn" if silent * 20 > asked else "good"), "pt_bus", numbers, "pt_bus_some_do"


def inverter(desk, now_ms):
    driver = driver_of(desk.box)
    if driver is None:
        return "bad", "web_no_inverter", (), "web_no_inverter_do"
    word = driver.status(now_ms)
    good = word in ("inverter_ok", "inverter_not_passive", "inverter_fault", "inverter_not_following")
    return ("good" if good else "bad"), ("pt_inverter_answers" if good else word), (), "web_inverter_do"


def identity(desk, now_ms):
    driver = driver_of(desk.box)
    reading = driver.reading if driver else None
    if reading is None or not reading.serial:
        return "warn" if reading else "bad", "pt_identity_none", (), "web_no_inverter_do"
    return "good", "pt_identity", (reading.serial, reading.model or "-"), None


def passive(desk, now_ms):
    driver = driver_of(desk.box)
    reading = driver.reading if driver else None
    if reading is None or reading.heard_ms is None:
        return "bad", "inverter_starting", (), "web_inverter_do"
    if reading.ready is False:
        return "bad", "inverter_not_passive", (), "web_passive_do"
    return "good", "pt_passive", (), None


def battery(desk, now_ms):
    driver = driver_of(desk.box)
    reading = driver.reading if driver else None
    if reading is None or reading.soc_pct is None:
        return "bad", "pt_battery_none", (), "web_inverter_do"
    volt = (reading.voltage_mv or 0) // 1000
    good = 0 <= reading.soc_pct <= 100 and not reading.faults
    return ("good" if good else "warn"), "pt_battery", (
        reading.soc_pct, volt, reading.charge_max_w or 0, reading.discharge_max_w or 0), "web_display_do"


def sign(desk, now_ms):
    return _trial(desk, desk.trial and desk.trial.sign)


def fallback(desk, now_ms):
    return _trial(desk, desk.trial and desk.trial.fallback)


def _trial(desk, found):
    if not hasattr(desk.box, "control"):
        return "off", "web_only_gateway", (), None
    return found or ("warn", "pt_trial_none", (), "pt_trial_do")


def driver_of(box):
    """The inverter that takes commands, wherever it hangs; None."""
    if hasattr(box, "latest"):
        return box.latest.battery()
    return box.drivers[0] if box.drivers else None


def _elsewhere(box):
    """An extender or a slave without a meter of its own."""
    return not box.door and not hasattr(box, "latest")


def _meter(box):
    """The newest Meter, ours or another box's; None."""
    return box.latest.meter if hasattr(box, "latest") else box.outward.meter


def _diagnosis(box, now_ms):
    if not box.door:
        return None
    from .meter_port import diagnose
    return diagnose(box.door.counters, box.board.line_level(), now_ms)


# By name in the order of the guide: a built box has no names to ask by.
POINTS = (("supply", supply), ("line", line), ("telegrams", telegrams), ("checksum", checksum),
          ("content", content), ("phases", phases), ("bus", bus), ("inverter", inverter),
          ("identity", identity), ("passive", passive), ("battery", battery), ("sign", sign),
          ("fallback", fallback))
