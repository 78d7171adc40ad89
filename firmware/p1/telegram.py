"""One whole telegram into core's Meter: checksum first, then every wanted line, in place.

Knows the frame ("/" header, lines, "!" and the checksum) and hands each line to who knows its
kind. Refuses to know ports, time and what the numbers are good for. Texts and the history that
did not change are not decoded again, and a meter's lists are used again, so that a telegram a
second leaves a few hundred bytes of garbage: the ints above 2**30 that a 32-bit board must make.
"""

from ..core.crc16 import crc16, crc16_x25
from ..core.modules import forget_parts
from ..core.readings import Meter
from .codes import key
from .kept import EAN, HEADER, MBUS, MESSAGE, SERIAL, VERSION, Kept
from .mbus import Channels
from .values import Values

try:
    from micropython import const
except ImportError:  # CPython

    def const(value):
        return value

# The order of obis.KINDS; what is left (printed, hexed) is text.
_NUMBER = const(0)
_PHASE = const(1)
_PLAIN = const(2)
_CLOCK = const(5)
_PEAK = const(6)
_HISTORY = const(7)
_LIMIT = const(8)
_FUSE = const(9)
_TOTAL = const(10)
_SERIAL = const(11)
_FIELD = const(31)

_AMPERE = const(65)
_NO_LIMIT_W = (999900, 999000, 99999)  # 999.9, 999.00 and 99.999 kW mean: off
_NO_FUSE_MA = (999000, 999990)         # 999 and 999.99 A mean: off
_LISTS = ("voltage_mv", "current_ma", "phase_import_w", "phase_export_w")
_FIRST_LIST = Meter.FIELDS.index("voltage_mv")
_decoder = None  # made by `prepare`, or with the first good telegram


def prepare():
    """Have the dictionary of codes ready: making it takes 5 kB, which only a start has to spare."""
    global _decoder
    if _decoder is None:
        _decoder = Decoder()


def parse(buffer, start, end, meter, now_ms):
    """Check and decode buffer[start:end] ("/" to the last checksum digit) into `meter`.

    -> "ok", "none" (DSMR 2.2 and 3.0 print no checksum) or "bad"; a bad telegram leaves the meter
    as it was, values, age and all. `now_ms`: ticks when its last byte was in.
    """
    bang = buffer.rfind(b"!", start, end)
    crc = "bad" if bang < 0 else checksum(buffer, start, bang, end)
    if crc != "bad":
        prepare()
        _decoder.fill(meter, buffer, start, bang)
        meter.crc = crc
        meter.at_ms = now_ms
    return crc


def checksum(buffer, start, bang, end):
    """"ok", "bad" or "none" for the telegram from "/" at `start` to "!" at `bang`, digits up to `end`.

    Meters print one to four digits, in either case. A telegram with a clock line comes from a
    meter that prints a checksum: without one it was cut, and is bad.
    """
    if end == bang + 1:
        from .dsmr2 import is_old

        return "none" if is_old(buffer, start, bang) else "bad"
    want = 0
    for i in range(bang + 1, end):
        digit = buffer[i] | 32
        want = want << 4 | (digit - 87 if digit >= 97 else digit - 48)
    if crc16(buffer, 0, start, bang + 1) == want:
        return "ok"
    # Hungarian Holley meters use the other CRC-16 (dsmr_parser issue 91).
    if buffer.find(b"/HLY", start, start + 4) >= 0 and crc16_x25(buffer, start, bang + 1) == want:
        return "ok"
    return "bad"


class Decoder:
    """What is kept from one telegram to the next; several meters may share it."""

    def __init__(self):
        self._meter = None
        self._table = _table()
        self._values = Values()
        self._kept = Kept()
        self._channels = Channels(self._kept, MBUS)
        self._phases = [0, None] * 6  # four lists of three
        self._lists = [None] * 4
        self._rank = -1
        self._serial = self._serial_end = 0
        self._import_wh = self._export_wh = None  # totals of meters without tariffs

    def fill(self, meter, buffer, start, bang):
        """Set every field of `meter` from a telegram that was found good."""
        self._meter = meter
        self._reset(meter)
        values = self._values
        values.buffer = buffer
        end = buffer.find(b"\n", start, bang)
        self._header(meter, buffer, start, end)
        while end >= 0:
            at = end + 1
            end = buffer.find(b"\n", at, bang)
            values.end = end if end >= 0 else bang
            if buffer[at] < 48:
                continue  # an empty line, or the value of the line before
            code = key(buffer, at)
            if code < 0:
                continue
            values.at = buffer.find(b"(", at, values.end) + 1
            self._line(code)
        self._settle(meter, buffer)
        self._kept.tidy()
        self._meter = None

    def _reset(self, meter):
        for i in range(4):
            self._lists[i] = getattr(meter, _LISTS[i])
        self._channels.reset(meter)
        for name in Meter.FIELDS:
            setattr(meter, name, None)
        for i in range(12):
            self._phases[i] = None
        self._rank = -1
        self._import_wh = self._export_wh = None

    def _header(self, meter, buffer, start, end):
        if end > start and buffer[end - 1] == 13:
            end -= 1
        if end > start:
            meter.header = self._kept.text(HEADER, buffer, start, end)

    def _line(self, code):
        """One line with a code: wanted, of an M-Bus channel, or none of ours."""
        row = self._table.get(code)
        if row is None:
            if 0 < code >> 21 < 128:
                self._channels.line(code >> 21, code & 0x1FFFFF, self._values)
            return
        kind = row >> 7
        if kind == _PHASE:
            kind = ((row & _FIELD) - _FIRST_LIST) * 3 + (row >> 5 & 3)  # its place
            self._phases[kind] = self._values.number()
        elif kind == _NUMBER:
            setattr(self._meter, Meter.FIELDS[row & _FIELD], self._values.number())
        elif kind == _PLAIN:
            setattr(self._meter, Meter.FIELDS[row & _FIELD], self._values.number(0))
        elif kind == _SERIAL:
            self._note_serial(row >> 5 & 3)
        else:
            self._rare(self._meter, kind, Meter.FIELDS[row & _FIELD])

    def _rare(self, meter, kind, name):
        """The lines that have a way of their own."""
        values = self._values
        if kind == _CLOCK:
            meter.time = values.moment()
        elif kind == _PEAK:
            meter.month_peak_time = values.moment()
            if meter.month_peak_time is not None and values.more():
                meter.month_peak_w = values.number()
        elif kind == _HISTORY:
            meter.history = self._kept.history(values)
        elif kind == _LIMIT:
            limit_w = values.number()  # DSMR 3.0 prints it in ampere: not a power
            meter.limiter_w = None if limit_w in _NO_LIMIT_W or values.unit == _AMPERE else limit_w
        elif kind == _FUSE:
            fuse_ma = values.number()
            meter.fuse_ma = None if fuse_ma in _NO_FUSE_MA else fuse_ma
        elif kind == _TOTAL:
            if name == "import_t1_wh":
                self._import_wh = values.number()
            else:
                self._export_wh = values.number()
        else:
            place = EAN if name == "ean" else MESSAGE if name == "message" else VERSION
            start = values.at
            setattr(meter, name, self._kept.text(place, values.buffer, start, values.text_end()))

    def _note_serial(self, rank):
        if rank > self._rank:
            self._rank = rank
            self._serial = self._values.at
            self._serial_end = self._values.text_end()

    def _settle(self, meter, buffer):
        """What could be decided only at the end."""
        if self._rank >= 0:
            meter.serial = self._kept.text(SERIAL, buffer, self._serial, self._serial_end)
        if meter.import_t1_wh is None and meter.import_t2_wh is None:
            meter.import_t1_wh = self._import_wh
        if meter.export_t1_wh is None and meter.export_t2_wh is None:
            meter.export_t1_wh = self._export_wh
        for i in range(4):
            setattr(meter, _LISTS[i], self._phase_list(i))
        self._channels.settle(meter, buffer)

    def _phase_list(self, i):
        """Up to the last phase that has a line; the meter's own list when it is as long."""
        length = 3
        while length and self._phases[i * 3 + length - 1] is None:
            length -= 1
        if not length:
            return None
        phases = self._lists[i]
        if phases is None or len(phases) != length:
            phases = [None] * length
        for phase in range(length):
            phases[phase] = self._phases[i * 3 + phase]
        return phases


def _table():
    """The dictionary of codes; the file it is made from is let go of."""
    from . import obis

    made = obis.table()
    forget_parts("p1", "obis")
    return made
