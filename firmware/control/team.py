"""Several inverters that act as one: what they have together, who does which part.

One decision is made for the house and split here: to charge, by the room each battery
has up to 100 %; to give, by the energy each has above the owner's minimum; within
each one's limits. Each part still passes a last gate of its own (envelope.py), so a
wrong split cannot take a battery below its floor. One that is silent, refuses or is
not understood rests, and its power counts as the house's own.

Knows drivers by their readings only; refuses to know makes, buses and radios.
"""

from ..core.readings import Command, Decision, Inverter, Snapshot
from ..core.ticks import add, age, diff
from .envelope import LEASE_MS, Envelope

_OLD_MS = 5000
_WH = 5000       # of a battery nobody told the capacity of
_LEAST_W = 150   # smaller parts are not worth a second inverter's losses
_SAME = ("full", "empty", "ready")


class Team:
    """The face of one driver, and of an Envelope. `drivers`: a list that may grow; meters are passed over.

    A driver may have `capacity_wh`; without it, or None, 5 kWh are assumed.
    """

    commands = True

    def __init__(self, drivers):
        self.reading = Inverter()
        self.name = ""
        self.away = False   # True: nobody can be counted on, and the first one's box is not to be heard
        self._drivers = drivers
        self._members = []  # [driver, its gate, its part of the command in force]
        self._one = Snapshot()

    # What they are together

    def look(self, now_ms):
        """Fill `reading` from those that can be counted on; from the first one when nobody can."""
        members, reading = self._all(), self.reading
        fit = [member[0].reading for member in members if _fit(member[0], now_ms)]
        found = fit or [members[0][0].reading]
        reading.at_ms = _oldest([one.at_ms for one in found], now_ms)
        reading.heard_ms = _oldest([one.heard_ms for one in found], now_ms)
        for name in ("power_w", "solar_w", "charge_max_w", "discharge_max_w"):
            setattr(reading, name, _sum([getattr(one, name) for one in found]))
        for name in _SAME:
            setattr(reading, name, _agreed([getattr(one, name) for one in found]))
        reading.soc_pct = self._level(now_ms) if fit else found[0].soc_pct
        self.name = getattr(members[0][0], "name", "")
        self.away = not fit and getattr(members[0][0], "away", False)

    def status(self, now_ms):
        """The first word that is not "inverter_ok", of whoever has one."""
        words = [member[0].status(now_ms) for member in self._all()]
        for word in words:
            if word != "inverter_ok":
                return word
        return words[0]

    def _level(self, now_ms):
        """State of charge of all batteries together, percent of their capacity."""
        full_wh = held_wh = 0
        for driver, _, _ in self._members:
            if _fit(driver, now_ms):
                full_wh += _wh(driver)
                held_wh += _wh(driver) * driver.reading.soc_pct
        return held_wh // full_wh

    def _all(self):
        """Members as they are now: a driver that joined gets a gate."""
        known = [member[0] for member in self._members]
        for driver in self._drivers:
            if driver.commands and driver not in known:
                self._members.append([driver, Envelope(), None])
        return self._members

    # What they are to do

    def admit(self, decision, snapshot, min_soc_pct):
        """Decision of the house -> its Command, split and gated; `command` hands the parts out."""
        until_ms = add(snapshot.now_ms, LEASE_MS)
        for member in self._all():
            member[2] = None
        if decision.power_w is None:
            return Command(None, until_ms, decision.why)
        fit = [member for member in self._members if _fit(member[0], snapshot.now_ms)]
        if not fit:
            return Command(None, until_ms, ("why_inverter_never",))
        parts = self._parts(decision.power_w, fit, min_soc_pct)
        total_w, why = 0, decision.why
        for member, part_w in zip(fit, parts):
            member[2] = self._gated(member, part_w, decision, snapshot.now_ms, min_soc_pct)
            total_w += member[2].power_w or 0
            if member[2].why != decision.why:
                why = member[2].why
        return Command(total_w, until_ms, decision.why if total_w == decision.power_w else why)

    def command(self, command, now_ms):
        """Hand out the parts of the last `admit`; who has none rests."""
        for driver, _, part in self._members:
            driver.command(part or Command(None, command.until_ms, command.why), now_ms)

    def neutral(self, now_ms):
        """All to rest."""
        for member in self._all():
            member[0].neutral(now_ms)

    def _gated(self, member, part_w, decision, now_ms, min_soc_pct):
        one, reading = self._one, member[0].reading
        one.now_ms, one.battery_w = now_ms, reading.power_w
        one.meter_age_ms = one.battery_age_ms = 0  # judged before: the meter by the house, this one by _fit
        for name in ("soc_pct", "full", "empty", "charge_max_w", "discharge_max_w"):
            setattr(one, name, getattr(reading, name))
        return member[1].admit(Decision(decision.rule, part_w, decision.why), one, min_soc_pct)

    def _parts(self, power_w, fit, min_soc_pct):
        weights, limits = [], []
        for driver, gate, _ in fit:
            reading = driver.reading
            if power_w < 0:
                room, most_w = 100 - reading.soc_pct, 0 if reading.full else reading.charge_max_w
            else:
                room, most_w = reading.soc_pct - min_soc_pct, 0 if reading.empty else reading.discharge_max_w
                room = 0 if gate.floor_closed else room
            weights.append(max(0, room) * _wh(driver))
            limits.append(most_w or 0)
        parts = split(abs(power_w), weights, limits)
        return [-part for part in parts] if power_w < 0 else parts


def split(power_w, weights, limits):
    """power_w (0 or more) -> parts by `weights`, none above its limit while others have room.

    What nobody has room for goes to the first of most weight: its gate says why it cannot.
    """
    parts = [0] * len(weights)
    able = [i for i in range(len(weights)) if weights[i] and limits[i]]
    able = _enough(power_w, able, weights, limits)
    left_w = power_w
    while left_w and able:
        total = sum([weights[i] for i in able])
        filled = [i for i in able if left_w * weights[i] // total >= limits[i]]
        if not filled:
            for i in able:
                parts[i] = left_w * weights[i] // total
            able = []
        for i in filled:
            parts[i] = limits[i]
            able.remove(i)
        left_w = power_w - sum(parts)
    for i in range(len(parts)):  # a watt or two that rounding left
        room_w = min(left_w, limits[i] - parts[i]) if parts[i] else 0
        parts[i] += room_w
        left_w -= room_w
    parts[weights.index(max(weights))] += left_w
    return parts


def _enough(power_w, able, weights, limits):
    """Those of `able`, less those whose part would be too small to be worth it."""
    able = sorted(able, key=lambda i: weights[i])
    while len(able) > 1:
        total, rest_w = sum([weights[i] for i in able]), sum([limits[i] for i in able[1:]])
        if power_w * weights[able[0]] // total >= _LEAST_W or rest_w < power_w:
            break
        able = able[1:]
    return able


def _fit(driver, now_ms):
    """True for one that may be counted on and commanded now."""
    reading = driver.reading
    known = reading.power_w is not None and reading.soc_pct is not None
    young = _young(reading.at_ms, now_ms) and _young(reading.heard_ms, now_ms)
    return driver.commands and known and young and reading.ready is not False


def _young(at_ms, now_ms):
    old = age(now_ms, at_ms)
    return old is not None and old <= _OLD_MS


def _wh(driver):
    return getattr(driver, "capacity_wh", None) or _WH


def _oldest(instants, now_ms):
    """The one furthest back; None when one is missing."""
    if None in instants:
        return None
    return max(instants, key=lambda at_ms: diff(now_ms, at_ms))


def _sum(numbers):
    known = [one for one in numbers if one is not None]
    return sum(known) if known else None


def _agreed(flags):
    """What all say; one that can still do it makes the team able: True only when all are."""
    if None in flags:
        return None
    return False if False in flags else True
