"""A Fluvius T211 as its P1 port shows it: telegram 50217, three phases, one a second.

Transcribed from captured telegrams (docs of e-MUCS-P1 1.7.1); shares no code
with the firmware, so that it can witness against it. It knows registers, the
quarter of its own clock, the month peak and thirteen months of history. It
refuses to know where its watts come from.
"""

import random
from datetime import datetime, timedelta

from .belgium import from_local, stamp, to_local

QUARTER_S = 900


def crc16_arc(data):
    """CRC-16/ARC, bit by bit: slow, plain and nobody else's table."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def telegram(lines, header=r"/FLU5\253769484_A"):
    """Lines without ends -> the bytes of a telegram with its checksum."""
    body = "\r\n".join([header, "", *lines, "!"]).encode("ascii")
    return body + b"%04X\r\n" % crc16_arc(body)


class Registers:
    """The meter's memory. `add` is called with the net watts of a slice of time."""

    def __init__(self, start_utc, seed=1, earlier_w=300, history=True):
        dice = random.Random(f"{seed}/registers")
        self.utc = start_utc
        self.import_wh = [dice.uniform(4e6, 9e6), dice.uniform(4e6, 9e6)]
        self.export_wh = [dice.uniform(1e6, 5e6), dice.uniform(5e5, 2e6)]
        self.import_total_wh = self.export_total_wh = 0.0
        local = to_local(start_utc)
        # The quarter that was running when we came: assume a house at rest before us.
        self._quarter_wh = earlier_w * _into_quarter(local) / 3600
        self.peak = (
            _quarter_end(start_utc) - timedelta(days=min(2, local.day - 1), minutes=45),
            dice.uniform(2200, 3400),
        )
        self.history = _past_months(local, dice) if history else []

    def add(self, phases_w, seconds):
        """Move the clock on by `seconds`, at these net watts per phase (+ import)."""
        net_wh = sum(phases_w) * seconds / 3600
        tariff = self.tariff() - 1
        if net_wh >= 0:
            self.import_wh[tariff] += net_wh
            self.import_total_wh += net_wh
            self._quarter_wh += net_wh
        else:
            self.export_wh[tariff] -= net_wh
            self.export_total_wh -= net_wh
        before = _quarter_end(self.utc)
        self.utc += timedelta(seconds=seconds)
        if self.utc >= before:
            self._close_quarter(before)

    def demand_w(self):
        """1.4.0: energy imported since the quarter began, spread over 15 minutes."""
        return self._quarter_wh * 3600 / QUARTER_S

    def tariff(self):
        """1 by day (07-22 h on weekdays), 2 by night and in weekends: Belgium's order."""
        local = to_local(self.utc)
        return 1 if local.weekday() < 5 and 7 <= local.hour < 22 else 2

    def _close_quarter(self, end_utc):
        demand_w, self._quarter_wh = self.demand_w(), 0.0
        if demand_w > self.peak[1]:
            self.peak = (end_utc, demand_w)
        local = to_local(end_utc)
        if (local.day, local.hour, local.minute) == (1, 0, 0):
            self.history = (self.history + [(end_utc, *self.peak)])[-13:]
            self.peak = (end_utc, 0.0)


class Meter:
    """Speaks: `message(phases_w)` is the telegram of this second."""

    def __init__(self, registers, serial="1SAG3100004711", gas="7FLO2119000815", seed=1):
        self.registers = registers
        self._serial = serial.encode().hex().upper()
        self._gas = gas.encode().hex().upper()
        self._gas_m3 = random.Random(f"{seed}/gas").uniform(2000, 9000)
        self.clock_error = timedelta()
        self.sent = 0

    def shift_clock(self, seconds):
        """Print a clock that is `seconds` ahead of the truth."""
        self.clock_error = timedelta(seconds=seconds)

    def message(self, phases_w):
        """Net whole watts on L1, L2, L3 (+ import) -> one telegram, bytes."""
        self.sent += 1
        return telegram([*self._energy(), *self._power(phases_w), *self._rest()])

    def _energy(self):
        book = self.registers
        yield "0-0:96.1.4(50217)"
        yield f"0-0:96.1.1({self._serial})"
        yield f"0-0:1.0.0({stamp(book.utc + self.clock_error)})"
        for code, wh in (
            ("1.8.1", book.import_wh[0]),
            ("1.8.2", book.import_wh[1]),
            ("2.8.1", book.export_wh[0]),
            ("2.8.2", book.export_wh[1]),
        ):
            yield f"1-0:{code}({int(wh) / 1000:010.3f}*kWh)"
        yield f"0-0:96.14.0({book.tariff():04d})"
        yield f"1-0:1.4.0({_kw(book.demand_w())}*kW)"
        yield f"1-0:1.6.0({stamp(book.peak[0])})({_kw(book.peak[1])}*kW)"
        rows = "".join(f"({stamp(end)})({stamp(at)})({_kw(watts)}*kW)" for end, at, watts in book.history)
        yield f"0-0:98.1.0({len(book.history)})(1-0:1.6.0)(1-0:1.6.0){rows or '()'}"

    @staticmethod
    def _power(phases_w):
        net_w = sum(phases_w)
        yield f"1-0:1.7.0({_kw(max(0, net_w))}*kW)"
        yield f"1-0:2.7.0({_kw(max(0, -net_w))}*kW)"
        for sign, code in ((1, 1), (-1, 2)):
            for phase, watts in zip((2, 4, 6), phases_w, strict=True):
                yield f"1-0:{phase}{code}.7.0({_kw(max(0, sign * watts))}*kW)"
        volts = [232.0 - 0.0011 * watts for watts in phases_w]
        for phase, volt in zip((3, 5, 7), volts, strict=True):
            yield f"1-0:{phase}2.7.0({volt:05.1f}*V)"
        for phase, volt, watts in zip((3, 5, 7), volts, phases_w, strict=True):
            yield f"1-0:{phase}1.7.0({abs(watts) / volt / 0.97:06.2f}*A)"

    def _rest(self):
        read_at = self.registers.utc.replace(second=0, microsecond=0)
        read_at -= timedelta(minutes=read_at.minute % 5, seconds=1)
        yield "0-0:96.3.10(1)"
        yield "0-0:17.0.0(999.9*kW)"
        yield "1-0:31.4.0(999*A)"
        yield "0-0:96.13.0()"
        yield "0-1:24.1.0(003)"
        yield f"0-1:96.1.1({self._gas})"
        yield "0-1:24.4.0(1)"
        yield f"0-1:24.2.3({stamp(read_at + self.clock_error)})({self._gas_m3:09.3f}*m3)"


def _kw(watts):
    return f"{int(watts) / 1000:06.3f}"


def _into_quarter(local):
    return (local.minute % 15) * 60 + local.second + local.microsecond / 1e6


def _quarter_end(utc):
    start = utc.replace(minute=utc.minute // 15 * 15, second=0, microsecond=0)
    return start + timedelta(seconds=QUARTER_S)


def _past_months(local, dice):
    """Thirteen rows, oldest first: (end of month, end of its peak quarter, W), UTC."""
    rows = []
    first = datetime(local.year, local.month, 1)
    for _ in range(13):
        before = (first - timedelta(days=1)).replace(day=1)
        peak = before + timedelta(
            days=dice.randrange(27), hours=dice.randrange(7, 22), minutes=15 * dice.randrange(4)
        )
        rows.insert(0, (from_local(first), from_local(peak), dice.uniform(2100, 5800)))
        first = before
    return rows
