"""Which frames a session believes: each once, of this life only, of this direction only."""

import random

from hypothesis import given
from hypothesis import strategies as st

from firmware.link.packet import METER, body_of, head
from firmware.link.session import Session

KEY = bytes(range(32))
GATEWAY, MEMBER = b"gatewy", b"member"


def both(gateway_boot=1, member_boot=1, key=KEY):
    """Two sessions that know each other."""
    gateway = Session(GATEWAY, key, True, gateway_boot)
    member = Session(MEMBER, key, False, member_boot)
    assert gateway.believe_hello(member.build_hello(True))[:2] == (None, True)
    assert member.believe_hello(gateway.build_hello(False))[:2] == (None, True)
    return gateway, member


def test_a_frame_is_believed_once():
    gateway, member = both()
    frame = member.build(METER, 7, 90, b"body")
    assert gateway.believe(frame) is None
    assert gateway.believe(frame) == "repeated"
    assert head(frame) == (METER, 1, 7, MEMBER, 1, 2, 90) and body_of(frame) == b"body"


def test_not_by_its_own_sender_nor_by_the_other_direction():
    gateway, member = both()
    frame = member.build(METER, 0, 0, b"")
    assert member.believe(frame) == "forged"
    turned = bytearray(frame)
    turned[5:11] = GATEWAY
    assert member.believe(turned) == "forged"


def test_not_with_another_key():
    gateway, _ = both()
    _, stranger = both(key=b"x" * 32)
    assert gateway.believe(stranger.build(METER, 0, 0, b"")) == "forged"
    assert gateway.believe_hello(stranger.build_hello(True))[0] == "forged"


@given(st.lists(st.integers(0, 80), min_size=1, max_size=120))
def test_any_order_each_once_and_never_one_from_beyond_the_window(order):
    gateway, member = both()
    frames = [member.build(METER, 0, 0, bytes([i])) for i in range(81)]
    believed, highest = set(), -1
    for i in order:
        word = gateway.believe(frames[i])
        if i in believed:
            assert word in ("repeated", "old")
        elif highest - i > 32:
            assert word == "old"
        elif i < highest or word:
            # Of the time before the first believed one: the HELLO counts as seq 1.
            assert word is None
        if word is None:
            believed.add(i)
            highest = max(highest, i)


def test_what_an_ack_tells_is_what_came():
    gateway, member = both()
    frames = [member.build(METER, 0, 0, b"") for _ in range(60)]  # seq 2 to 61
    came = sorted(random.Random(4).sample(range(60), 40))
    for i in came:
        assert gateway.believe(frames[i]) is None
    assert gateway.highest == came[-1] + 2
    told = {gateway.highest} | {gateway.highest - 1 - n for n in range(32) if gateway.seen >> n & 1}
    assert told == {i + 2 for i in came if gateway.highest - i - 2 <= 32}


def test_a_restart_of_either_side_makes_all_recorded_frames_void():
    gateway, member = both(gateway_boot=3, member_boot=8)
    recorded = [member.build(METER, 0, 0, b"%d" % i) for i in range(20)] + [member.build_hello(True)]
    again = Session(GATEWAY, KEY, True, 4)
    for frame in recorded[:-1]:
        assert again.believe(frame) == "old"
    again.believe_hello(recorded[-1])  # true or not, it tells a life of the member
    for frame in recorded[:-1]:
        assert again.believe(frame) == "old"
    reborn = Session(MEMBER, KEY, False, 9)
    assert gateway.believe_hello(reborn.build_hello(True))[:2] == (None, True)
    for frame in recorded[:-1]:
        assert gateway.believe(frame) == "old"
    assert gateway.believe_hello(recorded[-1])[0] == "old"


def test_the_byte_that_names_our_boot_does_not_decide():
    """A frame for boot 1 carries the same byte as one for boot 257: the key tells them apart."""
    _, member = both(gateway_boot=1)
    later = Session(GATEWAY, KEY, True, 257)
    later.believe_hello(member.build_hello(True))
    assert later.believe(member.build(METER, 0, 0, b"")) == "forged"
    gateway, _ = both(member_boot=1)
    later = Session(MEMBER, KEY, False, 257)
    later.believe_hello(gateway.build_hello(True))
    assert later.believe(gateway.build(METER, 0, 0, b"")) == "forged"


def test_a_lost_counter_rises_above_what_the_peer_knows():
    gateway, _ = both(gateway_boot=1, member_boot=40)
    lost = Session(MEMBER, KEY, False, 2)
    assert gateway.believe_hello(lost.build_hello(True))[0] == "old"
    lost.believe_hello(gateway.build_hello(False))
    assert lost.behind == 40
    lost.reboot(lost.behind + 1)
    assert gateway.believe_hello(lost.build_hello(True))[:2] == (None, True)
    assert lost.believe(gateway.build(METER, 0, 0, b"")) is None


def test_loss_is_what_did_not_come():
    gateway, member = both()
    assert gateway.loss_pct() == 0
    luck = random.Random(2)
    for _ in range(2000):
        frame = member.build(METER, 0, 0, b"")
        if luck.random() >= 0.25:
            gateway.believe(frame)
    assert 18 <= gateway.loss_pct() <= 32


def test_a_long_silence_does_not_count_for_ever():
    gateway, member = both()
    member.seq += 100000
    for _ in range(600):
        gateway.believe(member.build(METER, 0, 0, b""))
    assert gateway.loss_pct() <= 5


def test_the_radios_key_is_another_one():
    gateway, member = both()
    assert gateway.radio_key() == member.radio_key() and len(gateway.radio_key()) == 16
    assert gateway.radio_key() not in KEY
