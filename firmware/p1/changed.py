"""How a text and the history are decoded when their bytes changed; kept.py loads this file then.

Serial numbers, EANs and messages are printed as hexadecimal ASCII. The history, `0-0:98.1.0`, has up
to thirteen month peaks as (end of period)(moment of the peak)(power). The meters list oldest first,
the document newest first, and gaps of years occur: rows are sorted and keyed by month, never by
their place. A row whose moment is a placeholder had no peak and is dropped; 0 W at a real moment
stays. Hungary uses the same code for something else without a count: not this shape, no history.
Refuses to know averages and tariffs.
"""

from binascii import unhexlify

from .kept import HEADER, MESSAGE, VERSION

_MOST_ROWS = 13


def rows(values):
    """The rows, oldest month first. The printed count is not believed: what stands there counts."""
    digits = -values.at
    digits += values.text_end()
    if not 1 <= digits <= 2:
        return None
    for _ in range(2):  # the two codes that say what the columns are
        if values.more():
            values.text_end()
    peaks = {}
    for _ in range(_MOST_ROWS):
        if not values.more():
            break
        month = values.month()
        moment = values.moment() if values.more() else None
        power_w = values.number() if values.more() else None
        if month is not None and moment is not None and power_w is not None:
            peaks[month] = (month, power_w, moment)
    return [peaks[month] for month in sorted(peaks)]


def text(place, raw):
    """The text of those bytes; `place` (kept.py) says how that line writes it."""
    if place in (HEADER, VERSION):
        return printed(raw)
    return message(raw) if place == MESSAGE else hexed(raw)


def printed(raw):
    """The bytes as they stand; None when empty. What is not printable ASCII becomes "?"."""
    if not raw:
        return None
    # Not letter by letter: MicroPython would keep each letter for ever as a name.
    return bytes([byte if _is_plain(byte) else 63 for byte in raw]).decode()


def hexed(raw):
    """Hexadecimal ASCII -> text, as printed when it is not that (`ADC3100000158491`); None when empty.

    Only blanks, dashes or zeros say "not filled in" (openHAB add-ons issue 19381) and are None.
    """
    try:
        plain = unhexlify(raw)
    except ValueError:
        plain = raw
    for byte in plain:
        if not _is_plain(byte):
            plain = raw
            break
    if not plain.strip(b" -0\x00"):
        return None
    return printed(plain)


def message(raw):
    """The grid company's text: like `hexed`, but any character set of theirs (UTF-8, else Latin-1)."""
    try:
        plain = unhexlify(raw)
    except ValueError:
        return printed(raw)
    if not plain:
        return None
    try:
        return str(plain, "utf-8")
    except UnicodeError:
        return "".join([chr(byte) for byte in plain])


def _is_plain(byte):
    return 32 <= byte < 127
