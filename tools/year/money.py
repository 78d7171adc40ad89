"""A year's bill by the firmware's own bill engine, and what the battery wore.

The capacity part is that of a house that has lived so for a year already: the eleven month peaks before
January are those of this year's February to December. Fixed fees and data management, the same for
every controller, are left out.
"""

from collections import namedtuple

from firmware.tariff import receipt
from firmware.tariff.bill import Bill
from firmware.tariff.contract import Contract

CONTRACT = {"area": "Fluvius Kempen", "contract": "eneco"}
WEAR = 90000  # micro-euro per kWh discharged: the guide's realistic figure
_FIXED = ("bill_fee", "bill_data", "bill_fund")

# euro; peak_w: mean of the month peaks; given_kwh: discharged; bound: months cut by the maximum tariff
Year = namedtuple(
    "Year", ("energy", "capacity", "maximum", "bill", "wear", "whole", "given_kwh", "peak_w", "bound"))


def year(first, lived, prices):
    """Lived quarters from UTC second `first` on, market prices in micro-euro per kWh -> Year."""
    peaks = [tally.peak_w for tally in _tallies(first, lived, prices, CONTRACT)]
    contract = dict(CONTRACT, month_peaks_w=peaks[1:]) if len(peaks) == 12 else CONTRACT
    sums, bound = {}, 0
    for tally in _tallies(first, lived, prices, contract):
        for line in receipt.lines(tally, Contract(contract)):
            sums[line.code] = sums.get(line.code, 0) + line.cents
            bound += line.code == "bill_maximum"
    capacity, maximum = sums.pop("bill_capacity", 0), sums.pop("bill_maximum", 0)
    energy = sum(cents for code, cents in sums.items() if code not in _FIXED)
    given = sum(lived.given)
    bill, wear = energy + capacity + maximum, given * WEAR / 1e7
    return Year(energy / 100, capacity / 100, maximum / 100, bill / 100, wear / 100, (bill + wear) / 100,
                given / 1000, sum(peaks) / max(1, len(peaks)), bound)


def _tallies(first, lived, prices, fields):
    bill = Bill(Contract(fields))
    found = []
    for number, (imported, exported) in enumerate(zip(lived.imported, lived.exported)):
        done = bill.feed(first + number * 900, imported, exported, prices[number])
        if done:
            found.append(done)
    last = bill.close()
    return found + ([last] if last else [])
