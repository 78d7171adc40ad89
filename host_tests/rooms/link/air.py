"""Two or more hubs in invented time, with an air between them that loses, repeats, delays and overtakes.

Knows nothing of frames: bytes go in and come out. Everything that was on the air is kept.
"""

import random

from firmware.link.hub import Hub

GATEWAY = b"\xf4\x12\xfa\x40\x06\xe4"
MEMBER = b"\x3c\xe9\x0e\x77\x60\xf8"
KEY = bytes(range(100, 132))
POP = "K7QWM3HTRXB4ZPDYN9"
WRONG = "K7QWM3HTRXB4ZPDYN8"


class Air:
    """`log`: (ms, sender, frame) of all ever sent; `events`: MAC -> [(ms, word, body, stamp, index)…]."""

    def __init__(self, seed=1, loss=0.0, twice=0.0, delay_ms=0, jitter_ms=0):
        self.random = random.Random(seed)
        self.loss, self.twice, self.delay_ms, self.jitter_ms = loss, twice, delay_ms, jitter_ms
        self.now_ms = 0
        self.hubs = {}
        self.cut = set()      # MACs that are out of reach
        self.channels = False  # True: only who is on the sender's channel hears it
        self.flying = []      # (ms, n, receiver, sender, frame, channel)
        self.log = []
        self.events = {}
        self.raw = []         # (ms, peer's MAC, word)

    def bytes(self, count):
        """Random bytes that are the same in every run."""
        return self.random.randbytes(count)

    def hub(self, mac, boot=1, gateway=False, key=None, **more):
        """A box starts (again): a Hub with its MAC, paired with the other side when `key` is given."""
        hub = Hub(mac, boot, gateway, self.bytes, self.now_ms, **more)
        self.hubs[mac] = hub
        self.events.setdefault(mac, [])
        if key:
            hub.add(MEMBER if gateway else GATEWAY, key, self.now_ms)
        return hub

    def run(self, ms, step=10):
        """Let `ms` pass, as serve_link does it: every ten milliseconds a look at everything."""
        end = self.now_ms + ms
        while self.now_ms < end:
            self.arrive()
            for mac, hub in list(self.hubs.items()):
                hub.turn(self.now_ms)
                self.collect(mac, hub)
                hub.tune()
                out = hub.due(self.now_ms)
                while out:
                    self.send(mac, bytes(out[2]))
                    out = hub.due(self.now_ms)
            self.now_ms += step

    def collect(self, mac, hub):
        """Keep what a hub has to say."""
        event = hub.event()
        while event:
            self.events[mac].append((self.now_ms,) + event[1:])
            event = hub.event()

    def send(self, sender, frame):
        """On the air: to all others, each its own luck."""
        self.log.append((self.now_ms, sender, frame))
        assert len(frame) <= 250
        for receiver in self.hubs:
            copies = 1 + (self.random.random() < self.twice)
            for _ in range(copies):
                lost = self.random.random() < self.loss or {sender, receiver} & self.cut
                if receiver != sender and not lost:
                    due = self.now_ms + self.delay_ms + self.random.randint(0, self.jitter_ms)
                    channel = self.hubs[sender].channel
                    self.flying.append((due, len(self.log), receiver, sender, frame, channel))

    def arrive(self):
        """Deliver what is due."""
        due = sorted(one for one in self.flying if one[0] <= self.now_ms)
        self.flying = [one for one in self.flying if one[0] > self.now_ms]
        for _, _, receiver, sender, frame, channel in due:
            if receiver in self.hubs and (not self.channels or self.hubs[receiver].channel == channel):
                self.hubs[receiver].feed(frame, -60, self.now_ms, sender)

    def replay(self, frames, receiver):
        """A stranger plays `frames` to a box, at once. The events that follow from them alone."""
        hub = self.hubs[receiver]
        before = len(self.events[receiver])
        for frame in frames:
            hub.feed(frame, -40, self.now_ms, "stranger")
            self.collect(receiver, hub)
        return self.events[receiver][before:]

    def words(self, mac):
        """Only the words of a box's events, in order."""
        return [event[1] for event in self.events[mac]]

    def bodies(self, mac, word):
        """(ms, body, stamp, index) of one word's events."""
        return [(event[0],) + event[2:] for event in self.events[mac] if event[1] == word]


def paired(**how):
    """(air, gateway, member): paired, online, nothing waiting."""
    air = Air(**how)
    gateway = air.hub(GATEWAY, gateway=True, key=KEY, channel=6)
    member = air.hub(MEMBER, key=KEY)
    while not (gateway.peers[0].online and member.peers[0].online):
        air.run(200)
        assert air.now_ms < 10000
    air.run(200)
    return air, gateway, member
