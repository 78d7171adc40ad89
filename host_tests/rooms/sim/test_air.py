"""The air: who hears whom, and what becomes of a frame; with radios made of sockets, no board."""

import asyncio

import pytest

from host_tests.rooms.sim.radios import CELLAR, GATEWAY, NOW, SHED, STATION, Radio, point, soon, told
from tools.sim.air import BROADCAST
from tools.sim.reach import chance_lost, rssi_dbm


def test_a_frame_goes_to_whom_it_is_for_with_its_sender_and_strength():
    async def story(air, gateway, shed, cellar):
        shed.send(point(GATEWAY), b"reading")
        await soon()
        mac, rssi, frame = gateway.got[0]
        assert (mac, frame) == (SHED, b"reading") and -75 < rssi < -55
        assert cellar.got == [] and len(gateway.got) == 1
        gateway.send(BROADCAST, b"all")
        await soon()
        assert shed.got[0][0] == point(GATEWAY) and shed.frames() == cellar.frames() == [b"all"]

    air = told(story)
    assert [(one.sender, one.frame) for one in air.sent] == [("shed", b"reading"), ("gateway", b"all")]


def test_only_who_is_on_the_channel_hears():
    async def story(air, gateway, shed, cellar):
        shed.tune(7, STATION | NOW)
        await soon()
        gateway.send(SHED, b"x")
        shed.send(point(GATEWAY), b"y")
        await soon()
        assert shed.got == gateway.got == []
        air.antennas["gateway"].moved_to = 7
        shed.send(point(GATEWAY), b"z")
        await soon()
        assert gateway.frames() == [b"z"]

    assert told(story).report()["shed"]["other_channel"] == 1


def test_the_channel_counts_when_the_frame_arrives():
    async def story(air, gateway, shed, cellar):
        gateway.send(SHED, b"x")
        await asyncio.sleep(0.005)
        shed.tune(7, STATION | NOW)
        await asyncio.sleep(0.05)
        assert shed.got == []

    told(story, delay_s=0.6)


def test_without_esp_now_or_power_nothing_is_heard_but_a_radio_acknowledges():
    async def story(air, gateway, shed, cellar):
        cellar.tune(6, STATION)  # Wi-Fi on, ESP-NOW not
        await soon()
        answers = []

        class Asking(Radio):
            def datagram_received(self, data, _):
                answers.append(data)

        _, asking = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: Asking(SHED), remote_addr=("127.0.0.1", air.port)
        )
        for target in (CELLAR, point(GATEWAY), bytes(6)):
            asking.transport.sendto(b"A" + SHED + b"F" + target + b"x")
            await soon()
        air.dead = True
        asking.transport.sendto(b"A" + SHED + b"F" + point(GATEWAY) + b"y")
        await soon()
        asking.transport.close()
        # The cellar's radio says yes and passes nothing on; so does one whose frame was lost above it.
        assert answers == [b"\x01", b"\x01", b"\x00", b"\x01"]
        assert cellar.got == [] and gateway.frames() == [b"x"]
        air.dead = False
        air.silence("shed")
        gateway.send(BROADCAST, b"z")
        await soon()
        assert shed.got == []

    told(story)


@pytest.mark.parametrize("size, heard", [(250, 1), (251, 0), (0, 0)])
def test_a_frame_has_one_to_250_bytes(size, heard):
    async def story(air, gateway, shed, cellar):
        shed.send(point(GATEWAY), bytes(size))
        await soon()
        assert len(gateway.got) == heard

    told(story)


def test_a_locked_frame_wants_the_same_key_at_both_ends():
    async def story(air, gateway, shed, cellar):
        shed.transport.sendto(b"P" + point(GATEWAY) + bytes(32))
        await soon()
        shed.send(point(GATEWAY), b"1")
        await soon()
        gateway.transport.sendto(b"P" + SHED + b"\x01" * 32)
        await soon()
        shed.send(point(GATEWAY), b"2")
        await soon()
        gateway.transport.sendto(b"P" + SHED + bytes(32))
        await soon()
        shed.send(point(GATEWAY), b"3")
        shed.send(BROADCAST, b"4")
        await soon()
        assert gateway.frames() == [b"3", b"4"]
        gateway.transport.sendto(b"D" + SHED)
        await soon()
        shed.send(point(GATEWAY), b"5")
        await soon()
        assert gateway.frames() == [b"3", b"4"]

    assert told(story).report()["gateway"]["other_key"] == 3


def test_a_board_that_starts_anew_has_no_peers():
    async def story(air, gateway, shed, cellar):
        shed.transport.sendto(b"P" + point(GATEWAY) + bytes(32))
        await soon()
        _, again = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: Radio(SHED), remote_addr=("127.0.0.1", air.port)
        )
        again.tune(6, STATION | NOW)
        await soon()
        again.send(point(GATEWAY), b"x")
        await soon()
        again.transport.close()
        assert gateway.frames() == [b"x"]

    told(story)


def test_loss_and_repeats_are_as_many_as_asked_for():
    async def story(air, gateway, shed, cellar):
        for n in range(600):
            shed.send(point(GATEWAY), bytes([n % 256, n // 256]))
            if n % 50 == 49:
                await soon()
        await soon()
        await soon()
        assert 600 * 0.7 < len(set(gateway.frames())) < 600 * 0.9
        assert len(gateway.frames()) > len(set(gateway.frames())) * 1.05

    told(story, loss=0.3, repeats=0.5)


def test_a_frame_takes_its_airtime_behind_the_others():
    async def story(air, gateway, shed, cellar):
        for _ in range(20):
            shed.send(point(GATEWAY), bytes(250))
        await soon()
        await soon()
        assert len(gateway.got) == 20

    air = told(story)
    # 20 x (0.4 ms + 293 bytes at 1 Mbit/s) is 55 ms of the air.
    assert 0.05 < max(air._busy_until.values()) - air.sent[0].t_s < 0.1


def test_too_far_is_not_heard_and_far_is_heard_badly():
    async def story(air, gateway, shed, cellar):
        for n in range(200):
            gateway.send(BROADCAST, bytes([n]))
        await soon()
        await soon()
        assert shed.got == [] and 20 < len(cellar.got) < 180

    air = told(story, places=((0, 0), (90, 0), (0, 37)))
    assert air.report()["shed"]["too_far"] == 200


def test_reach():
    class Still:
        def gauss(self, mean, _):
            return mean

    levels = [rssi_dbm((0, 0), (metres, 0), Still()) for metres in (0, 1, 5, 10, 30, 3000)]
    assert levels == sorted(levels, reverse=True) and levels[0] == levels[1] and levels[-1] == -120
    assert chance_lost(-60) == 0 and chance_lost(-120) == 1 and 0 < chance_lost(-91) < 1


def test_a_stranger_is_heard_under_another_name_on_every_channel():
    async def story(air, gateway, shed, cellar):
        shed.send(point(GATEWAY), b"truth")
        cellar.tune(11, STATION | NOW)
        gateway.send(BROADCAST, b"all")
        await soon()
        count = len(air.sent)
        air.forge(air.sent[0], b"false")
        air.forge(air.sent[1], b"everywhere")
        await soon()
        assert (SHED, b"false") in [(mac, frame) for mac, _, frame in gateway.got]
        assert shed.frames()[-1] == cellar.frames()[-1] == b"everywhere"
        assert len(air.sent) == count  # what he says is not what was recorded

    told(story)


# The house's network
