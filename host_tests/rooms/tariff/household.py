"""What the tests of this room share: days of quarters, contracts, a bill as {code: cents}."""

from firmware.tariff import brussels, receipt
from firmware.tariff.bill import Bill
from firmware.tariff.contract import Contract


def day(text):
    """First UTC second of a Belgian day."""
    return brussels.midnight(brussels.read_date(text))


def quarters(text, days=1):
    """UTC seconds of the quarters of Belgian days."""
    first = brussels.read_date(text)
    return range(brussels.midnight(first), brussels.midnight(first + days), 900)


def manual(**more):
    """A manual contract with round figures; `more` are fields of the contract or of its one period."""
    period = {"from": "2025-01-01", "peak_ct": 20, "off_peak_ct": 10, "injection_peak_ct": 4,
              "injection_off_peak_ct": 3, "fixed_eur_month": 6}
    period.update({name: more.pop(name) for name in tuple(more) if name in period})
    fields = {"area": "Fluvius Antwerpen", "contract": "manual", "periods": [period],
              "certificates_ct": "1.5"}
    return Contract(dict(fields, **more))


def dynamic(**more):
    """A dynamic contract of the form p + 1 ct excl. VAT, p - 1 ct for injection; `more` as in manual()."""
    period = {"factor": "0.1", "constant": 1, "fee_eur_year": 60, "injection_factor": "0.1",
              "injection_constant": 1, "grid": "quarter"}
    own = ("round_ct", "round_ct_incl", "vat", "from")
    period.update({name: more.pop(name) for name in tuple(more) if name in period or name in own})
    fields = {"area": "Fluvius Antwerpen", "contract": "dynamic", "periods": [period],
              "certificates_ct": "1.5"}
    return Contract(dict(fields, **more))


def months(contract, rows):
    """Every month's Tally of rows (utc, import_wh, export_wh, price)."""
    bill = Bill(contract)
    made = [bill.feed(*row) for row in rows] + [bill.close()]
    return [tally for tally in made if tally]


def cents(contract, rows):
    """The bill of one month: {code: cents}, lines of the same code joined in a list, and "total"."""
    (tally,) = months(contract, rows)
    found = {}
    lines = receipt.lines(tally, contract)
    for line in lines:
        code = line.code[5:]
        found[code] = [found[code], line.cents] if code in found else line.cents
    found["total"] = receipt.total(lines)[0]
    return found
