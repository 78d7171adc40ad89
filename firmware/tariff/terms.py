"""What one supplier asks for a kilowatt-hour: from two registers, or from the market price by a formula.

Both kinds answer the same questions, so the bill and the planner need not ask which one it is.
Amounts incl. VAT for offtake, without for injection. Knows no levies and no network.
"""

from . import decimals
from .faults import TariffFault

_VAT_PCT = 6


class Manual:
    """Fixed or variable prices of the form: peak, off-peak, injection peak and off-peak, a monthly fee."""

    dynamic = hour = False

    def __init__(self, peak, off_peak, sell_peak, sell_off_peak, fee_month):
        """Rates in micro-euro per MWh, the fee in micro-euro per month."""
        self._buy = (off_peak, peak)
        self._sell = (sell_off_peak, sell_peak)
        self.fee_year = fee_month * 12

    def buy(self, total, count, peak):
        """Micro-euro per MWh of offtake; the market's price does not matter."""
        return self._buy[peak]

    def sell(self, total, count, peak):
        """Micro-euro per MWh paid for injection."""
        return self._sell[peak]


class Dynamic:
    """offtake = (a p + b)(1 + VAT), injection = a' p - b', p the price of the quarter or the hour's mean."""

    dynamic = True

    def __init__(self, factor, constant, vat, fee_year, sell_factor, sell_loss, hour, places):
        """factor in millionths of ct/kWh per EUR/MWh; constant and loss in micro-euro per MWh.

        `vat`: it is added to the formula. sell_factor and sell_loss may be None: refused when asked for.
        `places`: how many digits of ct/kWh the supplier keeps, before VAT and again after it (None = all).
        """
        self._factor, self._constant, self._vat = factor, constant, vat
        self._sell_factor, self._sell_loss = sell_factor, sell_loss
        self._places = places
        self.fee_year = fee_year
        self.hour = hour

    def buy(self, total, count, peak):
        """Micro-euro per MWh where the mean price is total / count micro-euro per kWh."""
        rate = self._kept(decimals.rounded(self._factor * total, 100 * count) + self._constant, 0)
        if self._vat:
            rate = decimals.rounded(rate * (100 + _VAT_PCT), 100)
        return self._kept(rate, 1)

    def sell(self, total, count, peak):
        """Micro-euro per MWh paid for injection; negative when the price is below the loss."""
        if self._sell_factor is None or self._sell_loss is None:
            raise TariffFault("contract_needs", "injection_factor, injection_constant")
        return self._kept(decimals.rounded(self._sell_factor * total, 100 * count) - self._sell_loss, 0)

    def _kept(self, rate, step):
        """The supplier's rounding: to so many digits of ct/kWh (10 000 000 micro-euro per MWh)."""
        places = self._places[step] if self._places else None
        if places is None:
            return rate
        grain = 10 ** (7 - places)
        return decimals.rounded(rate, grain) * grain
