"""A month's sums as lines of a bill, each with its arithmetic, in whole cents that add up.

Each line is rounded once, half away from zero; the total is the sum of the lines as printed, so whoever
reads it can add it up. All amounts incl. VAT; what of it is VAT is told beside the total.
"""

from collections import namedtuple

from . import levies
from .bill import share
from .decimals import rounded, show

_CENT = 10000000000  # pico-euro

# code: a word of firmware/words; why: the arithmetic as text; pico: exact; vat: whether 6 % is inside
Line = namedtuple("Line", ("code", "why", "pico", "cents", "vat"))


def lines(tally, contract):
    """Every line of that month in the order of a Belgian bill: supplier, network, levies."""
    made = []
    for code in ("energy_peak", "energy_off_peak", "energy_dynamic"):
        _energy(made, tally, code)
    _fees(made, tally, "fee")
    _energy(made, tally, "certificates")
    for code in ("injection_peak", "injection_off_peak", "injection_dynamic"):
        _energy(made, tally, code, False)
    _network(made, tally, contract)
    _fees(made, tally, "data")
    if contract.injection_network and tally.tariffs.injection is not None and tally.export_wh:
        _at(made, "injection_network", tally.export_wh, tally.tariffs.injection)
    _levies(made, tally, "excise")
    _levies(made, tally, "contribution")
    _fees(made, tally, "fund", False)
    return made


def notes(tally, contract):
    """What the reader of this month must know: (word, details) of firmware/words."""
    found = []
    if tally.missing:
        found.append(("bill_missing", (tally.missing, tally.quarters)))
    if tally.thin_hours:
        found.append(("bill_thin_hours", (tally.thin_hours,)))
    if tally.covered < tally.length:
        found.append(("bill_part_month", (tally.covered, tally.length)))
    if len(tally.peaks) < 12:
        found.append(("bill_few_peaks", (len(tally.peaks),)))
    if contract.maximum and tally.tariffs.ceiling is None:
        found.append(("bill_no_ceiling", ()))
    if contract.certificates is None:
        found.append(("bill_certificates_assumed", ()))
    return found


def total(made):
    """-> (cents of all lines, cents of VAT inside)."""
    vat = sum([line.pico for line in made if line.vat])
    return sum([line.cents for line in made]), rounded(vat * 6, 106 * _CENT)


def capacity(tally):
    """Pico-euro of the capacity part: mean of the counted month peaks x rate / 12, by the days covered."""
    peaks = tally.peaks
    return rounded(sum(peaks) * tally.tariffs.capacity * tally.covered, len(peaks) * 12 * tally.length)


def _network(made, tally, contract):
    """kWh part, capacity part, and the ceiling over both."""
    tariffs = tally.tariffs
    kwh = tally.import_wh * tariffs.kwh
    _at(made, "network", tally.import_wh, tariffs.kwh)
    peak_part = capacity(tally)
    peaks = tally.peaks
    mean = show(rounded(sum(peaks), len(peaks)), 3)
    _add(made, "capacity", "{} kW ({}) x {} EUR / 12{}".format(
        mean, len(peaks), show(tariffs.capacity, 9), _of(tally.covered, tally)), peak_part)
    if contract.maximum and tariffs.ceiling is not None:
        most = tally.import_wh * tariffs.ceiling
        if kwh + peak_part > most:
            both = show(rounded(kwh + peak_part, _CENT), 2, 2)
            _add(made, "maximum", "{} kWh x {} ct - {} EUR".format(
                show(tally.import_wh, 3), show(tariffs.ceiling, 7), both), most - kwh - peak_part)


def _levies(made, tally, item):
    """Excise by brackets of the calendar year; a levy of 0 has no line."""
    before = tally.before_wh
    for name, figures, wh in tally.levied:
        if name != item:
            continue
        for part, rate in levies.brackets(figures, before, wh):
            if rate:
                _at(made, item, part, rate)
        before += wh


def _energy(made, tally, code, vat=True):
    """One line for each rate that held this month; a dynamic contract's shows its mean."""
    found = [figure for name, figure in tally.sums if name == code]
    for figure in sorted(found, key=lambda rate: rate or 0):
        wh, pico = tally.sums[(code, figure)]
        if not wh:
            continue
        if figure is None:
            figure = rounded(abs(pico), wh) * (1 if pico >= 0 else -1)
        elif not vat:
            figure = -figure
        _add(made, code, "{} kWh x {} ct".format(show(wh, 3), show(figure, 7)), pico, vat)


def _fees(made, tally, code, vat=True):
    for name, fee_year in sorted(tally.days):
        if name == code and fee_year:
            days = tally.days[(name, fee_year)]
            _add(made, code, "{} EUR / 12{}".format(show(fee_year, 6), _of(days, tally)),
                 share(fee_year, days, tally.length), vat)


def _of(days, tally):
    return "" if days == tally.length else " x {}/{}".format(days, tally.length)


def _at(made, code, wh, rate):
    if wh:
        _add(made, code, "{} kWh x {} ct".format(show(wh, 3), show(rate, 7)), wh * rate)


def _add(made, code, why, pico, vat=True):
    made.append(Line("bill_" + code, why, pico, rounded(pico, _CENT), vat))
