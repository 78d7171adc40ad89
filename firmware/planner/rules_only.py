"""What the rules alone would have made of a house's quarters: the second column of the receipt.

The bands of control in quarter-hour steps: balance above the buffer, in the buffer shave to the peak alone,
recharge under half of it at the desired peak, charge below the minimum. A model, not control itself: within a
quarter the load is taken as even. Whole numbers; refuses to know prices.
"""


class RulesOnly:
    """quarter(net_wh) -> (import_wh, export_wh). capacity_wh, power_w: the battery's; percents of it."""

    def __init__(self, capacity_wh, power_w, min_pct, buffer_pct, desired_w, eta_pct=93, soc_pct=50):
        self._most, self._full = power_w * 250, capacity_wh * 1000  # mWh
        self._low = self._full * min_pct // 100
        self._top = self._full * min(min_pct + buffer_pct, 95) // 100
        self._eta = eta_pct
        self._desired = desired_w * 250
        self._recharging = False
        self.stored = self._full * soc_pct // 100
        self.peak = max(2500, desired_w) * 250  # what the month has cost already, mWh a quarter
        self.given_wh = 0

    def month(self):
        """A new month: the peak begins anew."""
        self.peak = max(self._desired, 625000)

    def quarter(self, net_wh):
        """House less roof of one quarter -> what the meter would have counted."""
        net = net_wh * 1000
        wanted = self._wanted(net)
        if wanted < 0:
            wanted = -min(-wanted, self._most, max(0, self.stored - self._low) * self._eta // 100)
            self.stored -= -wanted * 100 // self._eta
            self.given_wh += -wanted // 1000
        else:
            wanted = min(wanted, self._most, (self._full - self.stored) * 100 // self._eta)
            self.stored += wanted * self._eta // 100
        grid = net + wanted
        self.peak = max(self.peak, grid)
        return max(0, grid) // 1000, max(0, -grid) // 1000

    def _wanted(self, net):
        """mWh into the battery (below 0: out of it) that the band of its charge asks for."""
        if self.stored < self._low:
            return max(-net, self._desired - net, 0)
        if self.stored > self._top:
            self._recharging = False
            return -net
        if self.stored < (self._low + self._top) // 2:
            self._recharging = True
        if net > self.peak:
            return self.peak - net
        room = self._desired - net if self._recharging else -net
        return max(0, min(room, (self._top - self.stored) * 100 // self._eta) if net > 0 else room)
