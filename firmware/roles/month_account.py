"""A month's account out of its quarters on flash, with money where the contract tells its prices.

In memory while somebody asks. Knows where records and contract come from; how they add
up is control/account.py's, what a kilowatt-hour costs the tariff room's.
"""

from ..core.modules import forget_parts

_PAUSE = 32  # records between two breaths: some 10 ms on a board


def account(folder, month, contract=None):
    """Generator: None while at work, a dict for JSON last (docs/control.md). Take a breath at each None.

    month: year * 12 + month - 1, as control/months.py counts. contract: its fields, or None: no money.
    A dynamic contract's prices are not kept with the quarters: then only shaving is told in money.
    """
    from ..control.account import MonthAccount
    from ..control.months import first_quarter
    from ..settings.quarters_month import newest_first
    try:
        first = first_quarter(month)
        rates, peak_price, fault = _prices(contract, first * 900, first_quarter(month + 1) * 900 - 900)
        made, count = MonthAccount(rates), 0
        for record in newest_first(folder, month, first):
            made.add(record)
            count += 1
            if count % _PAUSE == 0:
                yield None
        found = made.told(peak_price)
        found["month"] = "%d-%02d" % (month // 12, month % 12 + 1)
        found["no_price"] = fault
        yield found
    finally:
        forget_parts("control", "account months")
        forget_parts("settings", "quarters_month")
        forget_parts("tariff", "all_in levies brussels contract network regime terms decimals faults")


def _prices(contract, first_s, last_s):
    """(rates or None, price of the peak or None, word that says why not or None)."""
    if not contract:
        return None, None, "no_contract"
    from ..tariff.all_in import AllIn
    from ..tariff.contract import Contract
    from ..tariff.faults import TariffFault
    try:
        prices = AllIn(Contract(contract))
        peak_price = prices.peak_price(first_s)
        for at_s in (first_s, last_s):
            if prices.dynamic(at_s):
                return None, peak_price, "price_missing"
        return lambda at_s: prices.rates(at_s), peak_price, None
    except TariffFault as fault:
        return None, None, fault.word
