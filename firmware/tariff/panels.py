"""What the roof will give: sun geometry and the house's own history, a weather service where one answered.

Knows groups of panels and where they stand. Refuses to know who asked the service and how old its answer
may be: whoever holds it hands it over or takes it away.
"""

from .brussels import local
from .sun import slot_wh

_IRRADIANCE = "open-meteo"  # its values are W/m2 on the first group's plane, others' Wh of all panels
_LOSSES_PCT = 86
_MEMORY = 8  # quarters over which the sky of now is remembered
_HOLDS = 16  # quarters after which half of it is forgotten ahead
_LEAST_WH = 20  # in that memory, below which nothing is said of the sky


class Panels:
    """groups: (panels, W each, azimuth, tilt) as sun.py; yields: yields.py; `service`: Prices or None."""

    def __init__(self, latitude, longitude, groups, yields):
        self._place = latitude, longitude
        self._groups = groups
        self.yields = yields
        self.service = None
        self._watts = sum([panels * each_w for panels, each_w, _, _ in groups])
        self._foretold = self._came = self._at = 0  # of late, in sixteenths of a Wh; when that was

    def clear(self, utc):
        """Wh of the quarter from `utc` on under a clear sky."""
        return slot_wh(utc, 900, self._place[0], self._place[1], self._groups) if self._groups else 0

    def expect(self, utc, hour, days_ahead=0):
        """Wh to expect in the quarter from `utc` on, which lies in that local hour of a day to come."""
        clear_wh = self.clear(utc)
        if not clear_wh:
            return 0
        wh = self._foretell(utc, hour, days_ahead, clear_wh)
        if days_ahead or self._foretold < _LEAST_WH * 16:
            return wh
        ahead = max(0, utc - self._at) // 900
        more = wh * self._came // self._foretold - wh
        return max(0, min(wh + more * _HOLDS // (_HOLDS + ahead), clear_wh * 12 // 10))

    def _foretell(self, utc, hour, days_ahead, clear_wh):
        """What history or a service says, the sky of now left out."""
        told = self._told(utc)
        if told is None:
            return self.yields.expect(hour, clear_wh, days_ahead)
        return self.yields.online(hour, told)

    def _told(self, utc):
        """Wh that the service tells, None without one."""
        told = self.service.at(utc) if self.service else None
        if told is None or self.service.source != _IRRADIANCE:
            return told
        return told * self._watts // 1000 * _LOSSES_PCT // 400

    def learn(self, utc, wh):
        """The quarter from `utc` on gave `wh` (None: not measured); the last one of a day closes it."""
        minute = local(utc)[1]
        clear_wh = self.clear(utc)
        if wh is not None and clear_wh:
            foretold = self._foretell(utc, minute // 60, 0, clear_wh)
            self._foretold += foretold * 16 - self._foretold // _MEMORY
            self._came += wh * 16 - self._came // _MEMORY
            self._at = utc
            self.yields.learn_online(minute // 60, self._told(utc) or 0, wh)
        self.yields.learn(minute // 60, clear_wh, wh)
        if minute == 1425:
            self.yields.close_day()
            self._foretold = self._came = 0
