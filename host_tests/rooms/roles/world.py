"""A house with several boxes in invented time: real roles, real drivers, an air that loses; no radio.

`World.run` steps ten milliseconds: telegrams begin and end, batteries follow their
set-points, each box has its turn. What a role opens is played here; what it decides is its own.
"""

import random
import types

from firmware.control.envelope import Envelope
from firmware.core.readings import Meter
from firmware.core.ticks import add
from firmware.roles import extender, gateway
from firmware.roles.starting import open_link
from firmware.settings.identity import Identity
from firmware.settings.peers import Peers, mac_bytes
from firmware.settings.store import Store, defaults
from firmware.settings.values import Settings
from firmware.tasks.run_control import _turn as decide
from host_tests.rooms.devices.desk import Desk, set_point

from .played import Board

ME3000SP = {"modbus.type": "Retro", "modbus.group": "Sofar", "modbus.model": "Sofar ME3000SP"}
GATEWAY = "F4:12:FA:40:06:E4"
ONE = (("shed", "3C:E9:0E:77:60:F8", ["sofar_me3000sp"]),)
_TELEGRAM_MS = 100
_KEY = bytes(range(32))


class World:
    """`boxes`: name -> role. `meter_at`: name of the box with the meter. load_w: what the house draws."""

    def __init__(self, tmp_path, loss=0.0, seed=1):
        self.ms = 0
        self.now_ms = 0x3FFFFFFF - 4000  # ticks wrap early in each story
        self.dice = random.Random(seed)
        self.folder = tmp_path
        self.loss = loss
        self.cut = set()
        self.boxes = {}
        self.roles = {}
        self.radios = {}
        self.desks = {}
        self.macs = {}
        self.meter_at = "gateway"
        self.load_w = 1200
        self.history = None
        self.decided = []  # (ms, age of the meter's reading, set-point)
        self._last_ms = None
        self._envelope = Envelope()

    def add(self, name, mac, role, inverters=(), **given):
        """A box, paired with the gateway. `inverters`: what hangs on it; given: its settings, "_" for "."."""
        folder = self.folder / name
        folder.mkdir()
        values = {key.replace("__", "."): value for key, value in given.items()}
        settings = Settings(defaults())
        settings.change(dict(values, **({"p1.enabled": False})))
        Store(str(folder)).save(settings)
        self.macs[name] = mac_bytes(mac)
        self.pair(name)
        return self.start(name, role, [Desk(one, beat_ms=None) for one in inverters])

    def pair(self, name):
        """The pairing record of a box and the gateway, on both flashes."""
        if name == "gateway":
            return
        for here, there, kind in (("gateway", name, "extender"), (name, "gateway", "gateway")):
            peers = Peers(str(self.folder / here)).load()
            peers.put(self.macs[there], _KEY[1:] + self.macs[name][-1:], there, kind)
            peers.save()

    def start(self, name, role=None, desks=None):
        """Power on: the first time, or again after a restart."""
        desks = self.desks[name] if desks is None else desks
        role = role or self.roles[name]
        self.roles[name] = role
        self.desks[name] = desks
        folder = str(self.folder / name)
        mac = ":".join("%02X" % byte for byte in self.macs[name])
        identity = Identity(mac, password="x" * 12, pop="K7QWM3HTRXB4ZPDYN9")
        box = role(Board(self, name), Store(folder).load(), identity, [], folder)
        box.drivers[:] = [desk.driver for desk in desks]
        for desk in desks:
            desk.now_ms = self.now_ms
        box.bus = types.SimpleNamespace(wake=lambda: None, counters={}) if desks else None
        self.boxes[name] = box
        watch = types.SimpleNamespace(start=lambda name, make, **more: close(make), beat_of=lambda name: None)
        if name == "gateway":
            box.latest.drivers[:] = box.drivers
            open_link(box, watch)
            self._last_ms = None
        else:
            box.outward._told = [None] * len(desks)
            open_member(box, watch)
        return box

    def stop(self, name):
        """Power off; `start(name)` switches it on again."""
        del self.boxes[name]

    # What is played

    def carry(self, sender, route, frame):
        """A frame on the air."""
        key = self.radios[sender].keys.get(route)
        for name, box in self.boxes.items():
            if name == sender or route not in ("*", name) or {name, sender} & self.cut:
                continue
            radio = self.radios[name]
            deaf = key and radio.keys.get(sender) != key
            if self.dice.random() >= self.loss and box.corridor and not deaf:
                radio.came.append((self.ms + self.dice.randint(2, 10), sender, frame))

    def run(self, ms):
        """Let `ms` pass."""
        for _ in range(ms // 10):
            self._meter()
            for name, box in self.boxes.items():
                self._inverters(name, box)
                if box.corridor:
                    box.corridor.turn()
                if name != "gateway":
                    box.outward.tell(self.now_ms)
            self._gateway()
            self.ms += 10
            self.now_ms = add(self.now_ms, 10)

    def battery_w(self):
        """What all batteries give together."""
        return sum(getattr(desk, "power_now", 0) for desks in self.desks.values() for desk in desks)

    def grid_w(self):
        """What the meter sees."""
        return self.load_w - self.battery_w()

    def codes(self, name):
        """Codes of a box's journal."""
        return [record[3] for record in self.boxes[name].journal.after(0)]

    def _meter(self):
        box = self.boxes.get(self.meter_at)
        if box is None or not box.corridor:
            return
        hears = box.latest if self.meter_at == "gateway" else box.outward
        if self.ms % 1000 == 0:
            self._began_ms, self._seen_w = self.now_ms, self.grid_w()
            hears.began(self.now_ms)
        elif self.ms % 1000 == _TELEGRAM_MS:
            meter = Meter()
            meter.crc, meter.at_ms, meter.history = "ok", self.now_ms, self.history
            meter.import_w, meter.export_w = max(0, self._seen_w), max(0, -self._seen_w)
            hears.heard(meter, self._began_ms)

    def _inverters(self, name, box):
        for desk in self.desks[name]:
            said = desk.said(0x42)
            desk.power_now = (set_point(said[-1][1]) or 0) if said else 0
            desk.paper.put(3, 0x020D, -desk.power_now // 10 & 0xFFFF)
            desk.run(10)
            while desk.events:
                code, args = desk.events.pop(0)
                box.journal.add(self.now_ms, code, *args)

    def _gateway(self):
        box = self.boxes.get("gateway")
        if box and box.corridor and box.latest.due(self.now_ms, self._last_ms):
            self._last_ms = self.now_ms
            decide(box.latest, box.control, self._envelope, None, box.journal, self.now_ms)
            self.decided.append((self.ms, box.latest.decided_age_ms, box.latest.command.power_w))


def close(make):
    """A task that is not run."""
    if hasattr(make, "close"):
        make.close()


def open_member(box, watch):
    """As Role.run of a member does it."""
    from firmware.roles.corridor import Corridor
    box.corridor = Corridor(box, False, box.told)
    box.corridor.start(watch)


def house(tmp_path, meter_at="gateway", loss=0.0, extenders=ONE,
          own=(), **given):
    """A world of a gateway and extenders, all paired and running for some seconds."""
    world = World(tmp_path, loss)
    (tmp_path / "gateway").mkdir()
    settings = Settings(defaults())
    settings.change(dict({"p1.enabled": False, "link.enabled": True}, **given))
    Store(str(tmp_path / "gateway")).save(settings)
    world.macs["gateway"] = mac_bytes(GATEWAY)
    for name, mac, inverters in extenders:
        world.add(name, mac, extender.Role, inverters)
    world.meter_at = meter_at
    world.start("gateway", gateway.Role, [Desk(one, beat_ms=None) for one in own])
    world.run(12000)
    return world
