"""The link for hours, in invented time: 200 cuts, a recorded hour played again, ten boxes.

Real roles and drivers in one process; test_link.py tells some of it in the real MicroPython.
"""

import gc
import random

import pytest

from host_tests.rooms.devices.desk import set_point
from host_tests.rooms.roles.world import house

LEASE_MS = 10000
STEP_MS = 50
SHED, ATTIC = "3C:E9:0E:77:60:F8", "3C:E9:0E:77:60:F9"
INVERTER = ["sofar_me3000sp"]
PLACES = {
    "B": dict(meter_at="gateway", extenders=(("shed", SHED, INVERTER),)),
    "D": dict(meter_at="shed", extenders=(("shed", SHED, INVERTER),)),
    "E": dict(meter_at="attic", extenders=(("attic", ATTIC, []), ("shed", SHED, INVERTER))),
}


@pytest.fixture(autouse=True)
def heap_figures(monkeypatch):
    """What a board has and CPython has not."""
    monkeypatch.setattr(gc, "mem_alloc", lambda: 40000, raising=False)
    monkeypatch.setattr(gc, "mem_free", lambda: 20000, raising=False)


def orders(world):
    """Set-points the inverter was told so far; None: rest."""
    return [set_point(pdu) for _, pdu in world.desks["shed"][0].said(0x42)]


def until(world, met, most_ms):
    """Run until `met()`; the time that took, `most_ms` at most."""
    began = world.ms
    while not met():
        assert world.ms - began < most_ms, "not within %d ms" % most_ms
        world.run(STEP_MS)
    return world.ms - began


# 200 cuts: (place, loss, what is out of reach, how many)
CUTS = (
    ("B", 0.0, "shed", 40),
    ("D", 0.0, "shed", 40),
    ("E", 0.0, "shed", 40),
    ("E", 0.0, "attic", 40),
    ("B", 0.1, "shed", 40),
)


@pytest.mark.parametrize("place, loss, out, count", CUTS)
def test_every_cut_ends_at_rest_in_time_and_every_return_in_control(tmp_path, place, loss, out, count):
    world = house(tmp_path, loss=loss, **PLACES[place])
    dice = random.Random(place + out)
    desk = world.desks["shed"][0]
    for number in range(count):
        del desk.log[:-20]  # what was said is looked through in each step
        desk.paper.put(3, 0x0210, 65 - number // 2)  # a charge that never moved would be distrusted
        assert orders(world)[-1] > 500, (number, world.boxes["gateway"].latest.command.why)
        world.run(dice.randrange(10, 3000, 10))
        world.cut.add(out)
        until(world, lambda: orders(world)[-1] is None, LEASE_MS + 2000)
        world.run(dice.randrange(200, 20000, 10))
        assert orders(world)[-1] is None
        world.cut.clear()
        until(world, lambda: orders(world)[-1] is not None, 5000)
        world.load_w = dice.randrange(900, 2500)
        world.run(dice.randrange(3000, 12000, 10))
    world.run(10000)
    assert abs(world.grid_w()) <= 50


def recorded(world):
    """Keep all that is on the air from now on: (sender, route, frame)."""
    kept, carry = [], world.carry

    def listen(sender, route, frame):
        kept.append((sender, route, frame))
        carry(sender, route, frame)

    world.carry = listen
    return kept


def play(world, frames, each_ms=10):
    """A stranger says all of it again, as if he were who said it; one frame in four with a bit flipped."""
    dice = random.Random(5)
    for sender, route, frame in frames:
        frame = bytearray(frame)
        if dice.random() < 0.25:
            frame[dice.randrange(len(frame))] ^= 1 << dice.randrange(8)
        for name in world.boxes:
            if name != sender and route in ("*", name):
                world.radios[name].came.insert(0, (world.ms, sender, bytes(frame)))
        world.run(each_ms)


@pytest.mark.parametrize("restarted", [(), ("gateway",), ("shed",), ("gateway", "shed")])
def test_a_recorded_hour_played_again_changes_nothing(tmp_path, restarted):
    world = house(tmp_path, **PLACES["D"])
    air = recorded(world)
    dice = random.Random(1)
    desk = world.desks["shed"][0]
    for minute in range(10 if restarted else 60):  # an hour once
        world.load_w = dice.randrange(300, 2800)
        desk.paper.put(3, 0x0210, 90 - minute // 2)  # a charge that never moved would be distrusted
        world.run(60000)
        del desk.log[:-20]  # what was said is looked through in each step
    frames = list(air)
    assert len(frames) > 3000
    world.load_w = 1234
    for name in restarted:
        world.start(name)
    world.run(25000)
    said, lines = len(orders(world)), {name: len(world.codes(name)) for name in world.boxes}
    decided = len(world.decided)
    play(world, frames)
    assert abs(world.grid_w()) <= 50
    assert set(orders(world)[said:]) <= {orders(world)[said - 1]}
    assert {name: len(world.codes(name)) for name in world.boxes} == lines
    seconds = len(frames) * 10 // 1000
    assert abs(len(world.decided) - decided - seconds) <= seconds // 50 + 2
    ages = [age for _, age, _ in world.decided[decided:]]
    assert sorted(ages)[len(ages) // 2] < 100
    for box in world.boxes.values():
        counters = box.corridor.hub.counters
        refused = sum(count for word, count in counters.items() if word != "good")
        assert refused > len(frames) * 0.3


def test_ten_boxes_lose_no_reading(tmp_path):
    boxes = tuple(("box%d" % n, "3C:E9:0E:77:70:%02X" % n, []) for n in range(10))
    world = house(tmp_path, meter_at="box0", extenders=boxes)
    heard = {}
    box = world.boxes["gateway"]
    told = box.corridor._told

    def count(peer, word, body, stamp_ms, index):
        if word == "meter":
            heard[peer.mac] = heard.get(peer.mac, 0) + 1
        told(peer, word, body, stamp_ms, index)

    box.corridor._told = count
    for _ in range(600):  # each second every box has a telegram
        world.run(1000)
        meter = world.boxes["box0"].outward.meter
        for name, _, _ in boxes[1:]:
            world.boxes[name].outward.heard(meter, world.now_ms)
    world.run(1000)
    assert len(heard) == 10 and all(count >= 600 for count in heard.values()), heard


def test_no_secret_is_ever_in_a_frame_or_a_journal(tmp_path):
    world = house(tmp_path, **PLACES["E"])
    air = recorded(world)
    world.run(60000)
    world.start("gateway")
    world.run(30000)
    secrets = [entry.key for box in world.boxes.values() for entry in box.corridor.peers.entries]
    for box in world.boxes.values():
        secrets += [box.identity.pop.encode(), box.identity.password.encode()]
        secrets += [session.out[0] for session in (peer.session for peer in box.corridor.hub.peers)]
    assert len(secrets) >= 12
    for _, _, frame in air:
        assert not any(secret in frame or secret.hex().encode() in frame for secret in secrets)
    for name in world.boxes:
        text = repr(world.boxes[name].journal.after(0)).encode()
        assert not any(secret in text or secret.hex().encode() in text for secret in secrets)
