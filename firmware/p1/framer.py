"""Bytes off the line -> whole telegrams, in one buffer of 4 KiB that is there from the start.

Knows where a telegram begins ("/" at the start of a line) and ends ("!" at the start of a line and
up to four hexadecimal digits), and that bytes get lost: a new header starts over, a telegram longer
than the buffer is dropped, noise is counted and forgotten. Feeding and asking allocate nothing, and
no bytes whatever raise anything. Refuses to know checksums and what the lines mean; what a header
looks like is in signs.py.
"""

from .counters import Counters
from .signs import CIPHER_NEEDS, HEADER_NEEDS, is_cipher, is_gibberish, is_header, is_hex

_SIZE = 4096  # a telegram is 1.7 kB at most, and 2 kB of message may come on top (facts: p1.md section 5)
_LEAST_ROOM = 256
_SLASH = b"/"
_BANG = b"!"
_CIPHER = b"\xdb\x08"
_LINE_END = b"\r\n"


class Framer:
    """Put bytes in with `buffer_for` and `wrote`, or `copy_in`, then ask `next` until it says None.

    Events: "start" (a header began: the meter measured just now), "telegram" (whole one in
    `buffer[start:end]`, valid until bytes are put in again), "cut" (a new header came before the
    end), "overrun" (longer than the buffer), "encrypted". `seven_bit`: the 9600 baud profile,
    where an eighth bit is parity and is cleared; never elsewhere.
    """

    def __init__(self, size=_SIZE):
        self.buffer = bytearray(size)
        self.counters = Counters()
        self.seven_bit = False
        self.start = 0
        self.end = 0
        self._view = memoryview(self.buffer)
        self._size = size
        self.clear()

    def clear(self):
        """Forget what is in the buffer, not the counters: the line's settings changed."""
        self._open = False   # a header was seen, its end was not
        self._head = 0       # where that header is
        self._scan = 0       # everything before is dealt with
        self._fill = 0
        self._before = 10    # the byte before buffer[0], a line end at first
        self._overrun = False

    def buffer_for(self):
        """Room for the port to read into; tell `wrote` how many bytes came. Never empty."""
        self._make_room()
        return self._view[self._fill:]

    def wrote(self, count):
        """`count` bytes were put where `buffer_for` said."""
        if self.seven_bit:
            for i in range(self._fill, self._fill + count):
                self.buffer[i] &= 0x7F
        self._fill += count
        self.counters.bytes += count

    def copy_in(self, data, at=0):
        """Copy bytes from data[at:], as many as there is room for -> how many; ask `next` in between."""
        self._make_room()
        count = min(len(data) - at, self._size - self._fill)
        buffer = self.buffer
        fill = self._fill
        for i in range(count):  # a slice would make an object
            buffer[fill + i] = data[at + i]
        self.wrote(count)
        return count

    def next(self):
        """The next event in what was put in so far, or None: not yet."""
        if self._overrun:
            self._overrun = False
            return "overrun"
        if not self._open:
            return self._hunt()
        return self._follow(self._fill)

    def finish(self):
        """No more bytes will come: "telegram" when only its line end was missing, "cut", or None."""
        if not self._open:
            return None
        event = self._follow(self._fill, True)
        if event is None:
            self._open = False
            self._scan = self._fill
            event = self._lost(self._fill)
        return event

    def _hunt(self):
        """Outside a telegram: drop noise up to a header or to an encrypted frame."""
        buffer = self.buffer
        fill = self._fill
        while self._scan < fill and (buffer[self._scan] == 13 or buffer[self._scan] == 10):
            self._scan += 1
        at = self._scan
        while at < fill:
            slash = buffer.find(_SLASH, at, fill)
            cipher = buffer.find(_CIPHER, at, fill if slash < 0 else slash)
            if cipher >= 0:
                if fill - cipher < CIPHER_NEEDS:
                    return self._drop(cipher)
                if is_cipher(buffer, cipher):
                    self._drop(cipher + CIPHER_NEEDS)
                    self.counters.encrypted += 1
                    return "encrypted"
                at = cipher + 2
                continue
            if slash < 0:
                # Half of the two bytes that begin an encrypted frame may be here.
                return self._drop(fill - 1 if buffer[fill - 1] == _CIPHER[0] else fill)
            if slash + HEADER_NEEDS >= fill:
                return self._drop(slash)
            if is_header(buffer, slash, self._begins_line(slash)):
                self._drop(slash)
                return self._begin(slash)
            at = slash + 1
        return self._drop(fill)

    def _drop(self, upto):
        """Bytes before `upto` are noise -> None."""
        self.counters.noise += upto - self._scan
        self._scan = upto

    def _begin(self, at):
        self._open = True
        self._head = at
        self._scan = at + 1
        self.counters.starts += 1
        return "start"

    def _follow(self, fill, closing=False):
        """Inside a telegram: to its end, or to the header that shows it was cut."""
        buffer = self.buffer
        bang = self._find_bang(fill)
        slash = buffer.find(_SLASH, self._scan, fill if bang < 0 else bang)
        while slash >= 0:
            if slash + HEADER_NEEDS >= fill:
                if not closing:
                    self._scan = slash
                    return None
            elif is_header(buffer, slash, self._begins_line(slash)):
                return self._restart(slash)
            self._scan = slash + 1
            slash = buffer.find(_SLASH, self._scan, fill if bang < 0 else bang)
        if bang < 0:
            self._scan = fill
            return None
        self._scan = bang
        end = bang + 1
        while end < fill and end - bang <= 4 and is_hex(buffer[end]):
            end += 1
        if end == fill and end - bang <= 4 and not closing:
            return None
        self._open = False
        self.start = self._head
        self.end = self._scan = end
        return "telegram"

    def _find_bang(self, fill):
        at = self._scan
        while True:
            bang = self.buffer.find(_BANG, at, fill)
            if bang < 0:
                return bang
            at = bang + 1
            # One flipped bit makes "!" of a line's first "1": digits or a line end have to follow.
            ends = at == fill or is_hex(self.buffer[at]) or self.buffer[at] in _LINE_END
            if ends and self._begins_line(bang):
                return bang

    def _restart(self, slash):
        event = self._lost(slash)
        self._open = False  # the next question finds the header again and says "start"
        self._scan = slash
        return event

    def _lost(self, upto):
        """The telegram that began at _head breaks off at `upto` -> "cut", or "encrypted"."""
        if is_gibberish(self.buffer, self._head, upto):
            self.counters.encrypted += 1
            return "encrypted"
        self.counters.lost += 1
        return "cut"

    def _make_room(self):
        """Move what is still wanted to the front; drop a telegram that fills the whole buffer."""
        keep = self._head if self._open else self._scan
        if keep == self._fill:
            self._shift(keep)
        elif self._size - self._fill < _LEAST_ROOM and keep:
            self._shift(keep)
        if self._fill == self._size:
            self._overrun = self._lost(self._fill) == "cut"
            self._open = False
            self._shift(self._fill)

    def _shift(self, keep):
        if not keep:
            return
        buffer = self.buffer
        self._before = buffer[keep - 1]
        left = self._fill - keep
        for i in range(left):
            buffer[i] = buffer[keep + i]
        self._fill = left
        self._head -= keep
        self._scan = max(0, self._scan - keep)

    def _begins_line(self, at):
        before = self.buffer[at - 1] if at else self._before
        return before == 10 or before == 13
