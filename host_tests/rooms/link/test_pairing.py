"""Pairing by MAC-ID and POP code: who gets in, who does not, how often one may try, what is never said."""

from hypothesis import given, settings
from hypothesis import strategies as st

from firmware.link.hunt import Hunt
from firmware.link.packet import BEACON, COMMAND, PAIR_1, PAIR_2, PAIR_3, PAIR_NO
from host_tests.rooms.link.air import GATEWAY, KEY, MEMBER, POP, WRONG, Air, paired

OTHER = b"\xf4\x12\xfa\x68\x5d\x78"


def start(**how):
    """(air, gateway, member): both know nobody."""
    air = Air(**how)
    return air, air.hub(GATEWAY, gateway=True, channel=6), air.hub(MEMBER, pop=POP)


def claim(air, hub, pop=POP, mac=MEMBER, **more):
    """Somebody types a MAC and a code at `hub`."""
    return hub.joining(air.now_ms).start(mac, pop, "cellar", air.now_ms, **more)


def test_the_right_code():
    air, gateway, member = start()
    claim(air, gateway)
    air.run(500)
    assert air.words(GATEWAY) == ["paired", "online"] and air.words(MEMBER) == ["paired", "online"]
    here, there = gateway.peers[0], member.peers[0]
    assert here.session.key == there.session.key and len(here.session.key) == 32
    assert here.name == there.name == "cellar" and here.replaces is None
    assert (here.mac, there.mac) == (MEMBER, GATEWAY)


def test_over_a_bad_air():
    for seed in range(12):
        air, gateway, member = start(seed=seed, loss=0.3, twice=0.3, jitter_ms=80)
        claim(air, gateway)
        air.run(15000)
        assert gateway.peers and member.peers, seed
        assert gateway.peers[0].session.key == member.peers[0].session.key
        assert gateway.peers[0].online and member.peers[0].online


def test_the_wrong_code_is_told_and_pairs_nobody():
    air, gateway, member = start()
    claim(air, gateway, WRONG)
    air.run(60000)
    assert air.bodies(GATEWAY, "pair_failed")[0][1:] == ("pair_wrong_code", None, 1)
    assert air.bodies(MEMBER, "wrong_codes")[0][3] == 1
    assert not gateway.peers and not member.peers


@settings(max_examples=80)
@given(st.text("23456789ABCDEFGHJKMNPQRSTUVWXYZ", max_size=40).filter(lambda code: code != POP))
def test_no_wrong_code_ever_pairs(code):
    air, gateway, member = start(seed=3)
    claim(air, gateway, code)
    air.run(3000)
    assert not gateway.peers and not member.peers and "paired" not in air.words(MEMBER) + air.words(GATEWAY)


def test_nobody_there():
    air = Air()
    gateway = air.hub(GATEWAY, gateway=True)
    claim(air, gateway)
    air.run(39000)
    assert gateway.joining(air.now_ms).claim.state == "calling"
    air.run(2000)
    assert air.bodies(GATEWAY, "pair_failed")[0][1] == "pair_not_found"


def test_a_paired_box_refuses_a_second_gateway_without_its_code():
    air, _, member = paired()
    member.pop = POP
    second = air.hub(OTHER, gateway=True)
    claim(air, second, WRONG)
    air.run(5000)
    assert member.peers[0].mac == GATEWAY and member.peers[0].online and not second.peers
    assert not [frame for _, sender, frame in air.log if sender == MEMBER and frame[1] == BEACON]


def test_whoever_proves_the_code_takes_it_over():
    air, gateway, member = paired()
    member.pop = POP
    second = air.hub(OTHER, gateway=True)
    claim(air, second)
    air.run(1000)
    assert [peer.mac for peer in member.peers] == [OTHER] and second.peers[0].online
    gateway.peers[0].send(COMMAND, b"old", air.now_ms + 9000, air.now_ms)
    air.run(8000)
    assert air.bodies(MEMBER, "command") == [] and not gateway.peers[0].online


def test_claimed_again_by_its_own_gateway():
    """The gateway was replaced by a fresh one of the same MAC, or lost its list."""
    air, _, member = paired()
    member.pop = POP
    gateway = air.hub(GATEWAY, boot=2, gateway=True)
    claim(air, gateway)
    air.run(1000)
    assert gateway.peers[0].online and member.peers[0].online and len(member.peers) == 1
    assert member.peers[0].session.key == gateway.peers[0].session.key != KEY


def test_a_claim_of_a_known_box_that_fails_leaves_it_as_it_is():
    air, gateway, member = paired()
    member.pop = POP
    claim(air, gateway, WRONG)
    air.run(3000)
    assert gateway.peers[0].online and member.peers[0].online and member.peers[0].session.key == KEY


def test_a_box_alone_calls_out_and_is_noted_once():
    air, gateway, _ = start()
    gateway.joining(0)
    air.run(5000)
    beacons = [frame for _, sender, frame in air.log if frame[1] == BEACON]
    assert 4 <= len(beacons) <= 6 and gateway.joining(air.now_ms).found == [MEMBER]
    for n in range(20):
        gateway.feed(beacons[0].replace(MEMBER, b"box%03d" % n), -50, air.now_ms, "way")
    assert len(gateway.joining(air.now_ms).found) == 8


def test_a_box_on_other_channels_is_found():
    """The member hunts; the gateway stays on 6 and hears it there only."""
    air = Air()
    air.channels = True
    gateway = air.hub(GATEWAY, gateway=True, channel=6)
    member = air.hub(MEMBER, pop=POP, hunt=Hunt(0, 0))
    claim(air, gateway)
    while not (gateway.peers and gateway.peers[0].online and member.peers[0].online):
        air.run(10)
    assert member.channel == 6 and air.now_ms < 2500
    assert air.bodies(MEMBER, "channel")[0][3] == 6
    air.run(2000)
    assert member.channel == 6


def secrets(keys):
    """Every form in which a secret might leak."""
    found = list(keys) + [key.hex().encode() for key in keys] + [POP.encode(), WRONG.encode()]
    return found + [code.lower().encode() for code in (POP, WRONG)]


def test_no_key_and_no_code_is_ever_on_the_air_or_in_an_event():
    air, gateway, member = start(seed=8)
    claim(air, gateway, WRONG)
    air.run(2000)
    claim(air, gateway)
    air.run(2000)
    session = gateway.peers[0].session
    member.peers[0].send(COMMAND, b"", air.now_ms + 900, air.now_ms)
    air.run(1000)
    kept = [session.key, session.radio_key(), session.key[:16], session.key[16:], session.key[:8]]
    kept += [pads[half] for pads in (session.out, session._in) for half in (0, 1)]
    root = gateway.joining(air.now_ms).claim._root
    everything = b"".join(frame for _, _, frame in air.log) + repr(air.events).encode()
    bodies = [event[2] for mac in air.events for event in air.events[mac]]
    everything += b"".join(body for body in bodies if isinstance(body, bytes))
    for secret in secrets(kept + [root, root[:8]]):
        assert secret not in everything
    assert {frame[1] for _, _, frame in air.log} >= {BEACON, PAIR_1, PAIR_2, PAIR_3, PAIR_NO}


def test_each_pairing_has_its_own_key():
    keys = set()
    for seed in range(20):
        air, gateway, _ = start(seed=seed)
        claim(air, gateway)
        air.run(500)
        keys.add(gateway.peers[0].session.key)
    assert len(keys) == 20
