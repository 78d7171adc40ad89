"""The gateway's view of what hangs on other boxes: their meter, their inverters, their journals.

Knows which of them the owner wants to take part, and makes of what they say the same
things our own ports make: a Meter and drivers in Latest. Refuses to decide anything.
"""

from ..core.readings import Meter
from ..core.ticks import add, age
from ..link.lines import take_line
from ..link.listen import put_command, take_health, take_history, take_inverter, take_meter
from ..link.packet import COMMAND, SYNC
from ..link.remote import RemoteDriver
from ..settings.peers import mac_text

_START_MS = 3000   # a "telegram begins" older than this is of another telegram
_WIRE_MS = 100     # a telegram's length where its beginning was not told: 1 kB at 115200 baud


class Far:
    """`told`: for corridor.py. box: the gateway; its `latest` and `drivers` get what is far."""

    def __init__(self, box):
        self._box = box
        self._spare = Meter()
        self._history = None
        self._start_ms = None
        self._meter = None      # MAC of the box whose meter is in use
        self.health = {}        # MAC -> what it said of itself last
        self.pending = {}       # (MAC, transfer) -> changes of settings that are on their way
        self.transfer = 0
        self.result = None      # of the last change of a far box's settings: (MAC, taken, code, args)

    def told(self, peer, word, body, stamp_ms, index):
        """One event of a paired box."""
        now_ms = self._box.clock()
        if word == "meter":
            self._hear_meter(peer, body, stamp_ms, now_ms)
        elif word == "sync":
            self._hear_sync(peer, stamp_ms)
        elif word == "inverter":
            self._hear_inverter(peer, body, stamp_ms, index, now_ms)
        elif word == "history":
            self._history = take_history(body)
        elif word == "health":
            self.health[peer.mac] = take_health(body)
        elif word == "journal":
            self._hear_line(peer, body, now_ms)
        elif word == "result":
            self._hear_result(peer, body, now_ms)
        else:
            self._comes_or_goes(peer, word)

    # The meter

    def _hear_sync(self, peer, stamp_ms):
        """A telegram begins over there: what hangs elsewhere is to be measured now."""
        if self._is_meter(peer):
            self._start_ms = stamp_ms
            self._box.latest.began(self._box.clock(), peer.mac)

    def _hear_meter(self, peer, body, stamp_ms, now_ms):
        self._carries(peer, "meter")
        if not self._is_meter(peer) or stamp_ms is None:
            return
        meter, latest = self._spare, self._box.latest
        take_meter(body, meter, stamp_ms)
        meter.history = self._history
        start_ms = self._start_ms
        if start_ms is None or not 0 <= age(stamp_ms, start_ms) < _START_MS:
            start_ms = add(stamp_ms, -_WIRE_MS)
        self._start_ms = None
        self._spare = latest.meter or Meter()
        latest.meter_box, latest.meter_away = self._name(peer), False
        self._meter = peer.mac
        latest.heard(meter, start_ms)

    def _is_meter(self, peer):
        """Is it this box's meter that counts? See the setting link.meter."""
        wanted = self._box.settings.get("link.meter")
        if wanted:
            return self._called(peer, wanted)
        if self._box.door:
            return False
        for entry in self._box.corridor.peers.entries:
            if "meter" in entry.carries:
                return entry.mac == peer.mac
        return True

    # Inverters

    def _hear_inverter(self, peer, body, stamp_ms, index, now_ms):
        self._carries(peer, "inverter")
        driver = found = self._driver(peer, index)
        if found is None:
            if not self._takes_part(peer):
                return
            driver = RemoteDriver(peer.mac, index, self._name(peer), Line(self._box, peer.mac, index))
        word, set_w, heard_age_ms = take_inverter(body, driver.reading, stamp_ms)
        driver.heard(word, set_w, heard_age_ms, now_ms)
        driver.name = self._name(peer)
        entry = self._box.corridor.peers.find(peer.mac)
        driver.capacity_wh = entry and entry.settings.get("inverter.capacity_wh")
        if found is None:
            self._join(driver)
        self._box.latest.bell.set()  # the battery that a decision waits for may be this one

    def _join(self, driver):
        """An inverter of another box takes part. Two or more are one team."""
        latest = self._box.latest
        latest.drivers.append(driver)
        self._box.journal.add(self._box.clock(), "inverter_joined", driver.name)
        if latest.team is None and len(latest.drivers) > 1:
            from ..control.team import Team
            latest.team = Team(latest.drivers)

    def _driver(self, peer, index):
        for driver in self._box.latest.drivers:
            if getattr(driver, "box", None) == peer.mac and driver.index == index:
                return driver
        return None

    def _takes_part(self, peer):
        wanted = self._box.settings.get("link.inverters")
        return not wanted or any(self._called(peer, one) for one in wanted.split(","))

    # Boxes

    def set(self, peer, changes):
        """Have a box take settings (name -> value); `result` tells. ValueError: it cannot be sent now."""
        from .far_settings import send
        send(self, peer, changes, self._box.clock())

    def _comes_or_goes(self, peer, word):
        latest = self._box.latest
        if word == "paired":
            entry = self._box.corridor.peers.find(peer.mac)
            if entry.settings:  # it takes another's place
                self.set(peer, entry.settings)
        if word in ("offline", "unpaired"):
            if peer.mac == self._meter:
                latest.meter_away = True
            for driver in latest.drivers:
                if getattr(driver, "box", None) == peer.mac:
                    driver.lost()
            latest.bell.set()
        if word == "unpaired":
            latest.drivers[:] = [one for one in latest.drivers if getattr(one, "box", None) != peer.mac]
            if peer.mac == self._meter:
                self._meter = latest.meter_box = None
                latest.meter_away = False  # from here on it is a meter that is silent

    def _hear_line(self, peer, body, now_ms):
        line = take_line(body)
        if line:
            self._box.journal.add(now_ms, "box_says", self._name(peer), line[0], *line[1])

    def _hear_result(self, peer, body, now_ms):
        from .far_settings import answered
        corridor = self._box.corridor
        found = answered(self, peer, body, corridor.peers.find(peer.mac))
        if found:
            corridor.keep()
            self.result = (peer.mac,) + found[:3]
            self._box.journal.add(now_ms, "box_set" if found[0] else "box_refused", self._name(peer),
                                  found[1], *found[2])

    def _carries(self, peer, what):
        """Note on flash, once, what hangs on a box: a restart must not change which meter is chosen."""
        entry = self._box.corridor.peers.find(peer.mac)
        if entry and what not in entry.carries:
            entry.carries = entry.carries + (what,)
            self._box.corridor.keep()

    def _name(self, peer):
        return self._box.corridor.name(peer)

    def _called(self, peer, text):
        """Is this box what the owner calls `text`: its name, or its MAC-ID in any spelling?"""
        text = text.strip().lower()
        mac = mac_text(peer.mac).lower()
        return bool(text) and text in (self._name(peer).lower(), mac, mac.replace(":", ""))


class Line:
    """The way to one inverter of one box, for link/remote.py."""

    def __init__(self, box, mac, index):
        self._box = box
        self._mac = mac
        self._index = index

    def order(self, power_w, until_ms):
        """A leased set-point; None: rest."""
        self._send(COMMAND, put_command(power_w), until_ms)

    def sync(self, now_ms):
        """A telegram begins."""
        self._send(SYNC, b"", now_ms)

    def _send(self, kind, body, stamp_ms):
        peer = self._box.corridor.hub.peer(self._mac)
        if peer:
            peer.send(kind, body, stamp_ms, self._box.clock(), self._index if kind == COMMAND else 0)
