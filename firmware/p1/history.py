"""The month peaks of `0-0:98.1.0`: up to thirteen rows, keyed by the month they cover.

Knows the row shape (end of period)(moment of the peak)(power). The meters list oldest first, the
document newest first, and gaps of years occur: rows are sorted and keyed by month, never by their
place. A row whose moment is a placeholder had no peak and is dropped; 0 W at a real moment stays.
Hungary uses the same code for something else without a count: not this shape, no history.
Refuses to know averages and tariffs.
"""

from binascii import crc32

_MOST_ROWS = 13


class History:
    """Decodes the line when it changed (once a month) and keeps the rows in between.

    Whether it changed is told by its CRC-32, which MicroPython has in C: the line itself is 570 bytes.
    """

    def __init__(self):
        self._crc = None
        self._rows = None

    def read(self, values):
        """`values` behind the first bracket of the line -> [(yyyymm, W, UTC seconds), …] or None."""
        crc = crc32(memoryview(values.buffer)[values.at:values.end])
        if crc != self._crc:
            self._crc = crc
            self._rows = _rows(values)
        return self._rows


def _rows(values):
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
