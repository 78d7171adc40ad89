"""Reads the bracketed values of a line, one after the other, as whole numbers.

Knows the shapes a value can have: `00.153*kW`, `0000000621*W`, `230.1V`, `002*A`, `()`, a time.
Refuses to know what a line means. Allocates nothing but what an int above 2**30 costs on a
32-bit board. The line is inside a telegram that ends with "!", so no number runs past its end.
Functions that run for every line stay below twelve words of locals and stack: MicroPython takes
larger frames from the heap, and looking for room there is slow when the heap is worn.
"""

from .clock import epoch, month

_DOT, _STAR, _MINUS, _OPEN, _CLOSE = 46, 42, 45, 40, 41
_MOST_DIGITS = 13  # the point counts as one
# First letter of a unit -> decimals that the wanted unit is away: k(W, Wh, VA), V, A, m(3), G(J)
# are printed in thousands of our W, Wh, mV, mA, litre and MJ; W, Wh and MJ are ours already.
_THOUSANDS = b"kVAmG"
_ONES = b"WM"


class Values:
    """A place in a telegram: `at` is just behind an opening bracket, `end` is the end of the line."""

    def __init__(self):
        self.buffer = b""
        self.at = 0
        self.end = 0
        self.unit = 0  # first letter of the unit last read, 0 when there was none
        self._places = 0

    def number(self, bare=3):
        """The value in brackets as an int in W, Wh, mV, mA, litres or MJ; None when it is none.

        `bare` is the power of ten for a value without a unit: 3 for measured values, whose unit
        some meters leave out, 0 for counts and states.
        """
        minus = self.buffer[self.at] == _MINUS
        if minus:
            self.at += 1
        value = self._digits()
        unit = self.unit
        if not self._leave(self.at) or value is None:
            return None
        if unit:
            bare = 3 if unit in _THOUSANDS else 0 if unit in _ONES else -1
            if bare < 0:
                return None
        places = self._places
        while places < bare:
            value *= 10
            places += 1
        while places > bare:
            value //= 10
            places -= 1
        return -value if minus else value

    def _digits(self):
        """The digits at `at` as one int, None when there are none; sets `_places` and `unit`."""
        buffer = self.buffer
        at = self.at
        last = at + _MOST_DIGITS
        value = byte = 0
        places = -1
        while at <= last:
            byte = buffer[at]
            if 48 <= byte <= 57:
                value = value * 10 + byte - 48
                if places >= 0:
                    places += 1
            elif byte == _DOT and places < 0:
                places = 0
            else:
                break
            at += 1
        if at > last or at - self.at <= (places >= 0):
            value = None
        self._places = places if places > 0 else 0
        if byte == _STAR:
            at += 1
            byte = buffer[at]
        self.at = at
        self.unit = 0 if byte == _CLOSE else byte
        return value

    def moment(self):
        """The time in brackets as UTC seconds; None for a placeholder or anything else."""
        at = self.at
        if not self._leave(at):
            return None
        length = self.at - 1 - at
        if length != 13 and length != 12:
            return None
        return epoch(self.buffer, at, length == 13)

    def month(self):
        """The month that ends at the time in brackets, as 202306; None for a placeholder."""
        at = self.at
        if not self._leave(at) or self.at - 1 - at < 12:
            return None
        return month(self.buffer, at)

    def more(self):
        """Step into the next bracket of this line; False when there is none."""
        if self.at < self.end and self.buffer[self.at] == _OPEN:
            self.at += 1
            return True
        return False

    def text_end(self):
        """Where the value in brackets ends (its closing bracket), or -1; moves behind it."""
        at = self.at
        return self.at - 1 if self._leave(at) else -1

    def _leave(self, at):
        """Move behind the closing bracket at or after `at`; False and the line's end when there is none."""
        close = self.buffer.find(b")", at, self.end)
        self.at = close + 1 if close >= 0 else self.end
        return close >= 0
