"""How often one may try a code, at the box and at the gateway, over restarts and replays."""

import pytest

from firmware.link.packet import PAIR_1, PAIR_NO
from firmware.link.throttle import Throttle
from host_tests.rooms.link.air import GATEWAY, MEMBER, POP, WRONG, Air
from host_tests.rooms.link.test_pairing import claim, start


def test_wrong_codes_must_wait_longer_each_time():
    """1, 2, 4 … 60 s at the box, whoever asks and from whichever MAC; the right code has to wait too."""
    air, _, member = start()
    looked = []
    for n in range(400):
        stranger = Air.hub(air, b"gw%04d" % n, gateway=True)
        claim(air, stranger, WRONG)
        wrong = member.wrong
        air.run(500)
        if member.wrong != wrong:
            looked.append(air.now_ms)
        del air.hubs[b"gw%04d" % n]
    waits = [b - a for a, b in zip(looked, looked[1:])]
    for wait, least in zip(waits, (1000, 2000, 4000, 8000, 16000, 32000, 60000)):
        assert least <= wait <= least + 1000
    claim(air, air.hubs[GATEWAY])
    air.run(3000)
    assert member.peers == []  # the wait holds for the right code as well, and it says so
    _, why, _, wait_s = air.bodies(GATEWAY, "pair_failed")[0]
    assert why == "pair_wait" and 30 <= wait_s <= 60
    air.run(60000)
    claim(air, air.hubs[GATEWAY])
    air.run(3000)
    assert member.peers and member.wrong == 0


def test_the_count_survives_a_restart():
    air, gateway, _ = start()
    member = air.hub(MEMBER, boot=2, pop=POP, wrong=6)
    claim(air, gateway)
    air.run(500)
    assert air.bodies(GATEWAY, "pair_failed")[0][1:] == ("pair_wait", None, 32)
    air.run(32000)
    claim(air, gateway)
    air.run(500)
    assert member.peers and air.bodies(MEMBER, "wrong_codes")[-1][3] == 0


def test_a_mistyped_claim_played_again_is_the_same_one():
    """A stranger who recorded it cannot use it to keep the box's owner waiting longer and longer."""
    air, gateway, member = start()
    claim(air, gateway, WRONG)
    air.run(500)
    record = [frame for _, _, frame in air.log if frame[1] == PAIR_1]
    for _ in range(10):
        air.run(3000)
        air.replay(record, MEMBER)
    assert member.wrong == 1


def test_an_old_no_does_not_end_a_new_claim():
    air, gateway, _ = start()
    claim(air, gateway, WRONG)
    air.run(2000)
    no = [frame for _, _, frame in air.log if frame[1] == PAIR_NO]
    assert no
    under_way = claim(air, gateway)
    air.replay(no, GATEWAY)
    assert under_way.state == "calling"


def test_a_gateway_waits_after_a_wrong_code_too():
    air, gateway, _ = start()
    claim(air, gateway, WRONG)
    air.run(300)
    with pytest.raises(ValueError, match="wait 1 s"):
        claim(air, gateway)
    air.run(1000)
    claim(air, gateway)
    air.run(1000)
    assert gateway.peers


def test_a_throttle_forgets_nothing_by_waiting_and_all_by_a_right_code():
    throttle = Throttle(0, 0)
    assert throttle.wait_ms(0) == 0
    for n, wait_s in enumerate((1, 2, 4, 8, 16, 32, 60, 60, 60)):
        throttle.failed(1000 * n)
        assert throttle.wait_ms(1000 * n) == wait_s * 1000
        assert throttle.wait_ms(1000 * n + wait_s * 1000) == 0
    throttle.clear()
    assert throttle.wrong == 0 and throttle.wait_ms(0) == 0
    assert Throttle(3, 500).wait_ms(500) == 4000
