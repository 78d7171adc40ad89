"""Prints a bill from quarters and a contract, line by line, with the arithmetic of every line.

    python -m tools.bill QUARTERS.csv CONTRACT.json [--language nl] [--json]

The rules and figures are the firmware's (firmware/tariff); this file knows how to read and to print.
The contract's fields and an example stand in docs/tariffs.md. Exit code 2: a file cannot be used.
"""

import argparse
import json
import sys

from firmware.tariff import receipt
from firmware.tariff.bill import Bill
from firmware.tariff.brussels import date
from firmware.tariff.contract import Contract
from firmware.tariff.decimals import show
from firmware.tariff.faults import TariffFault
from firmware.words import words
from tools.bill import quarters
from tools.bill.quarters import FileError


def main(argv=None):
    """-> exit code: 0 printed, 2 a file cannot be used."""
    options = _options(argv)
    try:
        contract = read_contract(options.contract, options.language)
        months = list(bill(options.quarters, contract, options.language))
    except FileError as error:
        print("bill: {}".format(error), file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps([_plain(tally, contract) for tally in months], indent=1))
    else:
        _print(months, contract, options.language)
    return 0


def _options(argv):
    parser = argparse.ArgumentParser(
        prog="python -m tools.bill", description="A bill from quarters, line by line.")
    parser.add_argument("quarters", help="CSV with t_utc,import_wh,export_wh[,price_eur_mwh]")
    parser.add_argument("contract", help="JSON as docs/tariffs.md says")
    parser.add_argument("--language", default="en", choices=words.LANGUAGES)
    parser.add_argument("--json", action="store_true", help="one object a month instead of a page")
    return parser.parse_args(argv)


def read_contract(path, language="en"):
    """The contract in a JSON file, its figures with the digits they are written in; else a FileError."""
    try:
        with open(path, encoding="utf-8") as file:
            fields = json.load(file, parse_float=str, parse_constant=str)
        return Contract(fields)
    except TariffFault as fault:
        raise FileError("{}: {}".format(path, words.say(language, fault.word, fault.details))) from fault
    except (OSError, ValueError, RecursionError) as error:
        raise FileError("{}: cannot be read as JSON: {}".format(path, error)) from error


def bill(path, contract, language="en"):
    """Yields each month's Tally. FileError names the line."""
    running = Bill(contract)
    line = 1
    try:
        for number, *quarter in quarters.read(path):
            line = number
            done = running.feed(*quarter)
            if done:
                yield done
        done = running.close()
    except TariffFault as fault:
        said = words.say(language, fault.word, fault.details)
        raise FileError("{}, line {}: {}".format(path, line, said)) from fault
    if done is None:
        raise FileError("{}: no quarter in it".format(path))
    yield done


def euro(cents):
    """4321 -> "43.21"."""
    return show(cents, 2, 2)


def _plain(tally, contract):
    made = receipt.lines(tally, contract)
    cents, vat = receipt.total(made)
    return {
        "month": "{}-{:02d}".format(*date(tally.first)[:2]), "total_eur": euro(cents), "vat_eur": euro(vat),
        "import_wh": tally.import_wh, "export_wh": tally.export_wh, "peak_w": tally.peak_w,
        "lines": [{"code": one.code, "why": one.why, "eur": euro(one.cents)} for one in made],
        "notes": [[word] + list(details) for word, details in receipt.notes(tally, contract)],
    }


def _print(months, contract, language):
    whole = 0
    for tally in months:
        made = receipt.lines(tally, contract)
        cents, vat = receipt.total(made)
        whole += cents
        year, month, _ = date(tally.first)
        print("{}-{:02d}  {} kWh in, {} kWh out, {} {} kW".format(
            year, month, show(tally.import_wh, 3), show(tally.export_wh, 3), words.say(language, "bill_peak"),
            show(tally.peak_w, 3)))
        for one in made:
            print("  {:<34} {:<52} {:>9}".format(words.say(language, one.code), one.why, euro(one.cents)))
        print("  {:<34} {:<52} {:>9}".format(
            words.say(language, "bill_total"), words.say(language, "bill_vat", (euro(vat),)), euro(cents)))
        for word, details in receipt.notes(tally, contract):
            print("  * " + words.say(language, word, details))
        print()
    if len(months) > 1:
        print("{:<89} {:>9}".format(words.say(language, "bill_total"), euro(whole)))


if __name__ == "__main__":
    sys.exit(main())
