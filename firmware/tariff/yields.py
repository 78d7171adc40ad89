"""How much of a clear sky a house really gets: by the hour (shade, dirt, wrong angles) and lately (weather).

Learns from pairs of what a clear sky would give and what was measured, in whole Wh. Knows no sun and no
panels. Until a fortnight was seen half of a clear sky is assumed, Belgium's yearly mean being near it.
"""

from array import array

_HOURS = 24
_PRIOR_PER_MILLE = 500
_PRIOR_DAYS = 5  # as many clear days as the assumption weighs
_BELIEVED_DAYS = 2  # a service is believed until its days were held against the roof
_DAYS_KEPT = 30  # a day's weight falls by a thirtieth each day
_LATELY = 4  # days over which the weather of late counts


class Yields:
    """learn() every slot, close_day() each midnight; expect() scales a clear-sky forecast."""

    def __init__(self):
        self._clear = array("i", (0 for _ in range(_HOURS)))
        self._real = array("i", (0 for _ in range(_HOURS)))
        self._told = array("i", (0 for _ in range(_HOURS)))  # by a service, and what came of it
        self._came = array("i", (0 for _ in range(_HOURS)))
        self._today = [0, 0]
        self._lately = None  # per mille of what the hours expect
        self.days = 0

    def learn(self, hour, clear_wh, real_wh):
        """A slot of that local hour: Wh under a clear sky and Wh measured (None: not measured)."""
        if clear_wh <= 0 or real_wh is None:
            return
        real_wh = max(0, min(real_wh, 2 * clear_wh))
        self._today[0] += self._usual(hour, clear_wh)
        self._today[1] += real_wh
        self._clear[hour] += clear_wh
        self._real[hour] += real_wh

    def close_day(self):
        """Midnight: older days weigh less, today's weather joins that of late."""
        for sums in (self._clear, self._real, self._told, self._came):
            for hour in range(_HOURS):
                sums[hour] -= sums[hour] // _DAYS_KEPT
        expected, real = self._today
        if expected > 0:
            ratio = min(real * 1000 // expected, 3000)
            old = 1000 if self._lately is None else self._lately
            self._lately = old + (ratio - old) // _LATELY
            self.days += 1
        self._today = [0, 0]

    def expect(self, hour, clear_wh, days_ahead=0):
        """Wh to expect where a clear sky gives clear_wh; today and tomorrow lean to the weather of late."""
        usual = self._usual(hour, clear_wh)
        if self._lately is None or days_ahead > 1:
            return usual
        return min(usual * (1000 + self._lately) // 2000, clear_wh * 12 // 10)

    def learn_online(self, hour, told_wh, real_wh):
        """What a service told for a slot of that hour, and what came (None: not measured)."""
        if told_wh > 0 and real_wh is not None:
            self._told[hour] += told_wh
            self._came[hour] += min(real_wh, 3 * told_wh)

    def online(self, hour, service_wh):
        """A weather service's Wh for these panels, by what it told of that hour before and what came."""
        weight = max(service_wh, 1) * 4 * _BELIEVED_DAYS
        return service_wh * (self._came[hour] + weight) // (self._told[hour] + weight)

    def pack(self):
        """392 bytes for a sealed file; the running day is not in it."""
        lately = 0xFFFFFFFF if self._lately is None else self._lately
        numbers = []
        for sums in (self._clear, self._real, self._told, self._came):
            numbers.extend(sums)
        numbers.extend((lately, self.days))
        return b"".join([bytes([one >> shift & 255 for shift in (0, 8, 16, 24)]) for one in numbers])

    def unpack(self, data):
        """What pack() made; True when taken."""
        if len(data) != 16 * _HOURS + 8:
            return False
        numbers = [data[at] | data[at + 1] << 8 | data[at + 2] << 16 | data[at + 3] << 24
                   for at in range(0, len(data), 4)]
        for part, sums in enumerate((self._clear, self._real, self._told, self._came)):
            for hour in range(_HOURS):
                sums[hour] = numbers[part * _HOURS + hour]
        self._lately = None if numbers[-2] == 0xFFFFFFFF else numbers[-2]
        self.days = numbers[-1]
        return True

    def _usual(self, hour, clear_wh):
        """Own share of that hour, blended with the assumption until enough was seen."""
        weight = max(clear_wh, 1) * _PRIOR_DAYS
        seen = self._clear[hour]
        return clear_wh * (self._real[hour] * 10 + weight * _PRIOR_PER_MILLE // 100) // ((seen + weight) * 10)
