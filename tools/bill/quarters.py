"""Reads a file of quarters: columns t_utc, import_wh, export_wh and, for a dynamic contract, price_eur_mwh.

Knows files and how people write times; refuses to know what a quarter costs. Every complaint names the line.
"""

import csv
import datetime

from firmware.tariff import decimals
from firmware.tariff.faults import TariffFault

NEEDED = ("t_utc", "import_wh", "export_wh")
PRICE = "price_eur_mwh"


class FileError(Exception):
    """A file that cannot be used; the text names it, the line, the field and what to write instead."""


def read(path):
    """Yields (line number, UTC second, import Wh, export Wh, price in micro-euro per kWh or None)."""
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = csv.reader(file)
            names = _names(path, next(rows, None))
            for row in rows:
                if row and not row[0].startswith("#"):
                    yield _quarter(path, rows.line_num, names, row)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileError("{}: cannot be read as CSV: {}".format(path, error)) from error


def _names(path, header):
    names = [name.strip() for name in header or ()]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise FileError("{}, line 1: no column {}; the first line must name {} and may name {}".format(
            path, missing[0], ", ".join(NEEDED), PRICE))
    return names


def _quarter(path, line, names, row):
    if len(row) != len(names):
        raise FileError("{}, line {}: {} fields, the first line names {}".format(
            path, line, len(row), len(names)))
    fields = dict(zip(names, row))
    price = fields.get(PRICE, "").strip()
    return (
        line, moment(path, line, fields["t_utc"].strip()), _energy(path, line, fields, "import_wh"),
        _energy(path, line, fields, "export_wh"), _price(path, line, price) if price else None)


def moment(path, line, text):
    """ "2026-05-02T21:00Z" or "1777755600" -> UTC second."""
    if text.isascii() and text.isdigit():
        return int(text[:20])
    try:
        when = datetime.datetime.fromisoformat(text)
    except ValueError:
        raise FileError(
            "{}, line {}, t_utc: {!r} is no time; write 2026-05-02T21:00Z or seconds since 1970".format(
                path, line, text)) from None
    if when.tzinfo is None:
        raise FileError("{}, line {}, t_utc: {!r} does not say its zone; put a Z behind UTC".format(
            path, line, text))
    return int(when.timestamp())


def _energy(path, line, fields, name):
    text = fields[name].strip()
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise FileError("{}, line {}, {}: {!r} is no whole number of Wh from 0".format(
            path, line, name, text))
    return int(text)


def _price(path, line, text):
    try:
        return decimals.parse(text, 3)
    except TariffFault:
        raise FileError("{}, line {}, {}: {!r} is no price in EUR/MWh, such as -12.34".format(
            path, line, PRICE, text)) from None
