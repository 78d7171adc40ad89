"""Irradiance on a group's plane from open-meteo.com: JSON, quarters, W/m2.

Asked with /v1/forecast?latitude=&longitude=&minutely_15=global_tilted_irradiance&tilt=&azimuth=&timeformat=
unixtime; its azimuth counts from south (-90 east, 90 west). A value is the mean of the quarter before its
time, so it belongs to the slot that begins 900 s earlier. Slightly negative values occur and count as 0.
Quarters outside the days asked for are let go. Data: CC BY 4.0, open-meteo.com.
"""

from . import decimals
from .brussels import moment
from .faults import TariffFault, printable
from .json_stream import NULL, NUMBER, TEXT, JsonStream
from .prices import MOST_SLOTS, Gathered

SOURCE = "open-meteo"
_MOST_W_M2 = 1600  # more than the sun gives above the air
_NEAR = 200  # thousandths of a degree: the grid's cells are smaller


class OpenMeteo:
    """feed() the answer's bytes, end() -> Prices of W/m2. latitude, longitude: thousandths of a degree."""

    def __init__(self, first, until, latitude, longitude):
        self._slots = Gathered(first, until, 900, "forecast")
        self._stream = JsonStream(self._value)
        self._asked = {b"latitude": latitude, b"longitude": longitude}
        self._begin = self._last = None
        self._times = self._values = self._units = 0

    def feed(self, data):
        """The next bytes; TariffFault as soon as they cannot become a good answer."""
        self._stream.feed(data)

    def end(self):
        """-> Prices of whole days, or TariffFault with the word for what is wrong."""
        self._stream.end()
        if self._times != self._values:
            raise TariffFault("forecast_count", self._times, self._values)
        if self._values and self._units != 2:
            raise TariffFault("forecast_unit", "-")
        return self._slots.finish(SOURCE)

    def _value(self, stream, kind, text):
        key = stream.keys[-1] if stream.keys else b""
        inside = len(stream.keys) == 2 and stream.keys[0] == b"minutely_15"
        if inside and stream.stack == b"{{[" and key == b"time":
            self._time(decimals.parse(text, 0) if kind == NUMBER else None)
        elif inside and stream.stack == b"{{[" and key == b"global_tilted_irradiance":
            self._irradiance(decimals.parse(text, 0) if kind == NUMBER else None, kind)
        elif kind == NUMBER and stream.stack == b"{" and key in self._asked:
            if abs(decimals.parse(text, 3) - self._asked[key]) > _NEAR:
                raise TariffFault("forecast_place", printable(text))
        elif kind == NUMBER:
            decimals.parse(text, 0)
        elif kind == TEXT and len(stream.keys) == 2 and stream.keys[0] == b"minutely_15_units":
            wanted = {b"time": b"unixtime", b"global_tilted_irradiance": b"W/m\xc2\xb2"}.get(key)
            if wanted is not None and text != wanted:
                raise TariffFault("forecast_unit", printable(text))
            self._units += wanted is not None

    def _time(self, utc):
        if utc is None:
            raise TariffFault("number_wrong", "?")
        if self._begin is None:
            self._begin = utc
            if utc % 900:
                raise TariffFault("forecast_day", moment(utc))
        elif utc != self._last + 900:
            raise TariffFault("forecast_twice" if utc == self._last else "forecast_hole", moment(utc))
        self._last = utc
        self._times += 1

    def _irradiance(self, watts, kind):
        """The service prints its times first; without them no value has a place."""
        if self._begin is None or self._values >= 4 * MOST_SLOTS:
            raise TariffFault("forecast_count", self._times, self._values)
        utc = self._begin + (self._values - 1) * 900
        self._values += 1
        if not self._slots.first <= utc < self._slots.until:
            return
        if watts is None:
            raise TariffFault("forecast_hole" if kind == NULL else "number_wrong", moment(utc))
        if watts > _MOST_W_M2:
            raise TariffFault("forecast_wild", watts)
        self._slots.put(utc, max(0, watts))
