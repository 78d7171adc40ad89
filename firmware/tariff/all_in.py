"""What one more kilowatt-hour costs now, everything included: the number that a plan weighs.

Offtake: supplier, certificates, network, excise, contribution, incl. VAT. Injection: what the supplier pays,
less the network's charge where it holds. Not in it: fees, and the month's peak, which has a price of its own
(peak_price). Under the maximum tariff the network part of a kilowatt-hour is the ceiling itself and the
month's peak is free: say so with `at_ceiling`. Knows no plan.
"""

from . import levies
from .brussels import local, midnight
from .faults import TariffFault
from .network import network
from .regime import is_peak


class AllIn:
    """rates(utc, price) -> (buy, sell) in micro-euro per MWh; a day's figures are looked up once."""

    def __init__(self, contract):
        self._contract = contract
        self._day = self._terms = self._tariffs = None
        self._extra = 0
        self._from = self._until = 0  # UTC seconds of the day that is looked up

    def rates(self, utc, total=None, count=1, at_ceiling=False):
        """At UTC second `utc`; total / count is the market price in micro-euro per kWh, or None.

        For a contract by the hour hand over the sum and the number of the hour's quarters (Prices.hour).
        """
        day, minute = local(utc)
        if day != self._day:
            self._open(day)
        if self._terms.dynamic and total is None:
            raise TariffFault("price_missing", utc)
        peak = is_peak(day, minute, self._contract.day_starts)
        if at_ceiling and not self.has_ceiling(utc):
            raise TariffFault("ceiling_unknown")
        network_part = self._tariffs.ceiling if at_ceiling else self._tariffs.kwh
        buy = self._terms.buy(total, count, peak) + self._extra + network_part
        try:
            sell = self._terms.sell(total, count, peak)
        except TariffFault:
            sell = 0  # a card that leaves it open: nothing is what a plan may count on
        if self._contract.injection_network and self._tariffs.injection is not None:
            sell -= self._tariffs.injection
        return buy, sell

    def has_ceiling(self, utc):
        """True when the maximum tariff is on and that day's table knows it."""
        self._on(utc)
        return self._contract.maximum and self._tariffs.ceiling is not None

    def dynamic(self, utc):
        """True where that day's terms follow the market."""
        self._on(utc)
        return self._terms.dynamic

    def by_hour(self, utc):
        """True where they are settled by the mean of the clock hour."""
        self._on(utc)
        return self._terms.hour

    def tariffs(self, utc):
        """The Network (network.py) of that day."""
        self._on(utc)
        return self._tariffs

    def peak_price(self, utc):
        """Micro-euro that one kW more of this month's peak costs over the bills it counts in: rate / 12."""
        self._on(utc)
        return self._tariffs.capacity // 12000

    def _on(self, utc):
        if not self._from <= utc < self._until:
            self._open(local(utc)[0])

    def _open(self, day):
        contract = self._contract
        if self._tariffs is None or not self._tariffs.first <= day <= self._tariffs.last:
            self._tariffs = network(contract.area, day)
        self._terms = contract.terms(day)
        own = contract.certificates
        self._extra = levies.rate(levies.levy("certificates", day)) if own is None else own
        for item in ("excise", "contribution"):
            self._extra += levies.rate(levies.levy(item, day))
        self._day, self._from, self._until = day, midnight(day), midnight(day + 1)
