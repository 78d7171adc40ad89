"""A slow reader of telegrams by regular expressions, decimals and dates: the second witness.

It does not know the firmware, and speaks where dsmr_parser (witness_dsmr.py) does not: EAN, header,
and where that one is wrong. make_expected.py writes a fixture's expectation only where both agree
or a reason is given.
"""

import datetime
import decimal
import re

import zoneinfo

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
    return dict(dict.fromkeys(KEYS), crc=crc)


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
    return {kind: {"serial": found[0], "mj" if kind == "heat" else "litres": found[1], "time": found[2]}
            for kind, found in best.items()}


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
        "import_w": ("1.7.0",), "export_w": ("2.7.0",), "demand_w": ("1.4.0",),
        "import_t1_wh": ("1.8.1", "1.8.0"), "import_t2_wh": ("1.8.2",),
        "export_t1_wh": ("2.8.1", "2.8.0"), "export_t2_wh": ("2.8.2",),
    }.items():
        said[key] = _number(_first(lines, *[part + code for code in codes for part in ("1-0:", "1-1:")]))
    firsts = {"voltage_mv": 32, "current_ma": 31, "phase_import_w": 21, "phase_export_w": 22}
    for key, first in firsts.items():
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
    """YYMMDDhhmmss with S or W, or without (Amsterdam's time), as UTC seconds; None for a placeholder."""
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
