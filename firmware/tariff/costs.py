"""What a month cost: as billed, as it would have been without the battery, and with the rules alone.

Three bills over the same quarters, made in one pass: they differ by what the battery did and by nothing else,
so what is saved adds up to the cent. Feed quarters in order, then told(). Refuses to know where quarters
and prices are kept and what the rules are: whoever knows hands over an object.
"""

from . import receipt
from .bill import Bill
from .brussels import local, show_date
from .faults import TariffFault

_WEAR = 10000000  # micro-euro a kWh times Wh, in a cent


class Costs:
    """contract: contract.Contract; rules: quarter(net_wh) -> (import, export), or None: no third bill.

    today: a day number whose energy is told apart, or None. wear: micro-euro per kWh given.
    """

    def __init__(self, contract, rules=None, today=None, wear=0):
        self._contract, self._rules, self._today, self._wear = contract, rules, today, wear
        self._bills = [Bill(contract), Bill(contract)] + ([Bill(contract)] if rules else [])
        self._days = [None, None, None]  # energy of today in pico-euro, by the same three
        self._rates = None
        self.skipped = self.quarters = 0
        self.first = self.last = None
        self.given_wh = 0

    def feed(self, utc, columns, price=None, given_wh=0):
        """columns: import, export, both without the battery (Wh of the quarter from `utc` on).

        A quarter whose price is not known is left out of all bills and counted in `skipped`.
        """
        imported, exported, without, without_export = columns
        pairs = [(imported, exported), (without, without_export)]
        if self._rules:
            pairs.append(self._rules.quarter(without - without_export))
        day = local(utc)[0]
        if price is None and self._contract.terms(day).dynamic:
            self.skipped += 1
            return
        for bill, pair in zip(self._bills, pairs):
            bill.feed(utc, pair[0], pair[1], price)
        self.quarters += 1
        self.given_wh += given_wh
        self.first = day if self.first is None else self.first
        self.last = day
        if day == self._today:
            self._count(utc, pairs, price)

    def _count(self, utc, pairs, price):
        """Today's energy at what one more kWh costs, all levies in; the month's peak is the month's."""
        if self._rates is None:
            from .all_in import AllIn
            self._rates = AllIn(self._contract)
        buy, sell = self._rates.rates(utc, price, 1)
        for number, pair in enumerate(pairs):
            self._days[number] = (self._days[number] or 0) + pair[0] * buy - pair[1] * sell

    def told(self):
        """A dict for JSON, whole cents and words; TariffFault "costs_none" where no quarter was fed."""
        if not self.quarters:
            raise TariffFault("costs_none")
        bills = [self._closed(bill) for bill in self._bills]
        billed, without = bills[0]["cents"], bills[1]["cents"]
        rules = bills[2]["cents"] if self._rules else None
        today = [None if one is None else one // 10000000000 for one in self._days]
        return {
            "from": show_date(self.first), "to": show_date(self.last), "quarters": self.quarters,
            "skipped": self.skipped, "billed": bills[0], "no_battery": bills[1],
            "rules_only": bills[2] if self._rules else None,
            "saved_cents": without - billed, "saved_by_plan_cents": None if rules is None else rules - billed,
            "wear_cents": self.given_wh * self._wear // _WEAR,
            "today_cents": {"billed": today[0], "no_battery": today[1], "rules_only": today[2]},
        }

    def _closed(self, bill):
        """{"cents", "peak_w", "lines": [[word, arithmetic, cents], …], "notes": [[word, …], …]}."""
        tally = bill.close()
        lines = receipt.lines(tally, self._contract)
        return {
            "cents": receipt.total(lines)[0], "peak_w": tally.peak_w,
            "lines": [[line.code, line.why, line.cents] for line in lines],
            "notes": [[word] + list(details) for word, details in receipt.notes(tally, self._contract)],
        }
