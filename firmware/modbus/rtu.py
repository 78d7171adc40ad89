"""RTU framing: a request to bytes, bytes to its answer, "not yet" or a fault.

What this file knows: station, PDU, CRC, and that the line also carries what is
not for us: our own echo, a late answer, another station's frame, noise. It
refuses to know time; whoever listens tells it that the line fell silent
(`quiet`) or that the time is up (`give_up`). A frame is found by its head and
its CRC, not by gaps: an ESP32 sees bytes in 10 ms slices, where 3.5 characters
at 9600 baud (4 ms) cannot be seen at all. Source: MODBUS over Serial Line V1.02.
"""

from ..core.crc16 import MODBUS, crc16
from .faults import NOTHING, fault_of, worse

_LONGEST = 256
_ROOM = 272  # one longest frame and some noise before it

# What _step may say of the bytes at the head, when it is no number of bytes to pass.
_NOT_YET = 0
_FOUND = -1


def encode(request):
    """The request as it goes over the wire: station, PDU, CRC low byte first."""
    pdu = request.pdu
    size = len(pdu)
    frame = bytearray(size + 3)
    frame[0] = request.station
    frame[1 : size + 1] = pdu
    crc = crc16(frame, MODBUS, 0, size + 1)
    frame[size + 1] = crc & 0xFF
    frame[size + 2] = crc >> 8
    return frame


class Reply:
    """Listens for the answer to one request after another, in one buffer.

    `echo`: True: the line gives our own bytes back first; False: it does not;
    None: not known yet, learnt from the first exchange that can tell.
    `seen`: dict of counters, shared with the bus: echo, foreign, late (frames)
    and noise (bytes).
    `missing`: bytes that must still come before anything new can be said.
    """

    def __init__(self, request=None, seen=None, echo=None):
        self.seen = {"echo": 0, "foreign": 0, "late": 0, "noise": 0} if seen is None else seen
        self.echo = echo
        self._buffer = bytearray(_ROOM)
        self._view = memoryview(self._buffer)
        self._spare, self._spare_from = self._view, 0
        self._at = self._have = 0
        if request:
            self.expect(request, encode(request))

    def expect(self, request, frame):
        """Forget everything; listen for the answer to `request`, sent as `frame`."""
        self._request = request
        self._sent = frame
        self._have = 0  # bytes in the buffer
        self._at = 0  # where the next frame may start; all before it is judged
        self._need = 5  # nothing to judge before the buffer holds so many
        self._copies = 0  # of our own frame that came back
        self._why = NOTHING  # the most telling reason so far
        self._ours_damaged = False
        self._heard = False

    @property
    def missing(self):
        return self._need - self._have

    def room(self):
        """Where the next bytes may be read into; never empty."""
        if self._at and _ROOM - self._have < _LONGEST:
            self._have -= self._at
            self._need -= self._at
            self._buffer[: self._have] = bytes(self._view[self._at : self._at + self._have])
            self._at = 0
        if self._spare_from != self._have:  # a slice is garbage, and most looks find nothing new
            self._spare_from = self._have
            self._spare = self._view[self._have :]
        return self._spare

    def took(self, count):
        """`count` bytes were read into room(). Returns the answer's PDU (bytes) or None.

        Raises Refused; nothing else, whatever the bytes are.
        """
        self._have += count
        if count:
            self._heard = True
        return self._judge() if self._have >= self._need else None

    def quiet(self):
        """The line fell silent: what is unfinished stays so. None, or the PDU it hid.

        Raises Malformed when our own answer came damaged or cut off: nothing
        better will come. Strangers and noise are no reason to stop listening.
        """
        pdu = self._settle()
        if pdu is None and self._ours_damaged:
            raise fault_of(self._why)
        return pdu

    def give_up(self):
        """The time is up: the PDU that noise had hidden, or the fault is raised."""
        pdu = self._settle()
        if pdu is None:
            if not self._heard:  # not even ourselves
                self.echo = None if self.echo else False
            raise fault_of(self._why)
        return pdu

    def _judge(self):
        """Pass over what is not the answer; the answer's PDU once it is there."""
        while self._at < self._have:
            step = self._step()
            if step == _NOT_YET:
                return None
            if step == _FOUND:
                return self._answer
            self._at += step
        self._at = self._have = 0
        self._need = 5
        return None

    def _settle(self):
        """Judge as if no byte will ever follow: an unfinished frame is none."""
        pdu = None
        while self._at < self._have and pdu is None:
            self._spoil(self._at, self._head_is_ours(), "length")
            self._at += 1
            self.seen["noise"] += 1
            pdu = self._judge()
        return pdu

    def _step(self):
        """Look at the head: bytes to pass, _NOT_YET or _FOUND (then _answer is set)."""
        at = self._at
        left = self._have - at
        same = self._same(at, left)
        if same == len(self._sent):
            step = self._own_frame(at)
            if step:
                return step
        perhaps_own = same == left and self._copies < 2
        if perhaps_own and self.echo and not self._copies:
            return self._wait_for(len(self._sent))
        step = self._frame(at, left, perhaps_own)
        if step == 1:
            self.seen["noise"] += 1
        return step

    def _wait_for(self, size):
        self._need = self._at + size
        return _NOT_YET

    def _same(self, at, left):
        """How many of the first `left` bytes are those we sent."""
        sent = self._sent
        most = min(left, len(sent))
        for i in range(most):
            if self._buffer[at + i] != sent[i]:
                return i
        return most

    def _own_frame(self, at):
        """Our own frame is there: bytes to pass as echo; 0: it is the answer itself."""
        self._copies += 1
        if self._request.mirrored():
            if self.echo is False or self._copies > 1:
                self.echo = self._copies > 1
                return 0
            # Echo or answer, nobody can tell: a write is not confirmed by our own voice.
        else:
            self.echo = True
        self.seen["echo"] += 1
        return len(self._sent)

    def _frame(self, at, left, perhaps_own):
        """A frame at the head: its size to pass, 1 if none, _NOT_YET or _FOUND.

        What is no frame may still be the beginning of our own (`perhaps_own`).
        """
        buffer = self._buffer
        if left < 3:
            return self._wait_for(5)
        ours = self._head_is_ours()
        length = self._request.length(buffer[at + 1], buffer[at + 2])
        if not length or not 0 < buffer[at] < 248 and not ours:
            if perhaps_own:
                return self._wait_for(len(self._sent))
            self._blame("noise")
            return 1
        if left < length + 3:
            return self._wait_for(length + 3)
        crc = crc16(buffer, MODBUS, at, at + length + 1)
        if buffer[at + length + 1] != crc & 0xFF or buffer[at + length + 2] != crc >> 8:
            if perhaps_own:
                return self._wait_for(len(self._sent))
            self._spoil(at, ours, "crc")
            return 1
        return self._sound(at, length)

    def _sound(self, at, length):
        """A frame with a good CRC: the answer, or somebody else's."""
        if self._buffer[at] != self._request.station:
            self.seen["foreign"] += 1
            self._blame("station")
            return length + 3
        if not self._copies and self._why == NOTHING and not self._request.mirrored():
            self.echo = False  # the first sound thing on the line is not our own frame
        why = self._request.verdict(self._buffer, at + 1, length)
        if why:
            self.seen["late"] += 1
            self._blame(why)
            return length + 3
        self._answer = bytes(self._view[at + 1 : at + 1 + length])
        return _FOUND

    def _head_is_ours(self):
        """Do station and code (or its exception) stand at the head?"""
        at = self._at
        return (
            self._have - at > 1
            and self._buffer[at] == self._request.station
            and self._buffer[at + 1] & 0x7F == self._request.pdu[0]
        )

    def _spoil(self, at, ours, why):
        """No frame after all. Ours, of the right size: the answer itself was hit."""
        self._blame(why if ours else "noise")
        shape = self._request.shape
        if ours and (self._copies or not self.echo):
            counted = self._buffer[at + 2] + 2 if self._have - at > 2 else shape
            if self._request.pdu[0] > 4 or counted == shape:
                self._ours_damaged = True

    def _blame(self, why):
        self._why = worse(self._why, why)
