"""Bytes off the line -> whole telegrams, in one buffer that is there from the start.

Knows where a telegram begins ("/" at the start of a line) and ends ("!" at the start of a line and
up to four hexadecimal digits), and that bytes get lost: a new header starts over, a telegram longer
than the buffer is dropped, noise is counted and forgotten. Feeding and asking allocate nothing, and
no bytes whatever raise anything. Refuses to know checksums and what the lines mean.

Where "/" stands in the middle of a line, it opens a telegram only when three letters and a digit or
"-" follow, as in every header ever seen: noise without a line end in front of a header, or a
telegram that was cut, must not cost the next one. The "/" inside Hungarian headers (`/HLY5/D545-…`)
is no such thing.
"""

from .counters import Counters

_SIZE = 4096  # longest telegram: 1.7 kB and 2 kB of message (facts: p1.md section 5)
_LEAST_ROOM = 256
_SLASH = b"/"
_BANG = b"!"
_CIPHER = b"\xdb\x08"
_CIPHER_HEAD = 14
_NEED = 4  # bytes after "/" that tell a header from anything else


class Framer:
    """Put bytes in with `feed` or `buffer_for` and `wrote`, then ask `next` until it says None.

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

    def feed(self, data, at=0):
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

    def close(self):
        """No more bytes will come (end of a file): "telegram" when only its line end was missing, "cut", or None."""
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
                if fill - cipher < _CIPHER_HEAD:
                    return self._drop(cipher)
                if self._is_cipher(cipher):
                    self._drop(cipher + _CIPHER_HEAD)
                    self.counters.encrypted += 1
                    return "encrypted"
                at = cipher + 2
                continue
            if slash < 0:
                # Half of the two bytes that begin an encrypted frame may be here.
                return self._drop(fill - 1 if buffer[fill - 1] == _CIPHER[0] else fill)
            if slash + _NEED >= fill:
                return self._drop(slash)
            if self._is_header(slash):
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
            if slash + _NEED >= fill:
                if not closing:
                    self._scan = slash
                    return None
            elif self._is_header(slash):
                return self._restart(slash)
            self._scan = slash + 1
            slash = buffer.find(_SLASH, self._scan, fill if bang < 0 else bang)
        if bang < 0:
            # One byte is kept back: whether "!" begins a line is told by the byte before it.
            self._scan = fill
            return None
        self._scan = bang
        end = bang + 1
        while end < fill and end - bang <= 4 and _is_hex(buffer[end]):
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
            if bang < 0 or self._begins_line(bang):
                return bang
            at = bang + 1

    def _restart(self, slash):
        event = self._lost(slash)
        self._open = False  # the next question finds the header again and says "start"
        self._scan = slash
        return event

    def _lost(self, upto):
        """The telegram that began at _head breaks off at `upto` -> "cut", or "encrypted"."""
        if self._is_gibberish(self._head, upto):
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

    def _is_header(self, at):
        """True for a "/" that opens a telegram; four bytes after it are there."""
        buffer = self.buffer
        plain = letters = True
        for i in range(at + 1, at + _NEED):
            byte = buffer[i]
            plain = plain and 32 < byte < 127
            letters = letters and 97 <= byte | 32 <= 122
        if plain and self._begins_line(at):
            return True
        fifth = buffer[at + _NEED]
        return letters and (48 <= fifth <= 57 or fifth == 45)

    def _is_cipher(self, at):
        """DB 08, a title of eight bytes that begins with three letters, 82, two bytes of length, 2x or 3x."""
        buffer = self.buffer
        for i in range(at + 2, at + 5):
            if not 97 <= buffer[i] | 32 <= 122:
                return False
        return buffer[at + 10] == 0x82 and 0x20 <= buffer[at + 13] <= 0x3F

    def _is_gibberish(self, start, end):
        """A header followed by mostly unprintable bytes: an encrypted port too (amsreader issue 1198)."""
        at = self.buffer.find(b"\n", start, end) + 1
        end = min(end, at + 128)
        if not at or end - at < 32:
            return False
        odd = 0
        for i in range(at, end):
            byte = self.buffer[i]
            if byte > 126 or (byte < 32 and byte != 10 and byte != 13):
                odd += 1
        return odd * 4 > end - at


def _is_hex(byte):
    return 48 <= byte <= 57 or 65 <= byte <= 70 or 97 <= byte <= 102
