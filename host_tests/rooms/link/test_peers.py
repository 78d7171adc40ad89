"""Two boxes over an air that loses, repeats, delays and overtakes: what arrives, and who is there."""

import pytest

from firmware.link.packet import COMMAND, HEALTH, HELLO, INVERTER, JOURNAL, METER, PING, RESULT, SETTING
from host_tests.rooms.link.air import GATEWAY, MEMBER, Air, paired

BAD = dict(loss=0.2, twice=0.2, delay_ms=5, jitter_ms=60)


def test_a_reading_keeps_its_instant():
    air, _, member = paired(delay_ms=10)
    member.peers[0].send(METER, b"a", air.now_ms - 70, air.now_ms)
    member.peers[0].send(INVERTER, b"b", None, air.now_ms, index=2)
    began = air.now_ms
    air.run(100)
    (at, body, stamp, index), = air.bodies(GATEWAY, "meter")
    assert (body, index) == (b"a", 0)
    # The time on the air is not known to the receiver: the reading looks younger by it, and by nothing else.
    assert stamp - (began - 70) == at - began == 10
    (_, body, stamp, index), = air.bodies(GATEWAY, "inverter")
    assert (body, stamp, index) == (b"b", None, 2)


def test_a_command_keeps_its_end():
    air, gateway, _ = paired()
    gateway.peers[0].send(COMMAND, b"x", air.now_ms + 10000, air.now_ms, index=1)
    wanted = air.now_ms + 10000
    air.run(100)
    (at, _, until, index), = air.bodies(MEMBER, "command")
    assert until == wanted + 10 and index == 1  # one turn on the way


def test_a_lease_is_two_minutes_at_most():
    air, gateway, _ = paired()
    gateway.peers[0].send(COMMAND, b"x", air.now_ms + 3600000, air.now_ms)
    air.run(50)
    (at, _, until, _), = air.bodies(MEMBER, "command")
    assert until == at + 120000


def test_commands_over_a_bad_air_arrive_and_never_go_back():
    air, gateway, member = paired(seed=11, **BAD)
    began = air.now_ms
    for n in range(300):
        gateway.peers[0].send(COMMAND, b"%04d" % n, air.now_ms + 10000, air.now_ms)
        air.run(1000)
    came = [int(body) for _, body, _, _ in air.bodies(MEMBER, "command")]
    assert came == sorted(set(came)) and len(came) >= 299
    late = [at - began - 1000 * int(body) for at, body, _, _ in air.bodies(MEMBER, "command")]
    assert sorted(late)[len(late) // 2] < 60 and sorted(late)[int(len(late) * 0.99)] < 600


def test_commands_in_a_burst_the_newest_wins():
    air, gateway, _ = paired(seed=12, **BAD)
    for n in range(2000):
        gateway.peers[0].send(COMMAND, b"%04d" % n, air.now_ms + 10000, air.now_ms)
        air.run(10)
    air.run(1000)
    came = [int(body) for _, body, _, _ in air.bodies(MEMBER, "command")]
    assert came == sorted(set(came)) and came[-1] == 1999


def test_readings_at_ten_percent_loss():
    """The issue's figure: under 500 ms beyond the wire for 99 of 100."""
    air, _, member = paired(seed=13, loss=0.1, jitter_ms=30)
    began = air.now_ms
    for n in range(600):
        member.peers[0].send(METER, b"%d" % n, air.now_ms, air.now_ms)
        air.run(1000)
    came = air.bodies(GATEWAY, "meter")
    ages = sorted(at - began - 1000 * int(body) for at, body, _, _ in came)
    assert len(came) >= 599
    assert ages[len(ages) // 2] <= 40 and ages[int(len(ages) * 0.99)] < 200
    assert len({body for _, body, _, _ in came}) == len(came)


def test_messages_all_arrive_once_and_in_order_over_a_bad_air():
    air, gateway, member = paired(seed=14, **BAD)
    n = 0
    while n < 120:
        while gateway.peers[0].send(SETTING, b"%03d" % n, air.now_ms, air.now_ms):
            n += 1
        member.peers[0].send(RESULT, b"r", air.now_ms, air.now_ms)
        air.run(200)
    air.run(20000)
    came = [int(body) for _, body, _, _ in air.bodies(MEMBER, "setting")]
    assert came == list(range(n))


def test_messages_wait_while_the_other_side_is_away():
    air, gateway, member = paired(seed=15)
    air.cut = {GATEWAY}
    air.run(6000)
    assert air.words(MEMBER)[-1] == "offline" and not gateway.peers[0].online
    for n in range(12):
        member.peers[0].send(JOURNAL, b"line %d" % n, air.now_ms, air.now_ms)
    member.peers[0].send(METER, b"old", air.now_ms, air.now_ms)
    written = air.now_ms
    air.run(60000)
    air.cut = set()
    air.run(3000)
    lines = air.bodies(GATEWAY, "journal")
    # Eight wait; the oldest but the first gave way. Each tells when it happened, but for its time on the way.
    assert [body for _, body, _, _ in lines] == [b"line 0"] + [b"line %d" % n for n in range(5, 12)]
    assert all(0 <= stamp - written <= 20 for _, _, stamp, _ in lines)
    assert air.bodies(GATEWAY, "meter") == []


def test_only_calls_go_out_to_a_box_that_is_away():
    air, gateway, _ = paired(seed=16)
    air.cut = {MEMBER}
    air.run(6000)
    quiet = len(air.log)
    for kind, stamp in ((COMMAND, 9000), (SETTING, 0), (HEALTH, 0)):
        gateway.peers[0].send(kind, b"x", air.now_ms + stamp, air.now_ms)
    air.run(5000)
    sent = [frame[1] for _, sender, frame in air.log[quiet:] if sender == GATEWAY]
    assert sent and set(sent) <= {HELLO, PING}


def test_a_message_on_its_way_outlasts_a_long_cut():
    air, gateway, _ = paired(seed=17)
    air.cut = {MEMBER}
    gateway.peers[0].send(SETTING, b"kept", air.now_ms, air.now_ms)
    air.run(90000)
    air.cut = set()
    air.run(5000)
    assert [body for _, body, _, _ in air.bodies(MEMBER, "setting")] == [b"kept"]
    assert "undelivered" not in air.words(GATEWAY)


def test_a_command_goes_before_all_else():
    air, gateway, _ = paired(seed=18)
    peer = gateway.peers[0]
    for kind in (SETTING, HEALTH, METER):
        peer.send(kind, b"x", air.now_ms, air.now_ms)
    peer.send(COMMAND, b"x", air.now_ms + 9000, air.now_ms)
    assert [peer.due(air.now_ms)[1] for _ in range(4)] == [COMMAND, SETTING, HEALTH, METER]


def test_a_command_that_finds_nobody_is_reported_when_its_lease_ends():
    air, gateway, _ = paired()
    air.cut = {MEMBER}
    gateway.peers[0].send(COMMAND, b"x", air.now_ms + 3000, air.now_ms, index=3)
    air.run(2900)
    assert "undelivered" not in air.words(GATEWAY)
    air.run(300)
    assert air.bodies(GATEWAY, "undelivered")[0][3] == COMMAND | 3 << 5
    air.cut = set()
    air.run(5000)
    assert air.bodies(MEMBER, "command") == []


def test_a_message_is_given_up_after_twenty_seconds_on_a_deaf_way():
    """The member hears nothing, but is heard: the gateway thinks it is there."""
    air, gateway, member = paired()
    gateway.peers[0].send(SETTING, b"never", air.now_ms, air.now_ms)
    for _ in range(250):
        frames = []
        member.peers[0].send(HEALTH, b"h", air.now_ms, air.now_ms)
        out = member.due(air.now_ms)
        while out:
            frames.append(bytes(out[2]))
            out = member.due(air.now_ms)
        for frame in frames:
            gateway.feed(frame, -50, air.now_ms, "way")
        gateway.turn(air.now_ms)
        air.collect(GATEWAY, gateway)
        while gateway.due(air.now_ms):
            pass
        air.now_ms += 100
    assert air.bodies(GATEWAY, "undelivered")[0][3] == SETTING
    assert gateway.peers[0].online


def test_radio_quality():
    air, gateway, member = paired(seed=24, loss=0.25)
    for _ in range(120):
        member.peers[0].send(METER, b"", air.now_ms, air.now_ms)
        gateway.peers[0].send(COMMAND, b"", air.now_ms + 10000, air.now_ms)
        air.run(1000)
    for peer in (gateway.peers[0], member.peers[0]):
        assert peer.rssi == -60 and 12 <= peer.session.loss_pct() <= 38


def test_ten_members_at_one_a_second_lose_nothing():
    air = Air(seed=25, jitter_ms=10)
    gateway = Air.hub(air, GATEWAY, gateway=True)
    members = []
    for n in range(10):
        mac, key = b"memb%02d" % n, bytes([n]) * 32
        gateway.add(mac, key, 0)
        member = air.hub(mac)
        member.add(GATEWAY, key, 0)
        members.append(member)
    air.run(3000)
    for second in range(60):
        for member in members:
            member.peers[0].send(METER, b"%d" % second, air.now_ms, air.now_ms)
            member.peers[0].send(INVERTER, b"%d" % second, air.now_ms, air.now_ms)
        air.run(1000)
    for word in ("meter", "inverter"):
        assert len(air.bodies(GATEWAY, word)) == 600
    assert max(at - 3000 - 1000 * int(body) for at, body, _, _ in air.bodies(GATEWAY, "meter")) <= 60


def test_a_body_too_long_is_refused_at_once():
    air, gateway, _ = paired()
    with pytest.raises(ValueError, match="220 bytes, 219"):
        gateway.peers[0].send(SETTING, bytes(220), None, air.now_ms)
