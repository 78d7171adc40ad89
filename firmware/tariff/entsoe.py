"""Day-ahead prices of the ENTSO-E transparency platform: an A44 document in XML.

What its manual of data (Publication_MarketDocument 7.3) leaves to the reader is decided here: curve A03
leaves out a price that repeats, so it is carried forward within its period; of several classification
sequences the first counts; a series in hours beside one in quarters is set aside when the quarters cover it
and refused when they do not, as prices of two kinds are never joined; an Acknowledgement document is "no
data yet" though it comes with HTTP 200.
"""

from . import decimals
from .brussels import days, moment
from .faults import TariffFault, printable
from .prices import MOST_SLOTS, Gathered
from .xml_stream import XmlStream

SOURCE = "entsoe"
BELGIUM = b"10YBE----------2"
_STEPS = {b"PT15M": 900, b"PT30M": 1800, b"PT60M": 3600, b"PT1H": 3600}
_SEQUENCE = b"classificationSequence_AttributeInstanceComponent.position"


class Entsoe:
    """Reads one answer: feed() its bytes, end() -> Prices. `first`, `until`: the days asked for."""

    def __init__(self, first, until, zone=BELGIUM, step=900):
        self._slots = Gathered(first, until, step)
        self._stream = XmlStream(self)
        self._zone = zone
        self._aside = []
        self._outside = None
        self._nothing = False
        self._new_series()
        self._new_period()

    def feed(self, data):
        """The next bytes; TariffFault as soon as they cannot become a good answer."""
        self._stream.feed(data)

    def end(self):
        """-> Prices, or TariffFault with the word for what is wrong."""
        self._stream.end()
        if self._nothing:
            raise TariffFault("prices_none")
        slots = self._slots
        for begin, end in self._aside:
            if not slots.count:
                raise TariffFault("prices_hourly", moment(begin))
            utc = max(begin, slots.first)  # no range(): MicroPython's wraps beyond 30 bits on the board
            while utc < min(end, slots.until):
                if not slots.has(utc):
                    raise TariffFault("prices_mixed", moment(utc))
                utc += slots.step
        if not slots.count and self._outside is not None:
            raise TariffFault("prices_day", moment(self._outside))
        return slots.finish(SOURCE)

    def opened(self, stream, name):
        """An element begins: the root says what document it is, series and periods begin anew."""
        if len(stream.stack) == 1:
            self._nothing = name == b"Acknowledgement_MarketDocument"
            if not self._nothing and name != b"Publication_MarketDocument":
                raise TariffFault("answer_other")
        elif name == b"TimeSeries":
            self._new_series()
        elif name == b"Period":
            self._new_period()
        elif name == b"Point":
            self._place = self._price = None

    def closed(self, stream, name, text):
        """An element ended: what it says is kept, or held against what was asked."""
        if self._nothing:
            return
        if name == b"Point":
            self._point()
        elif name == b"position":
            self._place = decimals.parse(text, 0)
        elif name == b"price.amount":
            self._price = decimals.parse(text, 3)
        elif name == b"Period":
            self._end_period()
        elif name == b"TimeSeries" and not self._zones:
            raise TariffFault("prices_zone", "-", self._zone.decode())
        elif name == b"type" and len(stream.stack) == 1 and text != b"A44":
            raise TariffFault("answer_other")
        elif name in (b"start", b"end") and stream.stack and stream.stack[-1][-12:] == b"timeInterval":
            if len(stream.stack) > 2:  # that of a period, not of the document
                if name == b"start":
                    self._begin = _instant(text)
                else:
                    self._end = _instant(text)
        else:
            self._described(name, text)

    def _described(self, name, text):
        """What a series says of itself before its periods."""
        if name in (b"in_Domain.mRID", b"out_Domain.mRID"):
            if text != self._zone:
                raise TariffFault("prices_zone", printable(text), self._zone.decode())
            self._zones = True
        elif name == b"currency_Unit.name" and text != b"EUR":
            raise TariffFault("prices_unit", printable(text))
        elif name == b"price_Measure_Unit.name" and text != b"MWH":
            raise TariffFault("prices_unit", printable(text))
        elif name == _SEQUENCE:
            if self._points:
                raise TariffFault("answer_other")  # too late: its prices are already among the others
            self._chosen = decimals.parse(text, 0) == 1
        elif name == b"curveType":
            if text not in (b"A01", b"A03"):
                raise TariffFault("answer_other")
            self._repeats = text == b"A03"
        elif name == b"resolution":
            if text not in _STEPS:
                raise TariffFault("prices_mixed", printable(text))
            self._step = _STEPS[text]

    def _new_series(self):
        self._zones = self._repeats = self._points = False
        self._chosen = True

    def _new_period(self):
        self._begin = self._end = None
        self._step = None
        self._place = self._price = self._carried = None
        self._next = 1

    def _length(self):
        """Slots of the running period, checked."""
        begin, end = self._begin, self._end
        if begin is None or end is None or self._step is None or (end - begin) % self._step:
            raise TariffFault("answer_other")
        count = (end - begin) // self._step
        if not 0 < count <= MOST_SLOTS:
            raise TariffFault("prices_day", moment(begin))
        return count

    def _point(self):
        if self._place is None or self._price is None:
            raise TariffFault("answer_other")
        count = self._length()
        if not self._chosen or self._step != self._slots.step:
            return
        place, utc = self._place, self._begin + (self._place - 1) * self._step
        if place == self._next - 1:
            raise TariffFault("prices_twice", moment(utc))
        if place < self._next:
            raise TariffFault("prices_order", moment(utc))
        if place > count:
            raise TariffFault("prices_day", moment(utc))
        self._carry(place)
        self._put(place, self._price)
        self._carried = self._price
        self._next = place + 1

    def _end_period(self):
        count = self._length()
        if not self._chosen:
            return
        if self._step != self._slots.step:
            if len(self._aside) >= 8:
                raise TariffFault("answer_other")
            self._aside.append((self._begin, self._end))
            return
        self._carry(count + 1)

    def _carry(self, place):
        """Curve A03: the places before `place` that were left out repeat the last price."""
        for missing in range(self._next, place):
            if self._carried is None or not self._repeats:
                raise TariffFault("prices_hole", moment(self._begin + (missing - 1) * self._step))
            self._put(missing, self._carried)

    def _put(self, place, price):
        """Prices of days that were not asked for are let go: the platform answers in whole days."""
        self._points = True
        utc = self._begin + (place - 1) * self._step
        if self._slots.first <= utc < self._slots.until:
            self._slots.put(utc, price)
        else:
            self._outside = utc


def _instant(text):
    """ b"2026-02-01T23:00Z" -> UTC second."""
    parts = (text[:4], text[5:7], text[8:10], text[11:13], text[14:16])
    if len(text) != 17 or text[16:] != b"Z" or not b"".join(parts).isdigit():
        raise TariffFault("date_wrong", printable(text))
    year, month, day, hour, minute = [int(part) for part in parts]
    if not (1970 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60):
        raise TariffFault("date_wrong", printable(text))
    return days(year, month, day) * 86400 + hour * 3600 + minute * 60
