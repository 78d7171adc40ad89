"""Levies with their dates. Knows what stood in the law on a day; refuses a day behind its last known one.

Sources: federal excise, energy contribution and energy fund as suppliers' cards of 2025 and 2026 print
them, the change of 1 August 2026 included; no text of law was read for this table.
Certificates (green and CHP) differ per supplier, 1.52 to 1.61 ct: the middle stands here, a contract may
name its own. Assumed: the single excise rate from August 2026 holds for every bracket of a home.
"""

from . import decimals
from .brussels import read_date, show_date
from .faults import TariffFault

# item, first day, last day known, figures. ct/kWh incl. VAT; the excise's brackets as "rate up-to-MWh rate
# up-to-MWh rate" of a calendar year; the fund in EUR per month (no VAT).
_ROWS = (
    ("excise", "2025-01-01", "2026-07-31", "5.0329 20 4.8188 50 4.7467"),
    ("excise", "2026-08-01", "2026-12-31", "4.876"),  # 46.00 EUR/MWh excl. VAT
    ("contribution", "2025-01-01", "2026-07-31", "0.20417"),
    ("contribution", "2026-08-01", "2026-12-31", "0"),
    ("certificates", "2025-01-01", "2026-12-31", "1.565"),
    ("fund", "2025-01-01", "2025-12-31", "9.88"),
    ("fund", "2026-01-01", "2026-12-31", "10.07"),
)


def levy(item, day):
    """The figures of `item` as printed that day; TariffFault "tariff_expired" or "tariff_not_yet"."""
    first = last = None
    for name, begins, ends, figures in _ROWS:
        if name != item:
            continue
        if read_date(begins) <= day <= read_date(ends):
            return figures
        first = first or begins
        last = ends
    if first is None:
        raise TariffFault("levy_unknown", item)
    if day < read_date(first):
        raise TariffFault("tariff_not_yet", item, first, show_date(day))
    raise TariffFault("tariff_expired", item, last, show_date(day))


def rate(figures):
    """The first of printed figures in micro-euro per MWh."""
    return decimals.parse(figures.split()[0], 7)


def brackets(figures, before_wh, wh):
    """Yields (wh, rate) for `wh` taken after `before_wh` in this calendar year."""
    parts = figures.split()
    at = before_wh
    end = before_wh + wh
    for number in range(0, len(parts), 2):
        limit = int(parts[number + 1]) * 1000000 if number + 1 < len(parts) else end
        if at < min(limit, end):
            yield min(limit, end) - at, decimals.parse(parts[number], 7)
            at = min(limit, end)
