"""The month's account: what was bought and sold, and what that would have been without the battery.

Counterfactual: both columns of each quarter's record come from the same beats (receipt.py) and
differ by what the battery did. Balancing earns what each quarter's difference is worth at
that quarter's prices; shaving earns the month's peak that was not paid for. Knows records and prices
as numbers; refuses to know flash, contracts and what a month is. In memory while somebody asks.
"""

_FLOOR_W = 2500
_CLASS_W = 50
_CLASSES = 400   # up to 20 kW; what is above counts as that
_MILLION = 1000000


class MonthAccount:
    """`add` records in any order, each quarter once; then `told`.

    rates: rates(utc_s) -> (buy, sell) in micro-euro a MWh, or None: then no money is told.
    """

    def __init__(self, rates=None):
        self._rates = rates
        self._quarters = self._part = 0
        self._first = self._last = None
        self._sums = [0, 0, 0, 0]  # quarter-Wh: import, export, both without battery
        self._peak_w = self._peak_without_w = 0
        self._earned = 0           # 10^-12 EUR, times 4
        self._load = UsualLoad()

    def add(self, record):
        """One record of receipt.Account."""
        number, mean_w, export_wh, without_w, export_without_wh, whole = record
        columns = mean_w, export_wh * 4, without_w, export_without_wh * 4
        for i in range(4):
            self._sums[i] += columns[i]
        self._quarters += 1
        self._part += not whole
        self._first = number if self._first is None else min(self._first, number)
        self._last = number if self._last is None else max(self._last, number)
        self._peak_w = max(self._peak_w, mean_w)
        self._peak_without_w = max(self._peak_without_w, without_w)
        self._load.add(record)
        if self._rates:
            buy, sell = self._rates(number * 900)
            self._earned += (columns[2] - columns[0]) * buy - (columns[3] - columns[1]) * sell

    def told(self, peak_price=None):
        """A dict of whole numbers, its keys in docs/control.md. peak_price: micro-euro a kW of the peak."""
        sums = [part // 4 for part in self._sums]
        missing = 0 if self._first is None else self._last - self._first + 1 - self._quarters
        shaved_w = max(_FLOOR_W, self._peak_without_w) - max(_FLOOR_W, self._peak_w)
        return {
            "quarters": self._quarters, "missing": missing, "part": self._part,
            "import_wh": sums[0], "export_wh": sums[1], "peak_w": self._peak_w,
            "import_without_wh": sums[2], "export_without_wh": sums[3],
            "peak_without_w": self._peak_without_w, "usual_w": self._load.p95_w(),
            "balancing_ueur": self._earned // (4 * _MILLION) if self._rates else None,
            "shaving_ueur": None if peak_price is None else shaved_w * peak_price // 1000,
        }


class UsualLoad:
    """What the house takes from the grid without the battery, in most of its quarters."""

    count = 0

    def __init__(self):
        self._classes = [0] * (_CLASSES + 1)

    def add(self, record):
        """One record of receipt.Account."""
        self._classes[min(_CLASSES, record[3] // _CLASS_W)] += 1
        self.count += 1

    def p95_w(self):
        """Mean import that 95 % of the quarters stay under, rounded up to 50 W; 0 without quarters."""
        left = self.count // 20
        for place in range(_CLASSES, -1, -1):
            left -= self._classes[place]
            if left < 0:
                return (place + 1) * _CLASS_W
        return 0
