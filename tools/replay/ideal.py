"""The exchange that an ideal controller with the same battery would have: one that follows at once.

Knows the battery's size, power and efficiency and nothing of rules; it balances whatever it
can, so what it exchanges was beyond any battery of this size.
"""


class Ideal:
    """`exchange_ws`: import and export together, so far."""

    def __init__(self, battery, low_pct=0):
        self.full_ws, self.held_ws = battery.full_ws, battery.held_ws
        self.low_ws = self.full_ws * low_pct // 100
        self.most_w, self.efficiency_pct = battery.most_w, battery.efficiency_pct
        self.exchange_ws = 0

    def step(self, net_w, past_s):
        """Live through past_s seconds of net_w."""
        power_w = max(-self.most_w, min(self.most_w, net_w))
        if power_w > 0:
            can_ws = max(0, self.held_ws - self.low_ws) * self.efficiency_pct // 100
            given_ws = min(power_w * past_s, can_ws)
            self.held_ws -= given_ws * 100 // self.efficiency_pct
        else:
            room_ws = (self.full_ws - self.held_ws) * 100 // self.efficiency_pct
            given_ws = -min(-power_w * past_s, room_ws)
            self.held_ws -= given_ws * self.efficiency_pct // 100
        self.exchange_ws += abs(net_w * past_s - given_ws)
