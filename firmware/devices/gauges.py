"""From decoded rows to one core Inverter reading: what can be believed, what follows from it.

It knows which readings need a second look (state of charge, impossible powers), what limits
follow from the battery's currents, and when "full" and "empty" are over. It refuses to know
the bus and the set-point.
"""

from ..core.readings import Inverter
from .charge_level import ChargeLevel
from .decode import FIELDS, LIMITS, value

_SLACK_PCT = 2  # a battery that said "full" or "empty" is believed until the level moved so far
_AT_WORK_W = 50


class Gauges:
    """`reading` is filled in place; `hints` are words worth showing, never acted on."""

    def __init__(self, model):
        self._model = model
        self.reading = Inverter()
        self.hints = ()
        self._level = ChargeLevel()
        self._limits_ma = {}
        self._flagged_pct = None
        self._found = {}  # key of a bit field -> (kind, words)

    def fill(self, poll, data, now_ms):
        """Take the registers of one read. False: impossible, nothing was taken."""
        if not self._possible(poll, data):
            return False
        reading = self.reading
        for row in poll.rows:
            self._put(row[1], row[2], value(row, data))
            if row[1] == self._model.MEASURE:
                reading.at_ms = now_ms
        self._conclude()
        return True

    def prohibited(self, full, empty):
        """The device's own word on charging (full) and discharging (empty)."""
        self.reading.full, self.reading.empty = full, empty
        self._flagged_pct = self.reading.soc_pct
        self._conclude()

    def limits(self):
        """(charge, discharge) in W, both positive: what the device admits now."""
        return self.reading.charge_max_w or 0, self.reading.discharge_max_w or 0

    def _possible(self, poll, data):
        """An echo or a shifted frame with a sound checksum shows powers no device has."""
        most = 2 * max(self._model.CHARGE_MAX_W, self._model.DISCHARGE_MAX_W)
        if not most:
            return True
        return not any(row[1] == "power_w" and abs(value(row, data)) > most for row in poll.rows)

    def _put(self, key, kind, found):
        if kind in FIELDS:
            self._found[key] = kind, found
        elif key == "soc_pct":
            self.reading.soc_pct = self._level.hear(found) if self._model.soc_bogus_zero else found
        elif key in LIMITS:
            self._limits_ma[key] = found
        elif key in ("state", "mode") and not isinstance(found, str):
            setattr(self.reading, key, None)  # a number the catalogue has no word for
        elif key in Inverter.FIELDS:
            setattr(self.reading, key, found)

    def _conclude(self):
        reading, model = self.reading, self._model
        reading.faults = self._joined("faults")
        self.hints = self._joined("hints")
        if model.state_by_power:
            reading.state = self._state_by_power()
        self._outgrow()
        if model.CHARGE_MAX_W:
            reading.charge_max_w = 0 if reading.full else self._most("charge_limit_ma", model.CHARGE_MAX_W)
            reading.discharge_max_w = 0 if reading.empty else self._most(
                "discharge_limit_ma", model.DISCHARGE_MAX_W)

    def _joined(self, wanted):
        words = ()
        for kind, found in self._found.values():
            if kind == wanted:
                words += found
        return words

    def _most(self, key, most_w):
        """The smaller of the device's limit and the battery's current times its voltage."""
        current_ma, voltage_mv = self._limits_ma.get(key), self.reading.voltage_mv
        # Both 0: a firmware that has the registers and does not fill them.
        if current_ma is None or not voltage_mv or not any(self._limits_ma.values()):
            return most_w
        return min(most_w, current_ma // 10 * (voltage_mv // 100) // 1000)

    def _outgrow(self):
        """The flags come with answers to set-points only; a level that moved overrules them."""
        reading = self.reading
        if reading.soc_pct is None or self._flagged_pct is None:
            return
        if reading.full and reading.soc_pct <= self._flagged_pct - _SLACK_PCT:
            reading.full = False
        if reading.empty and reading.soc_pct >= self._flagged_pct + _SLACK_PCT:
            reading.empty = False

    def _state_by_power(self):
        reading = self.reading
        if reading.faults:
            return "fault"
        if reading.power_w is None:
            return None
        if reading.power_w > _AT_WORK_W:
            return "discharging"
        return "charging" if reading.power_w < -_AT_WORK_W else "waiting"
