"""Reads a contract's fields, from the form or a file; what is wrong is named. Needed once, then let go.

The fields stand in docs/tariffs.md. Figures may be text ("5.0329", best) or whole numbers; floats are taken
by their printed form. Knows no bill and no price.
"""

from ..core.modules import forget
from . import decimals
from .brussels import read_date
from .faults import TariffFault
from .terms import Dynamic, Manual

_FIELDS = (
    "area", "contract", "periods", "domiciled", "maximum_tariff", "injection_network", "day_starts",
    "month_peaks_w", "offtake_before_kwh", "certificates_ct", "note",
)
_MANUAL = ("from", "peak_ct", "off_peak_ct", "injection_peak_ct", "injection_off_peak_ct", "fixed_eur_month")
_DYNAMIC = ("factor", "constant", "fee_eur_year", "injection_factor", "injection_constant")
_CHOICES = ("from", "grid", "vat", "round_ct", "round_ct_incl")


def fill(contract, fields):
    """Set the attributes of a Contract from `fields`, return its periods. TariffFault naming the field."""
    _known(fields, _FIELDS)
    contract.area = _needed(fields, "area")
    contract.kind = _needed(fields, "contract")
    contract.domiciled = _switch(fields, "domiciled", True)
    contract.maximum = _switch(fields, "maximum_tariff", True)
    contract.injection_network = _switch(fields, "injection_network", False)
    contract.day_starts = _whole(fields, "day_starts", 7, 0, 9)
    contract.before_wh = _whole(fields, "offtake_before_kwh", 0, 0, 10000000) * 1000
    contract.peaks = _peaks(fields)
    own = fields.get("certificates_ct")
    contract.certificates = None if own is None else _figure(fields, "certificates_ct", 7)
    return sorted(_periods(contract.kind, fields.get("periods")), key=_begin)


def choices():
    """Yields (id, name) of the dynamic contracts known, each once, as the form's list shows them."""
    last = None
    for line in _list():
        parts = line.split(";")
        if line and parts[0] != last:
            last = parts[0]
            yield last, parts[1]


def _list():
    """The catalogue's lines; its module is let go at once."""
    from . import dynamic_contracts

    lines = dynamic_contracts.ROWS.split("\n")
    forget(dynamic_contracts.__name__)
    return lines


def _begin(period):
    return period[0]


def _periods(kind, given):
    if given is not None and not isinstance(given, (list, tuple)):
        raise TariffFault("contract_field", "periods")
    if kind == "manual":
        if not given:
            raise TariffFault("contract_needs", "periods")
        return [_manual(one) for one in given]
    if kind == "dynamic":
        if not given:
            raise TariffFault("contract_needs", "periods")
        return [_dynamic(one) for one in given]
    rows = _rows(kind)
    if given and len(given) > 1:
        raise TariffFault("contract_field", "periods")
    own = given[0] if given else {}
    _known(own, _DYNAMIC + _CHOICES[1:])  # their dates are the card's
    return [_dynamic(_merged(row, own)) for row in rows]


def _rows(kind):
    """The catalogue's rows of one contract as fields of a period."""
    found = []
    for line in _list():
        parts = line.split(";")
        if parts[0] == kind and line:
            row = {name: parts[at] for name, at in zip(_DYNAMIC, (4, 5, 6, 7, 8)) if parts[at] != "?"}
            row["from"] = parts[2] or "1970-01-01"
            row["vat"] = parts[3] == "x"
            if parts[9] != "?":
                row["grid"] = "hour" if parts[9] == "h" else "quarter"
            found.append(row)
    if not found:
        raise TariffFault("contract_unknown", kind, ", ".join([one for one, _ in choices()]))
    return found


def _merged(row, own):
    row.update(own)
    return row


def _manual(one):
    _known(one, _MANUAL)
    rates = [_figure(one, name, 7) for name in _MANUAL[1:5]]
    return read_date(_needed(one, "from")), Manual(*(rates + [_figure(one, "fixed_eur_month", 6)]))


def _dynamic(one):
    _known(one, _DYNAMIC + _CHOICES)
    grid = _needed(one, "grid")
    if grid not in ("hour", "quarter"):
        raise TariffFault("contract_field", "grid")
    selling = "injection_factor" in one and "injection_constant" in one
    digits = [_whole(one, name, None, 0, 7) for name in ("round_ct", "round_ct_incl")]
    return read_date(one.get("from", "1970-01-01")), Dynamic(
        _figure(one, "factor", 6), _figure(one, "constant", 7), _switch(one, "vat", True),
        _figure(one, "fee_eur_year", 6), _figure(one, "injection_factor", 6) if selling else None,
        _figure(one, "injection_constant", 7) if selling else None, grid == "hour",
        None if digits == [None, None] else digits)


def _known(fields, names):
    if not isinstance(fields, dict):
        raise TariffFault("contract_field", str(fields)[:20])
    for name in fields:
        if name not in names:
            raise TariffFault("contract_unknown_field", str(name)[:30], ", ".join(names))


def _needed(fields, name):
    value = fields.get(name)
    if value is None:
        raise TariffFault("contract_needs", name)
    if not isinstance(value, str):
        raise TariffFault("contract_field", name)
    return value


def _figure(fields, name, places):
    if fields.get(name) is None:
        raise TariffFault("contract_needs", name)
    try:
        value = decimals.figure(fields[name], places)
    except TariffFault:
        raise TariffFault("contract_field", name)
    if abs(value) > 10 ** (places + 4):
        raise TariffFault("contract_field", name)
    return value


def _switch(fields, name, default):
    value = fields.get(name, default)
    if value is not True and value is not False:
        raise TariffFault("contract_field", name)
    return value


def _whole(fields, name, default, low, high):
    value = fields.get(name, default)
    if value is default:
        return value
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise TariffFault("contract_field", name)
    return value


def _peaks(fields):
    """Earlier month peaks, oldest first, at most the eleven that still count with this month's."""
    peaks = fields.get("month_peaks_w", ())
    if not isinstance(peaks, (list, tuple)):
        raise TariffFault("contract_field", "month_peaks_w")
    for peak in peaks:
        if isinstance(peak, bool) or not isinstance(peak, int) or not 0 <= peak <= 1000000:
            raise TariffFault("contract_field", "month_peaks_w")
    return list(peaks)[-11:]
