"""Power flows of one house: what is asked, what the roof gives, what the battery does.

grid = load - solar - battery (AC), + = import; batteries and roofs sit where
they are wired: solar on L2, the battery on L1. It steps a tenth of a second at
a time and keeps the sums that the summary is judged by: it is the witness, and
it trusts no gateway.
"""

from datetime import timedelta

from .belgium import to_local

STEP_S = 0.1
_STEPS_A_SECOND = 10


class House:
    """`load` has `.at(local)`; `inverter` and `registers` (meter) may be None when outside."""

    def __init__(self, load, meter_book, start_utc, inverter=None, inverter_book=None):
        self._load = load
        self._start_utc = start_utc
        self.book = meter_book
        self.inverter = inverter
        self._inverter_book = inverter_book
        self._steps = 0  # counted, because a sum of tenths drifts
        self.load_w = self.pv_w = 0
        self.outside_battery_w = 0  # an outside inverter's word, when there is one
        self._drawn_w = [0, 0, 0]
        self._phases_w = [0, 0, 0]
        self._second = None
        self._sum = [0.0, 0.0, 0.0]
        self._slices = 0

    @property
    def t_s(self):
        """Seconds of the story that have been lived through."""
        return self._steps / _STEPS_A_SECOND

    @property
    def grid_w(self):
        """Net watts at the meter this instant, + = import."""
        return sum(self._phases_w)

    @property
    def battery_w(self):
        """Watts the battery brings to the house, + = discharge."""
        return self.inverter.ac_w if self.inverter else self.outside_battery_w

    def run_until(self, t_s):
        """Step up to second `t_s` of the story."""
        while self._steps + 1 <= t_s * _STEPS_A_SECOND:
            self._step()

    def mean_phases_w(self):
        """Whole watts per phase since the last call: a meter's own second."""
        if not self._slices:
            return [round(watts) for watts in self._phases_w]
        mean = [round(total / self._slices) for total in self._sum]
        self._sum, self._slices = [0.0, 0.0, 0.0], 0
        return mean

    def _step(self):
        self._steps += 1
        if self._steps // _STEPS_A_SECOND != self._second:
            self._second = self._steps // _STEPS_A_SECOND
            self._drawn_w, self.pv_w = self._load.at(
                to_local(self._start_utc) + timedelta(seconds=self._second)
            )
            self.load_w = sum(self._drawn_w)
        if self.inverter:
            self.inverter.step(STEP_S, self.grid_w)
            self._inverter_book.load_w, self._inverter_book.pv_w = self.load_w, self.pv_w
            self._inverter_book.count(STEP_S)
        first, second, third = self._drawn_w
        self._phases_w = [first - self.battery_w, second - self.pv_w, third]
        for phase, watts in enumerate(self._phases_w):
            self._sum[phase] += watts
        self._slices += 1
        self.book.add(self._phases_w, STEP_S)
