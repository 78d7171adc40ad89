"""The outside of a frame: its bytes, its bounds, and that no flipped bit of any kind of frame is believed."""


from firmware.link import packet
from firmware.link.seal import pads_of
from host_tests.rooms.link.air import GATEWAY, KEY, MEMBER, POP, Air, paired


def test_the_layout_is_the_documents():
    """docs/link.md, byte by byte; a change here needs another version."""
    frame = packet.build(packet.INVERTER | 2 << 5, 0x11, 0x2233, b"\x01\x02\x03\x04\x05\x06", 0x44556677,
                         0x8899AABB, 0xCCDDEEFF, b"\xa0\xa1", pads_of(b"key"))
    assert frame[:25].hex() == (
        "e1" "46" "11" "3322" "010203040506" "77665544" "bbaa9988" "ffeeddcc" "a0a1")
    assert len(frame) == 33
    assert packet.head(frame)[:4] == (0x46, 0x11, 0x2233, b"\x01\x02\x03\x04\x05\x06")
    assert packet.head(frame)[4:] == (0x44556677, 0x8899AABB, 0xCCDDEEFF)
    assert packet.body_of(memoryview(frame)) == b"\xa0\xa1"


def test_a_frame_has_250_bytes_at_most():
    pads = pads_of(b"")
    frame = packet.build(packet.METER, 0, 0, MEMBER, 1, 1, 0, bytes(packet.BODY_MOST), pads)
    assert len(frame) == 250 and packet.fault(frame) is None
    assert packet.fault(frame + b"\x00") == "short"


def test_what_is_no_frame():
    frame = packet.build(packet.METER, 0, 0, MEMBER, 1, 1, 0, b"", None)
    assert packet.fault(frame) is None
    assert packet.fault(b"") == packet.fault(frame[:-1]) == "short"
    for first in range(256):
        frame[0] = first
        assert packet.fault(frame) == (None if first == 0xE1 else "version")


def every_kind():
    """(air, one frame of each closed kind that was really sent, its receiver's MAC, state to keep)."""
    air, gateway, member = paired(seed=3)
    up, down = member.peers[0], gateway.peers[0]
    for kind in (packet.METER, packet.HISTORY, packet.INVERTER, packet.HEALTH, packet.SYNC, packet.RESULT,
                 packet.JOURNAL):
        up.send(kind, b"what a member says", air.now_ms, air.now_ms)
    down.send(packet.COMMAND, b"\x00\x00\x00\x00", air.now_ms + 9000, air.now_ms)
    down.send(packet.SETTING, b"\x00\x00\x01{}", air.now_ms, air.now_ms)
    air.run(300)
    gateway.unpair(MEMBER, air.now_ms)
    air.run(1500)
    return air


def pairing():
    """(air) of a whole pairing."""
    air = Air(seed=5)
    gateway = air.hub(GATEWAY, gateway=True, channel=6)
    air.hub(MEMBER, pop=POP)
    air.run(50)
    gateway.joining(air.now_ms).start(MEMBER, POP, "cellar", air.now_ms)
    air.run(400)
    assert "paired" in air.words(GATEWAY) and "paired" in air.words(MEMBER)
    return air


def test_the_samples_are_of_every_kind():
    kinds = {frame[1] for air in (every_kind(), pairing()) for _, _, frame in air.log}
    assert kinds | {packet.PAIR_NO} >= set(range(packet.HELLO, packet.PAIR_NO + 1))


def fresh(sender, frame):
    """A box that would believe `frame` if it were whole: it lives the life that the frame speaks to."""
    _, _, _, _, boot, seq, _ = packet.head(frame)
    air = Air()
    hub = air.hub(MEMBER if sender == GATEWAY else GATEWAY, gateway=sender != GATEWAY, key=KEY)
    session = hub.peers[0].session
    if frame[1] != packet.HELLO:
        session.peer_boot = boot
        session._begin()
        session.highest = seq - 1
    return air, hub


def test_one_flipped_bit_of_any_kind_changes_nothing_and_is_counted():
    samples = {}
    for _, sender, frame in every_kind().log:
        samples.setdefault(frame[1], (sender, frame))
    assert len(samples) >= 13
    for kind, (sender, frame) in samples.items():
        air, hub = fresh(sender, frame)
        peer = hub.peers[0]
        for bit in range(8 * len(frame)):
            flipped = bytearray(frame)
            flipped[bit // 8] ^= 1 << bit % 8
            counted = sum(hub.counters.values())
            air.replay([flipped], hub.mac)
            assert sum(hub.counters.values()) == counted + 1, (kind, bit)
            assert hub.counters["good"] == 0 and not peer.online and peer._newest == {}, (kind, bit)
            assert air.events[hub.mac] == []
        air.replay([frame], hub.mac)
        assert hub.counters["good"] == 1, kind


def test_one_flipped_bit_of_a_pairing_frame_pairs_nobody():
    """Each frame of a pairing in turn arrives with one bit flipped, and whole frames never follow."""
    kinds = (packet.PAIR_1, packet.PAIR_2, packet.PAIR_3)
    whole = [frame for _, _, frame in pairing().log if frame[1] in kinds]
    seen = set()
    for frame in whole:
        if frame[1] in seen:
            continue
        seen.add(frame[1])
        for bit in range(0, 8 * len(frame)):
            assert flipped_pairing(frame[1], bit) == []
    assert seen == {packet.PAIR_1, packet.PAIR_2, packet.PAIR_3}


def flipped_pairing(kind, bit):
    """Events "paired" of a pairing in which every frame of `kind` has that bit flipped on its way."""
    air = Air(seed=5)
    gateway = air.hub(GATEWAY, gateway=True, channel=6)
    member = air.hub(MEMBER, pop=POP)
    gateway.joining(0).start(MEMBER, POP, "cellar", 0)
    for now_ms in (0, 250, 500):
        for one, other in ((gateway, member), (member, gateway)):
            one.turn(now_ms)
            out = one.due(now_ms)
            while out:
                frame = bytearray(out[2])
                if frame[1] == kind:
                    frame[bit // 8] ^= 1 << bit % 8
                other.feed(frame, -60, now_ms, "way")
                out = one.due(now_ms)
            air.collect(one.mac, one)
    return [word for mac in (GATEWAY, MEMBER) for word in air.words(mac) if word == "paired"]
