"""Decimal figures as whole numbers: "5.0329" with 7 places is 50329000. No floats: the board's have 24 bits.

Knows the grammar of a number as JSON and XML write it. Refuses to know what a figure means.
"""

from .faults import TariffFault, printable

_MOST = 1 << 100
_LONGEST = 40  # no price, energy or rate needs more; a longer one is an attack on memory


def parse(text, places):
    """`text` (str or bytes: sign, digits, fraction, exponent) times 10**places, half away from zero.

    NaN, Infinity, spaces inside and empty text are a TariffFault "number_wrong".
    """
    raw = text.encode() if isinstance(text, str) else bytes(text)
    if len(raw) > _LONGEST:
        raise _wrong(raw)
    at = 1 if raw[:1] in (b"-", b"+") else 0
    value, at, digits = _digits(raw, at, 0)
    if raw[at:at + 1] == b".":
        value, at, after = _digits(raw, at + 1, value)
        places -= after
        digits = digits and after
    if not digits:
        raise _wrong(raw)
    if raw[at:at + 1] in (b"e", b"E"):
        shift, at = _exponent(raw, at + 1)
        places += shift
    if at != len(raw):
        raise _wrong(raw)
    value = value * 10 ** places if places >= 0 else rounded(value, 10 ** -places)
    return -value if raw[:1] == b"-" else value


def figure(value, places):
    """As parse(), of what a form or JSON holds: text or a whole number; anything else is refused."""
    if isinstance(value, bool) or not isinstance(value, (int, str, float)):
        raise TariffFault("number_wrong", str(value)[:20])
    if isinstance(value, int) and not -_MOST < value < _MOST:
        raise TariffFault("number_wrong", "9..9")
    return parse(str(value), places)


def rounded(over, under):
    """over / under (under > 0) to the nearest whole number, half away from zero."""
    if over < 0:
        return -((-2 * over + under) // (2 * under))
    return (2 * over + under) // (2 * under)


def show(value, places, least=0):
    """Whole number to text: show(50329000, 7) is "5.0329"; at least `least` digits after the point."""
    text = str(abs(value))
    text = "0" * (places + 1 - len(text)) + text
    whole, part = (text[:-places], text[-places:]) if places else (text, "")
    while len(part) > least and part[-1] == "0":
        part = part[:-1]
    return ("-" if value < 0 else "") + whole + ("." + part if part else "")


def _digits(raw, at, value):
    """-> the digits at raw[at:] appended to `value`, where they end, how many there were."""
    first = at
    while at < len(raw) and 48 <= raw[at] <= 57:
        value = value * 10 + raw[at] - 48
        at += 1
    return value, at, at - first


def _exponent(raw, at):
    sign = -1 if raw[at:at + 1] == b"-" else 1
    if raw[at:at + 1] in (b"-", b"+"):
        at += 1
    value, at, digits = _digits(raw, at, 0)
    if not digits or value > _LONGEST:
        raise _wrong(raw)
    return sign * value, at


def _wrong(raw):
    return TariffFault("number_wrong", printable(raw))
