"""When not to trust what we see: the safe state and the way out of it.

Knows which readings are too old to act on and remembers for how long all has
been well. It refuses to know what made a reading old. The safe state is left
only after good data all through `_CALM_MS`, so that a loose cable does not make
the battery stutter (facts: ems 4.3 asks at most 30 s; the house must be back in
control within 30 s of good data, ramp included).
"""

from ..core.ticks import age, diff

# A 1 Hz meter silent for 10 s must have led to a neutral command on the wire by
# then, so the decision falls one beat earlier. Meters that speak every 10 s
# (DSMR 4, Sweden) are given two and a half of their own intervals.
_METER_SILENT_MS = 9000
_METER_INTERVALS = 5
_BATTERY_SILENT_MS = 5000
_CALM_MS = 5000
# Over the radio a second without a frame is nothing: back in control within 5 s of the link's return.
_CALM_FAR_MS = 1500


class Safe:
    """Call `why` once a beat; a tuple means: stay neutral, and this is the reason."""

    def __init__(self):
        self.reason = ("why_starting",)
        self._well_since_ms = None

    def why(self, snapshot, jumped=False):
        """The reason to be neutral now, or None when the readings can be acted on.

        jumped: the meter's clock moved against ours, so its quarter is not to be believed yet.
        """
        fault = ("why_clock_jump",) if jumped else _fault(snapshot)
        if fault:
            self.reason = fault
            self._well_since_ms = None
        elif self.reason:
            self._recover(snapshot.now_ms, _CALM_FAR_MS if snapshot.far else _CALM_MS)
        return self.reason

    def _recover(self, now_ms, calm_ms):
        if self._well_since_ms is None:
            self._well_since_ms = now_ms
        elif age(now_ms, self._well_since_ms) >= calm_ms:
            self.reason = None


def _fault(snapshot):
    """The first thing wrong with this snapshot, in words; None when all is well."""
    if snapshot.away:
        return ("why_link_lost", snapshot.far)
    if snapshot.meter_age_ms is None or snapshot.grid_w is None:
        return ("why_meter_never",)
    if snapshot.meter_age_ms > silence_ms(snapshot.meter_interval_ms):
        return ("why_meter_silent", snapshot.meter_age_ms // 1000)
    if snapshot.heard_age_ms is None:
        return ("why_inverter_never",)
    if snapshot.heard_age_ms > _BATTERY_SILENT_MS:
        return ("why_inverter_silent", snapshot.heard_age_ms // 1000)
    return _unfit(snapshot)


def _unfit(snapshot):
    """It answers, but not in a state that may be commanded."""
    if snapshot.ready is False:
        return ("why_inverter_not_ready", snapshot.status or "?")
    if snapshot.battery_w is None or snapshot.battery_age_ms > _BATTERY_SILENT_MS:
        return ("why_power_unknown",)
    if snapshot.soc_pct is None:
        return ("why_soc_unknown",)
    return None


def silence_ms(interval_ms):
    """How long a meter of this interval may be silent before we let go."""
    if interval_ms is None or interval_ms <= 3000:
        return _METER_SILENT_MS
    return min(interval_ms * _METER_INTERVALS // 2, 30000)


def skew_ms(meter_at_ms, battery_at_ms):
    """Meter instant minus battery instant in ms; None while either is missing."""
    if meter_at_ms is None or battery_at_ms is None:
        return None
    return diff(meter_at_ms, battery_at_ms)
