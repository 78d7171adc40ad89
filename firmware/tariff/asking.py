"""When to ask which service for prices. Pure: told the time and what came of it, it says what is due.

Belgian prices for tomorrow appear at about 13:00 local. Each service is left alone for half a minute after
any question (energy-charts allows two a minute), for as long as it says itself (Retry-After), and after
failures for twice as long each time, up to an hour; meanwhile the other one is asked.
"""

from .brussels import local, midnight

_PUBLISHED = 13 * 60 + 10  # minute of the local day
_LEAST_S = 30
_MOST_S = 3600
_LONGEST_S = 86400  # a Retry-After beyond a day is not believed


class Asking:
    """`services`: how many there are, the preferred one first."""

    def __init__(self, services=2):
        self._rest_until = [0] * services
        self._failures = [0] * services

    def wanted(self, now_s):
        """-> (first, until) UTC seconds of the local days whose prices should be known by now."""
        day, minute = local(now_s)
        return midnight(day), midnight(day + (2 if minute >= _PUBLISHED else 1))

    def due(self, now_s, known_until):
        """Number of the service to ask now, or None; known_until: what known prices reach, or 0."""
        if known_until >= self.wanted(now_s)[1]:
            return None
        for service, rest_until in enumerate(self._rest_until):
            if rest_until <= now_s:
                return service
        return None

    def wait_s(self, now_s, known_until):
        """Seconds until due() may say otherwise; at most an hour."""
        if known_until < self.wanted(now_s)[1]:
            return max(0, min(min(self._rest_until) - now_s, _MOST_S))
        day, minute = local(now_s)
        due = midnight(day) + _PUBLISHED * 60 if minute < _PUBLISHED else midnight(day + 1)
        return max(1, min(due - now_s, _MOST_S))

    def answered(self, service, now_s, known_until):
        """A good answer came. When it does not reach as far as wanted it is asked again in ten minutes."""
        self._failures[service] = 0
        self._rest_until[service] = now_s + (_LEAST_S if known_until >= self.wanted(now_s)[1] else 600)

    def failed(self, service, now_s, retry_after_s=None):
        """No answer or a refused one; retry_after_s as the service said, if it did."""
        self._failures[service] = min(self._failures[service] + 1, 10)
        rest = min(_LEAST_S << self._failures[service], _MOST_S)
        if retry_after_s is not None:
            rest = max(rest, min(retry_after_s, _LONGEST_S))
        self._rest_until[service] = now_s + rest
