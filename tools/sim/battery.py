"""The chemistry side: how full, how willing, how warm. It knows no bus and no house."""


class Battery:
    """A 48 V lithium pack. Power is at its terminals, + = discharge, in watts.

    `floor_pct` is where its BMS forbids discharge, 100 % where it forbids
    charge; both with a band so that the bits do not flicker. Near either end it
    takes less (taper), as real packs do.
    """

    def __init__(self, capacity_wh=4800, soc_pct=55.0, floor_pct=10, loss=0.03):
        self.capacity_wh = capacity_wh
        self.floor_pct = floor_pct
        self._loss = loss
        self.stored_wh = capacity_wh * soc_pct / 100
        self.charged_wh = self.discharged_wh = 0.0
        self.full = soc_pct >= 99.9
        self.empty = soc_pct <= floor_pct

    @property
    def soc_pct(self):
        """Charge as a fraction of capacity, 0..100, unrounded."""
        return 100 * self.stored_wh / self.capacity_wh

    def charge_max_w(self, rated_w):
        """What it takes now; falls from 92 % to a tenth at the top."""
        if self.full:
            return 0
        return rated_w * min(1.0, max(0.1, (100 - self.soc_pct) / 8))

    def discharge_max_w(self, rated_w):
        """What it gives now; falls over the last 3 % above its floor."""
        if self.empty:
            return 0
        return rated_w * min(1.0, max(0.1, (self.soc_pct - self.floor_pct) / 3))

    def step(self, power_w, seconds):
        """Let `power_w` flow for `seconds`."""
        wh = power_w * seconds / 3600
        if wh > 0:
            self.discharged_wh += wh
            self.stored_wh -= wh * (1 + self._loss)
        else:
            self.charged_wh -= wh
            self.stored_wh -= wh * (1 - self._loss)
        self.stored_wh = min(max(self.stored_wh, 0.0), self.capacity_wh)
        self.full = self.soc_pct >= (98.0 if self.full else 99.9)
        self.empty = self.soc_pct <= self.floor_pct + (2 if self.empty else 0)

    def volts(self, power_w):
        """Terminal voltage: rest voltage by charge, minus a little for the current."""
        return 47.6 + 0.052 * self.soc_pct - 0.0004 * power_w
