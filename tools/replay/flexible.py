"""A car charger and a boiler as they behave: what they want, what they draw under a ceiling.

Whole numbers. Knows nothing of the firmware: it is told a ceiling in W and tells what it draws.
"""

MODES = ("eco", "turbo", "max", "block")
_DAY_S = 86400
_AMPERE_W = 230
_LEAST_A = 6


def read(name, text):
    """"MODE[:W[:NUMBER]]" of a "car" (kWh a day) or a "boiler" (W it loses) -> [mode, W, Wh or W].

    None for no text; ValueError names what is wrong.
    """
    if not text:
        return None
    most_w, number, factor = (7400, 10, 1000) if name == "car" else (2000, 120, 1)
    mode, *rest = text.split(":")
    if mode not in MODES or len(rest) > 2 or not all(one.isdigit() and int(one) for one in rest):
        raise ValueError("--{} {}: MODE:W:NUMBER with a mode of {}".format(name, text, ", ".join(MODES)))
    found = [int(one) for one in rest]
    return [mode, (found + [most_w])[0], (found[1:] + [number])[0] * factor]


class Charger:
    """One phase and a car that comes each day at hour `at_h` (UTC) wanting `wish_wh`.

    It draws whole amperes, from six on. A new ceiling holds 2 s after it was told; the car answers at once.
    """

    least_w = _LEAST_A * _AMPERE_W
    car = True

    def __init__(self, most_w, wish_wh, at_h=17):
        self.most_w, self.power_w, self.drawn_ws = most_w, 0, 0
        self._wish_ws, self._at_s = wish_wh * 3600, at_h * 3600
        self.wanted_ws = 0
        self._ceilings = [0, 0]

    def step(self, epoch_s, past_s):
        """Live past_s seconds from epoch_s on; the W drawn all along."""
        if (epoch_s - self._at_s) % _DAY_S + past_s > _DAY_S or (epoch_s - self._at_s) % _DAY_S == 0:
            self.wanted_ws = self._wish_ws
        ceiling_w = self._ceilings.pop(0)
        amperes = min(ceiling_w, self.most_w) // _AMPERE_W
        self.power_w = amperes * _AMPERE_W if amperes >= _LEAST_A and self.wanted_ws > 0 else 0
        self.wanted_ws -= self.power_w * past_s
        self.drawn_ws += self.power_w * past_s
        return self.power_w

    def obey(self, ceiling_w):
        """The ceiling of this beat."""
        self._ceilings = (self._ceilings + [ceiling_w])[-2:]


class Boiler:
    """A tank with a relay: all or nothing. It loses `leak_w`, taps included; wants when 1 kWh is missing."""

    car = False

    def __init__(self, most_w, leak_w):
        self.most_w = self.least_w = most_w
        self.power_w = self.drawn_ws = 0
        self.wanted_ws = 0
        self._leak_w, self._heating, self._ceiling_w = leak_w, False, 0

    def step(self, epoch_s, past_s):
        """Live past_s seconds; the W drawn all along."""
        self.wanted_ws += self._leak_w * past_s
        if self.wanted_ws >= 3600000:
            self._heating = True
        elif self.wanted_ws <= 0:
            self._heating = False
        self.power_w = self.most_w if self._heating and self._ceiling_w >= self.most_w else 0
        self.wanted_ws -= self.power_w * past_s
        self.drawn_ws += self.power_w * past_s
        return self.power_w

    def obey(self, ceiling_w):
        """The ceiling of this beat."""
        self._ceiling_w = ceiling_w
