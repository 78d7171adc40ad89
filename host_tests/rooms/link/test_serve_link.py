"""The doorkeeper's one look: what comes in is heard, what is due goes out by the way it came."""

from firmware.link.hunt import Hunt
from firmware.link.packet import BROADCAST, METER
from firmware.tasks.serve_link import turn
from host_tests.rooms.link.air import GATEWAY, KEY, MEMBER, POP, Air


class Carrier:
    """A transport of lists. `everywhere`: its route for a box not heard yet."""

    def __init__(self, everywhere):
        self.everywhere = everywhere
        self.came, self.sent, self.tuned = [], [], []

    def take(self):
        return self.came.pop(0) if self.came else None

    def send(self, route, frame):
        self.sent.append((route, bytes(frame)))
        return True

    def route_of(self, mac):
        return self.everywhere

    def tune(self, channel):
        self.tuned.append(channel)


class Role:
    """Remembers what it heard."""

    def __init__(self):
        self.words = []

    def heard(self, peer, word, body, stamp_ms, index):
        self.words.append(word)


class Box:
    """A hub, its two carriers, its role."""

    def __init__(self, mac, **more):
        self.hub = Air().hub(mac, **more)
        self.radio, self.lan, self.role = Carrier(BROADCAST), Carrier("lan"), Role()

    def look(self, now_ms):
        turn(self.hub, (self.radio, self.lan), self.role, lambda: now_ms)


def test_two_boxes_find_each_other_on_both_ways_and_stay_on_the_first():
    here, there = Box(GATEWAY, gateway=True, key=KEY), Box(MEMBER, key=KEY)
    here.look(0)
    assert here.radio.sent[0][0] == BROADCAST and here.lan.sent[0][0] == "lan"
    there.lan.came = [("address of the gateway", frame, None) for _, frame in here.lan.sent]
    there.radio.came = []
    there.look(10)
    assert there.lan.sent[-1][0] == "address of the gateway"
    here.radio.sent, here.lan.sent = [], []
    here.lan.came = [("address of the member", frame, None) for _, frame in there.lan.sent]
    here.look(20)
    there.lan.came = [("address of the gateway", frame, None) for _, frame in here.lan.sent]
    there.look(30)
    assert there.role.words == ["online"]
    there.lan.sent, there.radio.sent = [], []
    there.hub.peers[0].send(METER, b"x", 30, 30)
    there.look(40)
    assert there.radio.sent == [] and {route for route, _ in there.lan.sent} == {"address of the gateway"}
    here.lan.came = [("address of the member", frame, None) for _, frame in there.lan.sent]
    here.look(50)
    assert here.role.words == ["online", "meter"] and here.radio.sent == []


def test_a_frame_that_is_not_believed_changes_no_way():
    here = Box(GATEWAY, gateway=True, key=KEY)
    here.radio.came = [("stranger", b"\xe1\x01\x00\x00\x00" + MEMBER + bytes(40), -40)]
    here.look(0)
    assert here.hub.peers[0].route is None and here.hub.counters["forged"] == 1


def test_a_flood_leaves_room_for_others():
    here = Box(GATEWAY, gateway=True, key=KEY)
    here.radio.came = [("stranger", b"noise", -40)] * 100
    here.look(0)
    assert len(here.radio.came) == 84 and here.hub.counters["short"] == 16


def test_a_hunter_tunes_before_it_calls():
    there = Box(MEMBER, pop=POP, hunt=Hunt(0, 0))
    there.look(0)
    assert there.radio.tuned == [there.hub.hunt.channel] and there.radio.sent[0][0] == BROADCAST
    there.look(10)
    assert len(there.radio.tuned) == 1
    there.look(60)
    assert len(there.radio.tuned) == 2 and len(there.radio.sent) == 2
