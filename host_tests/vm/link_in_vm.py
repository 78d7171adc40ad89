"""Runs in MicroPython and in CPython alike: a life of two boxes, and everything odd that may come in.

Prints one JSON object: a digest of every frame both sent, what they heard, what was counted. The same
in every interpreter, or something in the room depends on the interpreter.
"""

import hashlib
import json
import sys

from firmware.core.readings import Inverter, Meter
from firmware.link import lines, listen, packet, pieces, tell
from firmware.link.hub import Hub
from firmware.link.hunt import Hunt
from firmware.link.seal import hmac, pads_of

GATEWAY, MEMBER, POP = b"gatewy", b"member", "K7QWM3HTRXB4ZPDYN9"


class Luck:
    """The same numbers in every interpreter."""

    def __init__(self, seed):
        self._seed = seed

    def below(self, most):
        """0 to most - 1."""
        self._seed = (self._seed * 75 + 74) % 65537
        return (self._seed ^ self._seed >> 7) % most

    def bytes(self, count):
        """For nonces."""
        return bytes(self.below(256) for _ in range(count))


class House:
    """A gateway and a member, an air that loses one frame in ten."""

    def __init__(self):
        self.luck = Luck(5)
        self.now_ms = (1 << 30) - 20000  # the ticks wrap on the way
        self.digest = hashlib.sha256()
        self.heard = []
        self.frames = 0
        self.start(GATEWAY, 1)
        self.start(MEMBER, 1)

    def start(self, mac, boot, keys=()):
        """A box starts."""
        hub = Hub(mac, boot, mac == GATEWAY, self.luck.bytes, self.ticks(), 6 if mac == GATEWAY else 0,
                  None if mac == GATEWAY else POP, 0, None if mac == GATEWAY else Hunt(0, self.ticks()))
        for other, key in keys:
            hub.add(other, key, self.ticks())
        setattr(self, "gateway" if mac == GATEWAY else "member", hub)

    def ticks(self):
        """Now, as a board counts."""
        return self.now_ms & 0x3FFFFFFF

    def run(self, ms):
        """Look every ten milliseconds."""
        for _ in range(ms // 10):
            for hub, other in ((self.gateway, self.member), (self.member, self.gateway)):
                self.look(hub, other)
            self.now_ms += 10

    def look(self, hub, other):
        """One box's turn: time, what it has to say, what it sends."""
        hub.turn(self.ticks())
        event = hub.event()
        while event:
            body = event[2] if isinstance(event[2], str) or event[2] is None else len(event[2])
            self.heard.append([hub.mac.decode(), event[1], body, event[3], event[4]])
            event = hub.event()
        hub.tune()
        out = hub.due(self.ticks())
        while out:
            self.frames += 1
            self.digest.update(out[2])
            if self.luck.below(10):
                # As the radio hands it over: a window on a buffer that is used again.
                buffer = bytearray(out[2]) + bytearray(20)
                other.feed(memoryview(buffer)[: len(out[2])], -55, self.ticks(), "way")
                for i in range(len(buffer)):
                    buffer[i] = 0
            out = hub.due(self.ticks())


def life():
    """Pairing with a wrong and a right code, readings, commands, settings, restarts of both, un-pairing."""
    house = House()
    house.run(200)
    house.gateway.joining(house.ticks()).start(MEMBER, "WRONG", "x", house.ticks())
    house.run(3000)
    house.gateway.joining(house.ticks()).start(MEMBER, POP, "cellar", house.ticks())
    house.run(3000)
    key = house.gateway.peer(MEMBER).session.key
    for second in range(30):
        talk(house, second)
        if second == 10:
            house.start(GATEWAY, 2, ((MEMBER, key),))
        if second == 20:
            house.start(MEMBER, 2, ((GATEWAY, key),))
        house.run(1000)
    house.gateway.unpair(MEMBER, house.ticks())
    house.run(2000)
    counted = [sorted(hub.counters.items()) for hub in (house.gateway, house.member)]
    return {"frames": house.frames, "digest": house.digest.digest().hex(), "heard": house.heard,
            "counted": counted}


def talk(house, second):
    """What one second brings."""
    now = house.ticks()
    for peer in house.member.peers:
        meter = Meter()
        meter.import_w, meter.export_t1_wh, meter.voltage_mv = second, 1 << 31, [230000, None, 231000]
        peer.send(packet.METER, tell.put_meter(meter), now, now)
        peer.send(packet.INVERTER, tell.put_inverter(Inverter(), "inverter_ok", -5, None), None, now, index=1)
        peer.send(packet.JOURNAL, lines.put_line("p1_silent", (second,)), now, now)
    for peer in house.gateway.peers:
        peer.send(packet.COMMAND, listen.put_command(-second), (now + 5000) & 0x3FFFFFFF, now)
        for body in pieces.cut(second, {"modbus.station": second}):
            peer.send(packet.SETTING, body, None, now)


def odd():
    """Nothing of this may raise; returns what was counted, and how often a body was believed to be whole."""
    luck = Luck(9)
    hub = Hub(MEMBER, 3, False, luck.bytes, 0, 0, POP)
    hub.add(GATEWAY, bytes(range(32)), 0)
    whole = 0
    for i in range(3000):
        frame = luck.bytes(luck.below(270))
        if i % 3:
            frame = b"\xe1" + bytes((luck.below(24), 0, 0, 0)) + GATEWAY + frame
        hub.feed(frame, -50, i * 10, "way")
        hub.turn(i * 10)
        while hub.due(i * 10):
            pass
        listen.take_meter(frame, Meter(), 0)
        listen.take_inverter(frame, Inverter(), 0)
        listen.take_history(frame)
        listen.take_health(frame)
        tell.take_command(frame)
        pieces.Pieces().feed(frame)
        whole += lines.take_line(frame) is not None
    return [sorted(hub.counters.items()), whole, hub.peers[0].online]


def main():
    """Everything, as one JSON object."""
    found = life()
    found["odd"] = odd()
    found["hmac"] = hmac(pads_of(b"Jefe"), b"what do ya want for nothing?").hex()
    found["fields"] = list(fields())
    print(json.dumps(found))
    sys.exit(0)


def fields():
    """Numbers at their edges, there and back."""
    meter = Meter()
    listen.take_meter(tell.put_meter(meter), meter, 5)
    yield meter.import_w
    for value in (0, -1, 2147483647, -2147483647, -2147483648, 2147483648, 1 << 40, -(1 << 40), None):
        meter.import_w = value
        meter.time = value
        listen.take_meter(tell.put_meter(meter), meter, 5)
        yield [meter.import_w, meter.time]


main()
