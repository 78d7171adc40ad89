"""Two witnesses for what a telegram says, neither of which knows the firmware.

`dsmr` asks dsmr_parser and turns its objects into our keys. `plain` is a slow reader of regular
expressions, decimals and dates, for what dsmr_parser does not decode (EAN, header, its errors).
make_expected.py writes a fixture's expectation only where both agree or a reason is given.
"""

import datetime
import decimal
import re
import warnings
import zoneinfo
from copy import deepcopy

from dsmr_parser import telegram_specifications
from dsmr_parser.exceptions import InvalidChecksumError, ParseError
from dsmr_parser.parsers import TelegramParser

KEYS = (
    "crc", "time", "header", "version", "serial", "ean", "import_w", "export_w",
    "import_t1_wh", "import_t2_wh", "export_t1_wh", "export_t2_wh", "tariff", "demand_w",
    "month_peak_w", "month_peak_time", "history", "voltage_mv", "current_ma",
    "phase_import_w", "phase_export_w", "breaker", "limiter_w", "fuse_ma",
    "gas", "water", "heat", "message",
)
TYPES = {3: "gas", 6: "water", 7: "water", 4: "heat", 12: "heat", 13: "heat"}
OFF = (999900, 999000, 999990, 99999)
AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")


def nothing(crc):
    """Every key, no reading."""
    return dict({key: None for key in KEYS}, crc=crc)


def telegrams(data):
    """The telegrams in a stream: from the last header before a "!" up to that line's end."""
    found = []
    for match in re.finditer(rb"(?:^|(?<=\n))!([0-9A-Fa-f]{0,4})", data):
        before = data[:match.start()]
        headers = list(re.finditer(rb"(?:^|(?<=\n)|(?<=\)))/(?=[A-Za-z]{3})", before))
        found.append(data[headers[-1].start():match.end()])
    return found


def checksum(telegram):
    """CRC-16/ARC, bit by bit."""
    body, printed = telegram.rsplit(b"!", 1)
    if not printed:
        return "none"
    crc = 0
    for byte in body + b"!":
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return "ok" if crc == int(printed, 16) else "bad"


def whole(value, unit, default=1000):
    """A printed number in our unit, an int; None for an empty one."""
    if value is None:
        return None
    factor = {"W": 1, "Wh": 1, "": default, None: default}.get(unit, 1000)
    return int(decimal.Decimal(str(value)) * factor)


def hexed(text):
    """Hexadecimal ASCII as text; as printed when it is something else; None when not filled in."""
    if not text:
        return None
    try:
        plain = bytes.fromhex(text).decode("ascii")
    except ValueError:
        plain = text
    if not plain.isprintable():
        plain = text
    return plain if plain.strip(" -0") else None


def three(values):
    """A list without the phases that are not there."""
    while values and values[-1] is None:
        values.pop()
    return values or None


def pick(devices):
    """{kind: (serial, value, time), …} of the devices read last; devices are (kind, serial, value, time)."""
    best = {}
    for kind, serial, value, time in devices:
        if kind and value is not None and not (time is None and value == 0):
            if kind not in best or (time or 0) > (best[kind][2] or 0):
                best[kind] = (serial, value, time)
    return {kind: dict(zip(("serial", "mj" if kind == "heat" else "litres", "time"), best[kind])) for kind in best}


# --- dsmr_parser -----------------------------------------------------------------------------

SIMPLE = {
    "import_w": "CURRENT_ELECTRICITY_USAGE", "export_w": "CURRENT_ELECTRICITY_DELIVERY",
    "import_t1_wh": "ELECTRICITY_USED_TARIFF_1", "import_t2_wh": "ELECTRICITY_USED_TARIFF_2",
    "export_t1_wh": "ELECTRICITY_DELIVERED_TARIFF_1", "export_t2_wh": "ELECTRICITY_DELIVERED_TARIFF_2",
    "demand_w": "BELGIUM_CURRENT_AVERAGE_DEMAND", "month_peak_w": "BELGIUM_MAXIMUM_DEMAND_MONTH",
    "limiter_w": "ACTUAL_TRESHOLD_ELECTRICITY", "fuse_ma": "FUSE_THRESHOLD_L1",
}
LISTS = {
    "voltage_mv": "INSTANTANEOUS_VOLTAGE_L%d", "current_ma": "INSTANTANEOUS_CURRENT_L%d",
    "phase_import_w": "INSTANTANEOUS_ACTIVE_POWER_L%d_POSITIVE",
    "phase_export_w": "INSTANTANEOUS_ACTIVE_POWER_L%d_NEGATIVE",
}
READINGS = ("MBUS_METER_READING", "GAS_METER_READING", "HOURLY_GAS_METER_READING")
SERIALS = ("BELGIUM_EQUIPMENT_IDENTIFIER", "EQUIPMENT_IDENTIFIER", "EQUIPMENT_SERIAL_NUMBER",
           "LUXEMBOURG_EQUIPMENT_IDENTIFIER")


def dsmr(telegram, specification):
    """What dsmr_parser says, in our keys; {"error": text} when it raises."""
    specification = deepcopy(getattr(telegram_specifications, specification))
    specification.pop("general_global_cipher", None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # The lone CR LF: dsmr_parser finds the checksum only when a line end follows.
            read = TelegramParser(specification).parse(telegram.decode("latin-1") + "\r\n")
    except InvalidChecksumError:
        return {"crc": "bad"}
    except (ParseError, decimal.DecimalException, IndexError, ValueError) as error:
        return {"error": type(error).__name__}
    return _converted(read, "ok" if specification["checksum_support"] else "none")


def _converted(read, crc):
    said = {"crc": crc}
    for key, name in SIMPLE.items():
        item = getattr(read, name, None)
        if item is not None:
            said[key] = whole(item.value, item.unit)
    for short, total in (("import", "ELECTRICITY_IMPORTED_TOTAL"), ("export", "ELECTRICITY_EXPORTED_TOTAL")):
        if hasattr(read, total) and short + "_t1_wh" not in said:
            said[short + "_t1_wh"] = whole(getattr(read, total).value, getattr(read, total).unit)
    for key in ("limiter_w", "fuse_ma"):
        if said.get(key) in OFF:
            said[key] = None
    for key, name in LISTS.items():
        phases = [getattr(read, name % (i + 1), None) for i in range(3)]
        said[key] = three([whole(phase.value, phase.unit) if phase is not None else None for phase in phases])
    for name in SERIALS:
        if hasattr(read, name):
            said["serial"] = hexed(getattr(read, name).value)
            break
    _convert_rest(read, said)
    return said


def _convert_rest(read, said):
    if hasattr(read, "P1_MESSAGE_TIMESTAMP"):
        said["time"] = _seconds(read.P1_MESSAGE_TIMESTAMP.value)
    for name in ("BELGIUM_VERSION_INFORMATION", "P1_MESSAGE_HEADER"):
        if hasattr(read, name):
            said["version"] = getattr(read, name).value
    if hasattr(read, "ELECTRICITY_ACTIVE_TARIFF"):
        said["tariff"] = int(read.ELECTRICITY_ACTIVE_TARIFF.value)
    if hasattr(read, "ACTUAL_SWITCH_POSITION"):
        said["breaker"] = int(read.ACTUAL_SWITCH_POSITION.value)
    if hasattr(read, "BELGIUM_MAXIMUM_DEMAND_MONTH"):
        said["month_peak_time"] = _seconds(read.BELGIUM_MAXIMUM_DEMAND_MONTH.datetime)
    if hasattr(read, "BELGIUM_MAXIMUM_DEMAND_13_MONTHS"):
        said["history"] = sorted(
            [_month(row.datetime), whole(row.value, "kW"), _seconds(row.occurred)]
            for row in read.BELGIUM_MAXIMUM_DEMAND_13_MONTHS)
    if hasattr(read, "TEXT_MESSAGE"):
        text = read.TEXT_MESSAGE.value
        said["message"] = hexed(text) if text else None
    if hasattr(read, "MBUS_DEVICES"):
        said.update({kind: None for kind in ("gas", "water", "heat")})
        said.update(pick([_device(device) for device in read.MBUS_DEVICES]))


def _device(device):
    kind = getattr(device, "MBUS_DEVICE_TYPE", None) or getattr(device, "DEVICE_TYPE", None)
    serial = getattr(device, "MBUS_EQUIPMENT_IDENTIFIER", None) or getattr(device, "EQUIPMENT_IDENTIFIER_GAS", None)
    read = next((getattr(device, name) for name in READINGS if hasattr(device, name)), None)
    return (TYPES.get(int(kind.value)) if kind is not None and kind.value is not None else None,
            hexed(serial.value) if serial is not None else None,
            whole(read.value, "m3") if read is not None else None,
            _seconds(read.datetime) if read is not None else None)


def _seconds(moment):
    return None if moment is None else int(moment.timestamp())


def _month(stamp):
    return (stamp.astimezone(AMSTERDAM) - datetime.timedelta(seconds=1)).strftime("%Y-%m")


# --- the plain reader ------------------------------------------------------------------------


def plain(telegram):
    """What the telegram says, read with regular expressions; all keys."""
    crc = checksum(telegram)
    if crc == "bad":
        return nothing(crc)
    text = telegram.decode("latin-1")
    lines = {}
    for match in re.finditer(r"^(\d-\d:\d+\.\d+\.\d+)((?:\([^)]*\))+)(?:\r?\n\(([^)]*)\))?", text, re.M):
        values = re.findall(r"\(([^)]*)\)", match[2])
        lines.setdefault(match[1], values + ([match[3]] if match[3] is not None else []))
    said = nothing(crc)
    said["header"] = text.split("\n")[0].rstrip("\r")
    _plain_values(lines, said)
    _plain_peaks(lines, said)
    _plain_devices(lines, said)
    return said


def _first(lines, *codes):
    for code in codes:
        if code in lines:
            return lines[code][0]
    return None


def _number(text):
    match = re.fullmatch(r"(-?[\d.]+)\*?([A-Za-z]\w*)?", text or "")
    return None if not match else whole(match[1], match[2])


def _plain_values(lines, said):
    for key, codes in {
        "import_w": ("1.7.0",), "export_w": ("2.7.0",), "import_t2_wh": ("1.8.2",), "export_t2_wh": ("2.8.2",),
        "import_t1_wh": ("1.8.1", "1.8.0"), "export_t1_wh": ("2.8.1", "2.8.0"), "demand_w": ("1.4.0",),
    }.items():
        said[key] = _number(_first(lines, *[part + code for code in codes for part in ("1-0:", "1-1:")]))
    for key, first in (("voltage_mv", 32), ("current_ma", 31), ("phase_import_w", 21), ("phase_export_w", 22)):
        said[key] = three([_number(_first(lines, "1-0:%d.7.0" % (first + 20 * i))) for i in range(3)])
    limit = _first(lines, "0-0:17.0.0") or ""
    said["limiter_w"] = None if limit.endswith("*A") or _number(limit) in OFF else _number(limit)
    fuse = _number(_first(lines, "1-0:31.4.0", "1-1:31.4.0"))
    said["fuse_ma"] = None if fuse in OFF else fuse
    said["serial"] = hexed(_first(lines, "0-0:96.1.1", "0-0:96.1.0", "0-0:42.0.0", "0-0:0.0.0"))
    said["ean"] = hexed(_first(lines, "0-0:96.1.2"))
    said["message"] = hexed(_first(lines, "0-0:96.13.0"))
    said["version"] = _first(lines, "0-0:96.1.4", "1-3:0.2.8")
    said["time"] = moment(_first(lines, "0-0:1.0.0"))
    for key, code in (("tariff", "0-0:96.14.0"), ("breaker", "0-0:96.3.10")):
        said[key] = int(_first(lines, code)) if code in lines else None


def _plain_peaks(lines, said):
    peak = lines.get("1-0:1.6.0") or lines.get("1-1:1.6.0")
    if peak and moment(peak[0]) is not None:
        said["month_peak_time"], said["month_peak_w"] = moment(peak[0]), _number(peak[1])
    rows = lines.get("0-0:98.1.0")
    if rows and re.fullmatch(r"\d{1,2}", rows[0]):
        said["history"] = []
        for i in range(3, len(rows) - 2, 3):
            if moment(rows[i]) is not None and moment(rows[i + 1]) is not None:
                end = datetime.datetime.strptime(rows[i][:12], "%y%m%d%H%M%S") - datetime.timedelta(seconds=1)
                said["history"].append([end.strftime("%Y-%m"), _number(rows[i + 2]), moment(rows[i + 1])])
        said["history"].sort()


def _plain_devices(lines, said):
    devices = []
    for n in range(1, 5):
        kind = _first(lines, "0-%d:24.1.0" % n)
        read = lines.get("0-%d:24.2.1" % n) or lines.get("0-%d:24.2.3" % n) or lines.get("0-%d:24.3.0" % n)
        if kind and read:
            serial = _first(lines, "0-%d:96.1.1" % n, "0-%d:96.1.0" % n)
            devices.append((TYPES.get(int(kind)), hexed(serial), _number(read[-1]), moment(read[0])))
    said.update(pick(devices))


def moment(stamp):
    """YYMMDDhhmmss with S or W, or without (then Amsterdam's time), as UTC seconds; None for a placeholder."""
    match = re.fullmatch(r"(\d{12})([SW]?)", stamp or "")
    try:
        local = datetime.datetime.strptime(match[1], "%y%m%d%H%M%S")
    except (ValueError, TypeError):
        return None
    if not 2015 <= local.year <= 2060:
        return None
    hours = {"S": 2, "W": 1}.get(match[2])
    zone = AMSTERDAM if hours is None else datetime.timezone(datetime.timedelta(hours=hours))
    return int(local.replace(tzinfo=zone).timestamp())
