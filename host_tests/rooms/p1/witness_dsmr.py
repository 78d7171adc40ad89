"""What dsmr_parser says of a telegram, turned into our keys: the first witness."""

import datetime
import decimal
import warnings
from copy import deepcopy

import zoneinfo
from dsmr_parser import telegram_specifications
from dsmr_parser.exceptions import InvalidChecksumError, ParseError
from dsmr_parser.parsers import TelegramParser

from host_tests.rooms.p1.witness import OFF, TYPES, hexed, pick, three, whole

AMSTERDAM = zoneinfo.ZoneInfo("Europe/Amsterdam")

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
        said.update(dict.fromkeys(("gas", "water", "heat")))
        said.update(pick([_device(device) for device in read.MBUS_DEVICES]))


def _device(device):
    kind = _any(device, ("MBUS_DEVICE_TYPE", "DEVICE_TYPE"))
    serial = _any(device, ("MBUS_EQUIPMENT_IDENTIFIER", "EQUIPMENT_IDENTIFIER_GAS"))
    read = _any(device, READINGS)
    return (TYPES.get(int(kind.value)) if kind is not None and kind.value is not None else None,
            hexed(serial.value) if serial is not None else None,
            whole(read.value, "m3") if read is not None else None,
            _seconds(read.datetime) if read is not None else None)


def _any(device, names):
    return next((getattr(device, name) for name in names if hasattr(device, name)), None)


def _seconds(moment):
    return None if moment is None else int(moment.timestamp())


def _month(stamp):
    return (stamp.astimezone(AMSTERDAM) - datetime.timedelta(seconds=1)).strftime("%Y-%m")
