"""From quarters to a bill, month by month: feed quarters in order, take each month when it is over.

Keeps sums of the running month and twelve month peaks, never the quarters. Knows which tariff, levy and
term holds on a day; how the sums become lines is receipt.py's. Refuses to know files and floats.
"""

from . import levies
from .brussels import QUARTER_S, date, local, moment, month_days
from .decimals import parse, rounded
from .faults import TariffFault
from .network import FLOOR_W, network
from .regime import is_peak

_LATEST = 4102444800  # the year 2100
MOST_WH = 250000  # a quarter at a megawatt: more is a broken row, not a house


class Tally:
    """Sums of one month. sums: {(code, figure): [Wh, pico-euro]}; days: {(code, micro-euro a year): days}.

    levied: [[item, figures, Wh], ...] in order of time, as the excise counts the year's offtake.
    """

    def __init__(self, first, length, tariffs):
        self.first, self.length, self.tariffs = first, length, tariffs
        self.sums = {}
        self.levied = []
        self.days = {}
        self.covered = self.quarters = self.missing = self.thin_hours = 0
        self.import_wh = self.export_wh = self.before_wh = 0
        self.peak_w = 0
        self.peak_at = None
        self.peaks = ()

    def add(self, code, figure, wh, rate):
        """`wh` at `rate` micro-euro per MWh: exact pico-euro."""
        entry = self.sums.setdefault((code, figure), [0, 0])
        entry[0] += wh
        entry[1] += wh * rate

    def levy(self, item, figures):
        """The entry of `levied` that grows from now on."""
        for entry in self.levied:
            if entry[0] == item and entry[1] == figures:
                return entry
        self.levied.append([item, figures, 0])
        return self.levied[-1]

    def day(self, code, fee_year):
        """One more day of a yearly fee in micro-euro."""
        self.days[(code, fee_year)] = self.days.get((code, fee_year), 0) + 1


class Bill:
    """feed() each quarter in order; it hands over the Tally of a month that is over, as does close()."""

    def __init__(self, contract):
        self._contract = contract
        self._tally = None
        self._next = None
        self._day = None
        self._terms = self._levies = None
        self._hour = []
        self._year_wh = contract.before_wh
        self._peaks = list(contract.peaks)

    def feed(self, utc, import_wh, export_wh, price=None):
        """Quarter from `utc` on, price in micro-euro per kWh -> Tally of a month that is over, or None.

        TariffFault: "quarter_grid", "quarter_order", "quarter_wh", "price_missing", what tables refuse.
        """
        if utc % QUARTER_S or not 0 <= utc < _LATEST:
            raise TariffFault("quarter_grid", utc)
        if self._next is not None and utc < self._next:
            raise TariffFault("quarter_order", utc)
        if not 0 <= import_wh <= MOST_WH or not 0 <= export_wh <= MOST_WH:
            raise TariffFault("quarter_wh", import_wh, export_wh)
        done = None
        if self._hour and self._hour[0][0] != utc // 3600:
            self._settle()
        day, minute = local(utc)
        if day != self._day:
            done = self._open(day)
        if self._terms.dynamic and price is None:
            raise TariffFault("price_missing", moment(utc))
        self._count(utc, import_wh, export_wh)
        peak = is_peak(day, minute, self._contract.day_starts)
        self._hour.append((utc // 3600, import_wh, export_wh, price, peak))
        if not self._terms.hour:
            self._settle()
        return done

    def close(self):
        """The last month's Tally, or None when nothing was fed."""
        self._settle()
        return self._finish()

    def _open(self, day):
        """The first quarter of a local day: which figures hold, one day more of every fee."""
        first, length = month_days(day)
        done = None
        if self._tally is None or self._tally.first != first:
            done = self._finish()
            tariffs = done.tariffs if done and done.tariffs.last >= day else network(self._contract.area, day)
            if done and date(done.first)[0] != date(first)[0]:
                self._year_wh = 0
            self._tally = Tally(first, length, tariffs)
            self._tally.before_wh = self._year_wh
        self._day = day
        self._terms = self._contract.terms(day)
        self._certificates = self._contract.certificates
        if self._certificates is None:
            self._certificates = levies.rate(levies.levy("certificates", day))
        tally = self._tally
        self._levies = [tally.levy(item, levies.levy(item, day)) for item in ("excise", "contribution")]
        tally.covered += 1
        tally.day("fee", self._terms.fee_year)
        tally.day("data", tally.tariffs.data)
        if not self._contract.domiciled:
            tally.day("fund", parse(levies.levy("fund", day), 6) * 12)
        return done

    def _count(self, utc, import_wh, export_wh):
        """What does not depend on the supplier: energy, the quarter's peak, gaps."""
        tally = self._tally
        if self._next is not None and tally.quarters:
            tally.missing += (utc - self._next) // QUARTER_S
        self._next = utc + QUARTER_S
        tally.quarters += 1
        tally.import_wh += import_wh
        tally.export_wh += export_wh
        if import_wh * 4 > tally.peak_w:
            tally.peak_w = import_wh * 4
            tally.peak_at = utc
        for entry in self._levies:
            entry[2] += import_wh
        tally.add("certificates", self._certificates, import_wh, self._certificates)

    def _settle(self):
        """The supplier's part of the quarters waiting: one, or those of an hour at the hour's mean price."""
        waiting, self._hour = self._hour, []
        if not waiting:
            return
        terms = self._terms
        total = sum([row[3] for row in waiting]) if terms.dynamic else 0
        count = len(waiting)
        if terms.hour and count < 4:
            self._tally.thin_hours += 1
        for _, import_wh, export_wh, _, peak in waiting:
            name = "dynamic" if terms.dynamic else "peak" if peak else "off_peak"
            rate = terms.buy(total, count, peak)
            self._tally.add("energy_" + name, None if terms.dynamic else rate, import_wh, rate)
            if export_wh:
                rate = terms.sell(total, count, peak)
                self._tally.add("injection_" + name, None if terms.dynamic else rate, export_wh, -rate)

    def _finish(self):
        """Closes the running month: its peak joins the twelve that count."""
        tally, self._tally = self._tally, None
        if tally is None:
            return None
        self._peaks = (self._peaks + [max(tally.peak_w, FLOOR_W)])[-12:]
        tally.peaks = [max(peak, FLOOR_W) for peak in self._peaks]
        self._year_wh = tally.before_wh + tally.import_wh
        return tally


def share(fee_year, days, length):
    """Pico-euro of `days` in a month of `length` from micro-euro a year: a twelfth a month, by the day."""
    return rounded(fee_year * 1000000 * days, 12 * length)
