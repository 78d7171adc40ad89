"""What is the same in a thousand telegrams, decoded only when its bytes changed.

Texts are told apart by their bytes, the history (570 of them) by its CRC-32, which MicroPython has in
C. So a telegram a second is read without making one new string. The code that decodes them is wanted
for the first telegram and then once a month: it is loaded for that and forgotten again.
"""

from binascii import crc32

from ..core.modules import forget_parts

# Places of the texts; mbus.py has the last three.
HEADER = 0
SERIAL = 1
VERSION = 2
EAN = 3
MESSAGE = 4
MBUS = 5
_PLACES = 8


class Kept:
    """A numbered place for each text, with the bytes last seen and the text made of them; and the history."""

    def __init__(self):
        self._raw = [b""] * _PLACES
        self._text = {}
        self._crc = 0
        self._rows = None  # right for the empty line, whose CRC is 0
        self._decoder = None  # changed.py, from the first change in a telegram to that telegram's end

    def text(self, place, buffer, start, end):
        """The text of buffer[start:end], from memory when the bytes are those of last time."""
        raw = self._raw[place]
        if len(raw) != end - start or buffer.find(raw, start, end) != start:
            raw = bytes(memoryview(buffer)[start:end])
            self._raw[place] = raw
            self._text[place] = self._changed().text(place, raw)
        return self._text.get(place)

    def history(self, values):
        """`values` behind the line's first bracket -> [(yyyymm, W, UTC seconds), …] or None."""
        crc = crc32(memoryview(values.buffer)[values.at:values.end])
        if crc != self._crc:
            self._crc = crc
            self._rows = self._changed().rows(values)
        return self._rows

    def _changed(self):
        if self._decoder is None:
            from . import changed

            self._decoder = changed
            forget_parts("p1", "changed")
        return self._decoder

    def tidy(self):
        """The telegram is read: what was loaded for it can go."""
        self._decoder = None
