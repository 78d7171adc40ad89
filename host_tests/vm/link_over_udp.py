"""Runs in MicroPython: two boxes, each with its socket on this machine, pair and speak."""

import os
import time

from firmware.link.hub import Hub
from firmware.link.packet import METER
from firmware.tasks.link_lan import PORT, Lan, address_of
from firmware.tasks.serve_link import turn


class Box:
    """A hub and its carrier; a role that remembers."""

    def __init__(self, hub, carrier):
        self.hub, self.carrier, self.words = hub, carrier, []

    def heard(self, peer, word, body, stamp_ms, index):
        self.words.append(word)

    def look(self):
        turn(self.hub, (self.carrier,), self, now)


def now():
    return time.ticks_ms() & 0x3FFFFFFF


def until(boxes, done):
    """Let both look until `done()`; two seconds are long enough on one machine."""
    for _ in range(200):
        for box in boxes:
            box.look()
        if done():
            return
        time.sleep_ms(10)
    print("not within two seconds:", [box.words for box in boxes])


def main():
    here, there, pop = ("127.0.0.2", PORT), ("127.0.0.3", PORT), "K7QWM3HTRXB4ZPDYN9"
    gateway = Box(Hub(b"gatewy", 1, True, os.urandom, now()), Lan(here, there))
    member = Box(Hub(b"member", 1, False, os.urandom, now(), 0, pop), Lan(there, address_of(here[0])))
    both = (gateway, member)
    gateway.hub.joining(now()).start(b"member", pop, "attic", now())
    until(both, lambda: "online" in gateway.words and "online" in member.words)
    member.hub.peers[0].send(METER, b"reading", now(), now())
    until(both, lambda: "meter" in gateway.words)
    member.carrier.send(member.carrier.route_of(b"gatewy"), b"x" * 400)
    until(both, lambda: gateway.hub.counters["short"] > 0)
    print(gateway.words, member.words, gateway.hub.counters["short"])
    for box in both:
        box.carrier.close()


main()
