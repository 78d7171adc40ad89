"""Texts of a telegram, decoded only when their bytes changed.

Serial numbers, EANs and messages are printed as hexadecimal ASCII and stay the same for months:
keeping the raw bytes lets a telegram a second be read without making one new string. Knows how
meters write text; refuses to know which line it came from.
"""

from binascii import unhexlify


class Texts:
    """A numbered place for each of `decoders`, with the bytes last seen and the text it made of them."""

    def __init__(self, decoders):
        self._decoders = decoders
        self._raw = [b""] * len(decoders)
        self._text = [None] * len(decoders)

    def read(self, place, buffer, start, end):
        """The text of buffer[start:end], from memory when the bytes are those of last time."""
        raw = self._raw[place]
        if len(raw) != end - start or buffer.find(raw, start, end) != start:
            raw = bytes(memoryview(buffer)[start:end])
            self._raw[place] = raw
            self._text[place] = self._decoders[place](raw)
        return self._text[place]


def printed(raw):
    """The bytes as they stand; None when empty. What is not printable ASCII becomes "?"."""
    if not raw:
        return None
    return "".join([chr(byte) if _is_plain(byte) else "?" for byte in raw])


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
