"""When to ask which weather service: four times a day, the other one where the first failed.

forecast.solar allows twelve questions an hour, open-meteo some thousands a day: this stays far below both.
Pure: told the time and what came of it.
"""

_EVERY_S = 21600
_LEAST_S = 900
_LONGEST_S = 86400  # a Retry-After beyond a day is not believed


class WeatherAsking:
    """due() -> number of the service or None; `service` answered last."""

    def __init__(self, services=2):
        self._services = services
        self._failures = 0
        self._next_s = 0
        self.service = 0

    def due(self, now_s):
        """Number of the service to ask now, or None."""
        return self.service if now_s >= self._next_s else None

    def wait_s(self, now_s):
        """Seconds until due() says otherwise."""
        return max(1, self._next_s - now_s)

    def answered(self, now_s):
        """A good answer came; the preferred service has its turn again after a day of the other."""
        self._failures = 0
        self._next_s = now_s + _EVERY_S

    def failed(self, now_s, retry_s=None):
        """No answer or a refused one: the other service, later each time."""
        self._failures = min(self._failures + 1, 6)
        rest = min(_LEAST_S << self._failures, _EVERY_S)
        if retry_s is not None:
            rest = max(rest, min(retry_s, _LONGEST_S))
        self.service = (self.service + 1) % self._services
        # The other one has refused nothing yet: it is asked at once, the first time round.
        self._next_s = now_s + (_LEAST_S if self._failures < self._services else rest)
