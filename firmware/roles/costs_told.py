"""What a month cost and which contract fits, out of what lies on flash: quarters, prices, contract.

Generators that give None while at work and a dict or a list last, so that a page can breathe. In memory while
somebody asks. Knows where things are kept; what they cost is tariff/costs.py's and tariff/comparison.py's.
"""

from ..core.modules import forget_parts

_BREATH = 16
_NEEDED_TARIFF = "costs comparison bill receipt"
_NEEDED_SETTINGS = "quarters_in_order price_days kept"


def costs(folder, month, settings, now_s=None):
    """Generator: None, None, … then the dict of tariff/costs.py. month: year * 12 + month - 1.

    settings: get(name), for the battery and the rules. TariffFault: no contract, no quarter, no table.
    """
    from ..settings import kept
    from ..tariff.brussels import local
    from ..tariff.contract import Contract
    from ..tariff.costs import Costs
    try:
        contract = Contract(kept.load("contract", folder))
        today = None if now_s is None else local(now_s)[0]
        made = Costs(contract, _rules(settings), today, settings("inverter.cost_eur_kwh") or 0)
        for number, quarter in enumerate(quarters(folder, month)):
            utc, imported, exported, without, without_export, price = quarter
            given = without - without_export - imported + exported
            made.feed(utc, (imported, exported, without, without_export), price, max(0, given))
            if number % _BREATH == 0:
                yield None
        yield made.told()
    finally:
        _let_go()


def compared(folder, months, own):
    """Generator: None, None, … then the rows of tariff/comparison.py over `months`, oldest first."""
    from ..tariff import comparison

    def walk():
        for month in months:
            for utc, imported, exported, _, _, price in quarters(folder, month):
                yield utc, imported, exported, price
    try:
        for found in comparison.compared(own, walk):
            yield found
    finally:
        _let_go()


def quarters(folder, month):
    """Yields (utc, import, export, both without the battery in Wh, price or None) of a month, in order."""
    from ..control.months import first_quarter
    from ..settings.price_days import PriceDays
    from ..settings.quarters_in_order import oldest_first
    from ..tariff.brussels import date, local, midnight
    days, day, prices = PriceDays(folder), None, None
    records = oldest_first(folder, month, first_quarter(month))
    for number, mean_w, export_wh, without_w, without_wh, _ in records:
        utc = number * 900
        if local(utc)[0] != day:
            day = local(utc)[0]
            prices = days.day(month, date(day)[2])
        at = (utc - midnight(day)) // 900
        price = prices[at] if prices and at < len(prices) else None
        yield utc, mean_w // 4, export_wh, without_w // 4, without_wh, price


def _rules(settings):
    capacity_wh = settings("inverter.capacity_wh")
    if not capacity_wh:
        return None
    from ..planner.rules_only import RulesOnly
    return RulesOnly(capacity_wh, 3000, settings("control.min_soc_pct"), settings("control.buffer_pct"),
                     settings("control.desired_peak_w"))


def _let_go():
    forget_parts("tariff", _NEEDED_TARIFF)
    forget_parts("settings", _NEEDED_SETTINGS)
    forget_parts("planner", "rules_only")
