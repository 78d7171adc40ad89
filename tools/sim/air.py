"""The air between the boards: ESP-NOW frames, carried as badly as a house carries them.

A board's radio (shims/network.py, shims/espnow.py) says by UDP on loopback on what
channel and with which interfaces it listens. A frame takes its airtime, waits for the
channel to be free, and is heard by whoever is in reach, on that channel, with ESP-NOW
on and, where the pair has a key, the same key. An acknowledgement comes from any radio
that is switched on, as on the chip: it proves nothing. All that was sent is kept.
Knows no frame from the inside.
"""

import asyncio
import random

from .reach import chance_lost, rssi_dbm

BROADCAST = b"\xff" * 6
MOST = 250
_STATION, _POINT, _NOW = 1, 2, 4
_HEAD_US = 400   # preamble, header and spacing of a frame at 1 Mbit/s
_KEPT_MOST = 200000
_STRANGER = (2, 2)  # he stands in the house


class Antenna:
    """One board's radio. `place`: (x, y) in metres; `counts`: what became of frames to and from it."""

    def __init__(self, name, mac, place):
        self.name = name
        self.mac = mac
        self.place = place
        self.address = None  # of the VM that speaks for it now
        self.channel = 0
        self.bits = 0
        self.keys = {}       # MAC of a peer -> its key
        self.moved_to = 0    # a fault: another channel than the board believes
        self.counts = dict.fromkeys(
            ("sent", "heard", "lost", "too_far", "other_channel", "not_listening", "other_key"), 0
        )

    @property
    def on_channel(self):
        """The channel that it is really on."""
        return self.moved_to if self.moved_to and self.bits & _POINT else self.channel

    def mac_of(self, point):
        """The access point's MAC is the next after the station's."""
        return self.mac[:5] + bytes([(self.mac[5] + point) & 0xFF])

    def owns(self, mac):
        """Is this the MAC of one of its interfaces that is on?"""
        return any(self.bits & bit and mac == self.mac_of(bit - 1) for bit in (_STATION, _POINT))


class Sent:
    """A frame that was on the air: when, from whom, on which channel, from and to which MAC, locked how."""

    def __init__(self, t_s, sender, channel, source, target, frame, key=None):
        self.t_s, self.sender, self.channel = t_s, sender, channel
        self.source, self.target, self.frame, self.key = source, target, frame, key


class Air(asyncio.DatagramProtocol):
    """`loss` and `repeats` are chances, `delay_s` and `jitter_s` come on top of the airtime.

    `dead`: nothing is heard. `sent`: all Sent so far. `watchers` are called with each Sent.
    """

    def __init__(self, clock, seed=1, loss=0.0, delay_s=0.0, jitter_s=0.0, repeats=0.0):
        self._clock = clock
        self._dice = random.Random(f"{seed}/air")
        self.loss, self.repeats = loss, repeats
        self.delay_s, self.jitter_s = delay_s, jitter_s
        self.dead = False
        self.antennas = {}
        self.sent = []
        self.watchers = []
        self.port = None
        self._socket = None
        self._busy_until = {}

    def add(self, name, mac, place=(0, 0)):
        """A board's antenna, silent until its radio says something. `mac`: 6 bytes."""
        self.antennas[name] = Antenna(name, mac, place)
        return self.antennas[name]

    async def open(self):
        """Listen from now on; `port` is what a board must know."""
        loop = asyncio.get_running_loop()
        self._socket, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        self.port = self._socket.get_extra_info("sockname")[1]

    def close(self):
        """Silence."""
        if self._socket:
            self._socket.close()

    def datagram_received(self, data, address):
        """What a radio says."""
        kind = data[:1]
        if kind == b"T":
            self._tuned(data, address)
        elif kind == b"A":
            antenna = self._of_mac(data[1:7])
            if antenna:
                acked = self._transmit(antenna, data[7:8], data[8:])
                self._later(self.delay_s, self._socket.sendto, bytes([acked]), address)
        else:
            antenna = self._of_address(address)
            if antenna is None:
                return
            if kind in (b"F", b"G"):
                self._transmit(antenna, kind, data[1:])
            elif kind == b"P":
                antenna.keys[data[1:7]] = data[7:]
            elif kind == b"D":
                antenna.keys.pop(data[1:7], None)

    def _tuned(self, data, address):
        antenna = self._of_mac(data[1:7])
        if antenna is None:
            return
        if antenna.address != address:  # a new run of the board
            antenna.keys = {}
        antenna.address, antenna.channel, antenna.bits = address, data[7], data[8]

    def silence(self, name):
        """That board's power is gone."""
        self.antennas[name].address, self.antennas[name].bits = None, 0

    def _of_mac(self, mac):
        return next((one for one in self.antennas.values() if one.mac == mac), None)

    def _of_address(self, address):
        return next((one for one in self.antennas.values() if one.address == address), None)

    def _transmit(self, antenna, interface, data):
        """True when a radio acknowledges."""
        target, frame = data[:6], data[6:]
        if not 0 < len(frame) <= MOST or not antenna.bits & _NOW:
            return False
        antenna.counts["sent"] += 1
        source = antenna.mac_of(interface == b"G")
        key = antenna.keys.get(target)
        sent = Sent(self._clock.now(), antenna.name, antenna.on_channel, source, target, frame, key)
        self._keep(sent)
        self._carry(sent, antenna.place, antenna)
        return target == BROADCAST or any(
            one.owns(target) and one.on_channel == sent.channel for one in self.antennas.values()
        )

    def _keep(self, sent):
        if len(self.sent) < _KEPT_MOST:
            self.sent.append(sent)
        for watcher in self.watchers:
            watcher(sent)

    def forge(self, sent, frame):
        """A stranger between the boards says `frame`, as if it were that one, to whoever is on any channel.

        He cannot open what the radios have locked, but what he recorded may still fit: this air knows no
        replay counter, because none is promised for the chip across its restarts.
        """
        for channel in {one.on_channel for one in self.antennas.values() if one.bits}:
            false = Sent(self._clock.now(), "stranger", channel, sent.source, sent.target, frame, sent.key)
            self._carry(false, _STRANGER)

    def _carry(self, sent, place, antenna=None):
        """Put a frame on the air from `place`: its airtime, then each other antenna's own luck."""
        now = self._clock.now()
        starts = max(now, self._busy_until.get(sent.channel, 0.0))
        ends = starts + (_HEAD_US + 8 * (43 + len(sent.frame))) / 1e6
        self._busy_until[sent.channel] = ends
        for one in self.antennas.values():
            if one is not antenna:
                for _ in range(1 + (self._dice.random() < self.repeats)):
                    delay = ends - now + self.delay_s + self._dice.uniform(0, self.jitter_s)
                    self._later(delay, self._arrive, one, sent, place)

    def _arrive(self, one, sent, place):
        if sent.target != BROADCAST and not one.owns(sent.target):
            return
        word, rssi = self._fate(one, sent, place)
        one.counts[word] += 1
        if word == "heard":
            head = sent.source + bytes([rssi & 0xFF, len(sent.frame), one.channel])
            self._socket.sendto(head + sent.frame.ljust(MOST, b"\0"), one.address)

    def _fate(self, one, sent, place):
        """(what becomes of it, dBm)."""
        rssi = rssi_dbm(place, one.place, self._dice)
        if one.address is None or not one.bits & _NOW:
            return "not_listening", rssi
        if one.on_channel != sent.channel:
            return "other_channel", rssi
        if self._dice.random() < chance_lost(rssi):
            return "too_far", rssi
        if self.dead or self._dice.random() < self.loss:
            return "lost", rssi
        if sent.key and one.keys.get(sent.source) != sent.key:
            return "other_key", rssi
        return "heard", rssi

    def _later(self, seconds, call, *parts):
        asyncio.get_running_loop().call_later(max(0.0, seconds) / self._clock.speed, call, *parts)

    def report(self):
        """What became of the frames, by board; for the summary."""
        return {name: dict(one.counts, channel=one.on_channel) for name, one in self.antennas.items()}
