"""The link is cut, a box restarts, a meter falls silent: the battery rests in time, and all resumes alone."""

import random

import pytest

from host_tests.rooms.devices.desk import set_point

from .world import house

LEASE_MS = 10000
SHED, ATTIC = "3C:E9:0E:77:60:F8", "3C:E9:0E:77:60:F9"
INVERTER = ["sofar_me3000sp"]


def said(world, name="shed"):
    """The last set-point an inverter was told; None: rest."""
    return set_point(world.desks[name][0].said(0x42)[-1][1])


def rests_within(world, ms, name="shed"):
    """Run until the inverter is told to rest; the time that took, `ms` at most."""
    start = world.ms
    while said(world, name) is not None:
        assert world.ms - start <= ms, "still at %s W" % said(world, name)
        world.run(50)
    return world.ms - start


def resumes_within(world, ms, name="shed"):
    """Run until the inverter is commanded again."""
    start = world.ms
    while said(world, name) is None:
        assert world.ms - start <= ms
        world.run(50)
    return world.ms - start


@pytest.mark.parametrize("meter_at", ["gateway", "shed"])
@pytest.mark.parametrize("seed", range(8))
def test_a_cut_link_rests_the_battery_within_its_lease(tmp_path, meter_at, seed):
    world = house(tmp_path, meter_at)
    dice = random.Random(seed)
    world.run(dice.randrange(10, 1500, 10))
    assert said(world) > 1000
    world.cut.add("shed")
    rests_within(world, LEASE_MS + 2000)
    world.run(dice.randrange(200, 30000, 10))
    assert "inverter_lease_over" in world.codes("shed")
    world.cut.clear()
    resumes_within(world, 5000)
    world.run(15000)
    assert abs(world.grid_w()) <= 50


def test_the_gateway_says_whose_link_it_is_and_hears_why_later(tmp_path):
    world = house(tmp_path)
    world.cut.add("shed")
    world.run(8000)
    box = world.boxes["gateway"]
    assert box.latest.command.why == ("why_link_lost", "shed") and box.latest.command.power_w is None
    assert box.status(world.now_ms)["inverter"] == "inverter_away"
    world.run(10000)
    world.cut.clear()
    world.run(6000)
    says = [args for _, _, _, code, args in box.journal.after(0) if code == "box_says"]
    assert ("shed", "inverter_lease_over") in [one[:2] for one in says]


def test_a_short_gap_is_not_noticed(tmp_path):
    world = house(tmp_path)
    world.cut.add("shed")
    world.run(2500)
    world.cut.clear()
    world.run(3000)
    assert said(world) is not None and world.boxes["gateway"].latest.decision.rule == "balance"


@pytest.mark.parametrize("meter_at", ["gateway", "shed"])
def test_a_gateway_that_restarts_is_back_without_an_installer(tmp_path, meter_at):
    world = house(tmp_path, meter_at)
    world.stop("gateway")
    world.run(3000)
    latest = world.start("gateway").latest
    start = world.ms
    while latest.decision is None or latest.decision.rule == "safe":
        world.run(50)
        assert world.ms - start < 7000  # 10 s less what a chip takes to boot
    world.run(10000)
    assert abs(world.grid_w()) <= 50


def test_an_extender_that_restarts_is_commanded_again(tmp_path):
    world = house(tmp_path)
    world.start("shed")
    world.run(12000)
    assert said(world) > 1000 and abs(world.grid_w()) <= 50


def test_a_silent_far_meter_ends_in_the_safe_state(tmp_path):
    world = house(tmp_path, "shed", extenders=(("shed", SHED, []), ("attic", ATTIC, INVERTER)))
    assert said(world, "attic") > 1000
    world.meter_at = None  # its cable is out; its extender goes on speaking
    rests_within(world, 12000, "attic")
    assert world.boxes["gateway"].latest.command.why[0] == "why_meter_silent"


def test_an_unpaired_extender_rests_at_once(tmp_path):
    world = house(tmp_path)
    gateway, shed = world.boxes["gateway"], world.boxes["shed"]
    gateway.corridor.hub.unpair(world.macs["shed"], world.now_ms)
    rests_within(world, 2500)
    world.run(3000)
    assert not shed.corridor.peers.entries and not gateway.corridor.peers.entries
    assert gateway.latest.drivers == [] and gateway.latest.command.power_w is None


def test_the_last_words_of_a_gateway_reach_the_inverter(tmp_path, event_loop_run):
    world = house(tmp_path)
    event_loop_run(world, world.boxes["gateway"].rest("why_shutdown"))
    rests_within(world, 1000)


@pytest.fixture
def event_loop_run(monkeypatch):
    """Run a coroutine of a role while the world goes on."""
    import asyncio

    def run(world, coroutine):
        async def sleep_ms(ms):
            world.run(ms // 10 * 10)

        monkeypatch.setattr(asyncio, "sleep_ms", sleep_ms, raising=False)
        asyncio.run(coroutine)

    return run


def test_two_inverters_share_and_the_other_takes_over(tmp_path):
    world = house(tmp_path, extenders=(("shed", SHED, INVERTER), ("attic", ATTIC, INVERTER)))
    world.load_w = 2400
    world.run(10000)
    assert abs(world.grid_w()) <= 50
    assert said(world, "shed") > 500 and said(world, "attic") > 500
    world.cut.add("attic")
    world.run(25000)
    assert said(world, "attic") is None and abs(world.grid_w()) <= 50 and said(world, "shed") > 2000
    world.cut.clear()
    world.run(12000)
    assert said(world, "attic") > 500 and abs(world.grid_w()) <= 50
