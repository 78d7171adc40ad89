"""The distribution tariff of an area on a day, from the dated files beside this one; no year is stretched."""

from collections import namedtuple

from ..core.modules import forget
from . import decimals
from .brussels import date, read_date, show_date
from .faults import TariffFault

FLOOR_W = 2500  # each month's peak counts at least this (regulator: capacity tariff, since 1 January 2023)
VAT_PCT = 6  # electricity at home

# kwh, night, ceiling, injection: micro-euro per MWh; capacity: nano-euro per kW and year; data: micro-euro
# per year. All incl. VAT. ceiling and injection are None where that year's figure is not known.
Network = namedtuple("Network", ("first", "last", "kwh", "night", "capacity", "data", "ceiling", "injection"))


def network(area, day):
    """Tariffs of `area` ("Fluvius Antwerpen") on that day -> Network.

    TariffFault "area_unknown", or "tariff_expired" / "tariff_not_yet" with the table's last or first date.
    """
    table = _table(date(day)[0], day)
    for line in table.AREAS.split("\n"):
        fields = line.split(";")
        if fields[0] == area and line:
            break
    else:
        raise TariffFault("area_unknown", area, ", ".join(areas(day)))
    found = Network(
        read_date(table.FIRST), read_date(table.LAST), with_vat(fields[1], 7), with_vat(fields[2], 7),
        with_vat(fields[3], 9), with_vat(table.DATA_EUR_YEAR, 6), with_vat(table.CEILING_EUR_KWH, 9),
        with_vat(table.INJECTION_EUR_KWH, 9))
    forget(table.__name__)  # half a kilobyte of text that is needed once a year
    return found


def areas(day):
    """Names of the areas on that day, as the form offers them."""
    return [line.split(";")[0] for line in _table(date(day)[0], day).AREAS.split("\n") if line]


def with_vat(text, places):
    """A figure incl. VAT: an x behind the number says that it is printed without. None stays None."""
    if text is None:
        return None
    if text[-1] == "x":
        return decimals.rounded(decimals.parse(text[:-1], places) * (100 + VAT_PCT), 100)
    return decimals.parse(text, places)


def _table(year, day):
    if year == 2025:
        from . import network_2025 as table
    elif year == 2026:
        from . import network_2026 as table
    elif year < 2025:
        raise TariffFault("tariff_not_yet", "network", "2025-01-01", show_date(day))
    else:
        raise TariffFault("tariff_expired", "network", "2026-12-31", show_date(day))
    return table
