"""Which contract would have been cheapest: one bill for each over the same stored quarters.

The quarters are what the house did under the contract it had; a battery steered by other prices would have
done something else, so a row is a floor for dynamic contracts, and the page says so. Refuses to know where
quarters are kept: it is handed a way to walk through them once for each contract.
"""

from . import receipt
from .bill import Bill
from .brussels import local
from .contract import Contract
from .faults import TariffFault

_KEPT = ("area", "domiciled", "maximum_tariff", "injection_network", "day_starts", "month_peaks_w",
         "offtake_before_kwh")
_BREATH = 32
_FEES = ("bill_fee",)


def candidates(own):
    """[(id, name, fields)]: the owner's contract first, then every card of the list on the same place."""
    from . import contract_form
    kept = {name: own[name] for name in _KEPT if name in own}
    found = [("own", "", own)]
    for kind, name in contract_form.choices():
        if kind != own.get("contract"):
            fields = dict(kept)
            fields["contract"] = kind
            found.append((kind, name, fields))
    return found


def compared(own, quarters):
    """Generator: None while at work, then the list of rows, cheapest first; those without a sum come last.

    quarters(): a fresh iterator of (utc, import_wh, export_wh, price or None) in order. A row: id, name,
    cents, energy_cents, fee_cents, skipped (quarters without a price), fault (a word, or None).
    """
    rows = []
    for kind, name, fields in candidates(own):
        row = {"id": kind, "name": name, "cents": None, "energy_cents": None, "fee_cents": None,
               "skipped": 0, "fault": None}
        try:
            yield from _billed(row, Contract(fields), quarters())
        except TariffFault as fault:
            row["fault"] = fault.word
        rows.append(row)
    rows.sort(key=_rank)
    yield rows


def _rank(row):
    # A bill with holes is not cheap: it stands behind those that are whole.
    return (row["cents"] is None, row["skipped"] > 0, row["cents"] or 0)


def _billed(row, contract, quarters):
    bill, count = Bill(contract), 0
    sums = [0, 0, 0]
    for utc, imported, exported, price in quarters:
        if price is None and contract.terms(local(utc)[0]).dynamic:
            row["skipped"] += 1
        else:
            _add(sums, bill.feed(utc, imported, exported, price), contract)
        count += 1
        if count % _BREATH == 0:
            yield None
    last = bill.close()
    if last is None:
        return
    _add(sums, last, contract)
    row["cents"], row["energy_cents"], row["fee_cents"] = sums


def _add(sums, tally, contract):
    """One month's lines into (all, energy of the supplier, its fee) in cents."""
    if tally is None:
        return
    for line in receipt.lines(tally, contract):
        sums[0] += line.cents
        if line.code in _FEES:
            sums[2] += line.cents
        elif line.code[:11] == "bill_energy" or line.code[:14] == "bill_injection":
            sums[1] += line.cents
