"""Expected Wh of a group of panels from forecast.solar: JSON, result.watt_hours_period by local time.

Asked with /estimate/{latitude}/{longitude}/{tilt}/{azimuth, 0 = south}/{kWp}; twelve questions an hour. A
figure is the energy between the time before it and its own; the first of a day is sunrise. It is spread
evenly over the quarters in between, so that the sum stays. A refusal comes as JSON too and is told with the
time it names.
"""

from . import decimals
from .brussels import days, moment
from .faults import TariffFault, printable
from .json_stream import NUMBER, TEXT, JsonStream
from .prices import Gathered

SOURCE = "forecast.solar"
_LONGEST_S = 4 * 3600  # between two figures of one day
_MOST_WH = 1000000


class ForecastSolar:
    """feed() the answer's bytes, end() -> Prices whose values are Wh a quarter; night is 0."""

    def __init__(self, first, until):
        self._slots = Gathered(first, until, 900, "forecast")
        self._stream = JsonStream(self._value)
        self._quarters = [0] * ((until - first) // 900)
        self._last = None
        self._refused = False

    def feed(self, data):
        """The next bytes; TariffFault as soon as they cannot become a good answer."""
        self._stream.feed(data)

    def end(self):
        """-> Prices; TariffFault "forecast_none", "forecast_limit" or what is wrong with the answer."""
        self._stream.end()
        if self._refused:
            raise TariffFault("forecast_limit", "-")
        slots = self._slots
        if self._last is None or self._last <= slots.first:
            raise TariffFault("forecast_none")
        for at, wh in enumerate(self._quarters):
            slots.put(slots.first + at * 900, wh)
        return slots.finish(SOURCE)

    def _value(self, stream, kind, text):
        keys = stream.keys
        if len(keys) == 3 and keys[0] == b"result" and keys[1] == b"watt_hours_period":
            if kind != NUMBER:
                raise TariffFault("number_wrong", printable(text))
            self._period(_local_instant(keys[2]), decimals.parse(text, 0))
        elif kind == NUMBER:
            if decimals.parse(text, 0) and keys == [b"message", b"code"]:
                self._refused = True
        elif kind == TEXT and keys and keys[-1] == b"retry-at":
            raise TariffFault("forecast_limit", printable(text))

    def _period(self, utc, wh):
        """Energy between the last time and this one into quarters, its sum kept to the Wh."""
        last, self._last = self._last, utc
        if not 0 <= wh <= _MOST_WH:
            raise TariffFault("forecast_wild", wh)
        if last is None:
            return
        if utc <= last:
            raise TariffFault("forecast_twice", moment(utc))
        if not wh:
            return
        if utc - last > _LONGEST_S:
            raise TariffFault("forecast_hole", moment(utc))
        first, gap = self._slots.first, utc - last
        for at in range((last - first) // 900, (utc - first - 1) // 900 + 1):
            begin = max(first + at * 900, last) - last
            end = min(first + at * 900 + 900, utc) - last
            if 0 <= at < len(self._quarters):
                self._quarters[at] += wh * end // gap - wh * begin // gap


def _local_instant(text):
    """ b"2024-04-26T06:20:17+02:00" -> UTC second."""
    parts = (text[:4], text[5:7], text[8:10], text[11:13], text[14:16], text[17:19], text[20:22], text[23:25])
    if len(text) != 25 or text[19:20] not in (b"+", b"-") or not b"".join(parts).isdigit():
        raise TariffFault("date_wrong", printable(text))
    year, month, day, hour, minute, second, ahead, more = [int(part) for part in parts]
    if not (1970 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= 31 and hour < 24):
        raise TariffFault("date_wrong", printable(text))
    offset = ahead * 3600 + more * 60
    utc = days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second
    return utc - offset if text[19:20] == b"+" else utc + offset
