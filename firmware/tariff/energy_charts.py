"""Day-ahead prices of energy-charts.info: JSON with unix_seconds[] and price[] in EUR/MWh.

Asked for with /price?bzn=BE&start=YYYY-MM-DD&end=YYYY-MM-DD (local days). The answer does not name its
zone, so its unit and its days are what can be held against the question. Nulls at the end are hours not
yet published; a null before a price is a hole. Prices: CC BY 4.0, Bundesnetzagentur | SMARD.de.
"""

from . import decimals
from .brussels import moment
from .faults import TariffFault, printable
from .json_stream import NULL, NUMBER, TEXT, JsonStream
from .prices import Gathered

SOURCE = "energy-charts"


class EnergyCharts:
    """Reads one answer: feed() its bytes, end() -> Prices. `first`, `until`: the days asked for."""

    def __init__(self, first, until, step=900):
        self._slots = Gathered(first, until, step)
        self._stream = JsonStream(self._value)
        self._times = self._prices = 0
        self._last = None
        self._null = False
        self._unit = False

    def feed(self, data):
        """The next bytes; TariffFault as soon as they cannot become a good answer."""
        self._stream.feed(data)

    def end(self):
        """-> Prices, or TariffFault with the word for what is wrong."""
        self._stream.end()
        if not self._times and not self._prices:
            raise TariffFault("prices_none")
        if self._times != self._prices:
            raise TariffFault("prices_count", self._times, self._prices)
        if not self._unit:
            raise TariffFault("prices_unit", "-")
        return self._slots.finish(SOURCE)

    def _value(self, stream, kind, text):
        key = stream.keys[0] if stream.keys else b""
        if stream.stack == b"{[" and key == b"unix_seconds":
            self._time(decimals.parse(text, 0) if kind == NUMBER else None)
        elif stream.stack == b"{[" and key == b"price":
            if kind not in (NUMBER, NULL):
                raise TariffFault("number_wrong", "?")
            self._price(decimals.parse(text, 3) if kind == NUMBER else None)
        elif kind == NUMBER:
            decimals.parse(text, 0)
        elif stream.stack == b"{" and key == b"unit" and kind == TEXT:
            self._unit = text.replace(b" ", b"") == b"EUR/MWh"
            if not self._unit:
                raise TariffFault("prices_unit", printable(text))

    def _time(self, utc):
        """Each time follows the one before by the step; what else it does has a word of its own."""
        if utc is None:
            raise TariffFault("number_wrong", "?")
        slots, last = self._slots, self._last
        gap = slots.step if last is None else utc - last
        if gap == 0:
            raise TariffFault("prices_twice", moment(utc))
        if gap < 0:
            raise TariffFault("prices_order", moment(utc))
        if gap != slots.step:
            word = "prices_hole" if gap not in (900, 1800, 3600) else "prices_mixed"
            if word == "prices_mixed" and self._times == 1:
                word = "prices_hourly"
            raise TariffFault(word, moment(utc))
        if last is None and utc != slots.first or utc >= slots.until:
            raise TariffFault("prices_day", moment(utc))
        self._last = utc
        self._times += 1

    def _price(self, price):
        """Prices count their own slots: which key comes first in the answer does not matter."""
        utc = self._slots.first + self._prices * self._slots.step
        self._prices += 1
        if price is None:
            self._null = True
        elif self._null:
            raise TariffFault("prices_hole", moment(utc))
        else:
            self._slots.put(utc, price)
        if self._prices > 400:
            raise TariffFault("prices_count", self._times, self._prices)
