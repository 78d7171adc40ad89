"""A battery that does not do what it was told, and one that is not to blame."""

from .desk import obeying, set_point


def test_a_battery_that_stands_still_is_noticed_and_pushed_once(desk):
    desk.paper.put(3, 0x020D, 0)
    desk.power_w = 1000
    desk.run(44000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok", "a change of direction takes its time"
    start = len(desk.log)
    desk.run(3000)
    assert desk.driver.status(desk.now_ms) == "inverter_not_following"
    assert ("inverter_strays", (1000, 0)) in desk.events
    desk.run(8000)
    pushed = [(ms, set_point(pdu)) for ms, pdu in desk.log[start:] if pdu[0] == 0x42]
    assert [power_w for _, power_w in pushed] == [None, 1000]
    assert pushed[1][0] - pushed[0][0] >= 3000
    desk.run(120000)
    assert desk.names().count("inverter_pushed") == 1
    desk.paper.put(3, 0x020D, -100 & 0xFFFF)
    desk.run(2000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"


def test_in_the_same_direction_10_s_are_enough(desk):
    obeying(desk, 1000, 60000)
    desk.power_w = 2000
    desk.run(10000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    desk.run(7000)
    assert desk.driver.status(desk.now_ms) == "inverter_not_following"
    assert "inverter_pushed" not in desk.names(), "it moves, if not enough: no relay is clicked for that"


def test_a_change_of_direction_has_45_s(desk):
    obeying(desk, 1000, 60000)
    desk.power_w = -1000
    desk.paper.put(3, 0x020D, 0)
    desk.run(44000)
    assert desk.driver.status(desk.now_ms) == "inverter_ok"
    desk.run(5000)
    assert desk.driver.status(desk.now_ms) == "inverter_not_following"


def test_a_battery_that_lags_behind_a_lively_house_follows(desk):
    for turn in range(120):
        desk.command(1000 + (turn % 7) * 250)
        desk.paper.put(3, 0x020D, -(1000 + ((turn - 3) % 7) * 250) // 10 & 0xFFFF)
        desk.run(1000)
        assert desk.driver.status(desk.now_ms) == "inverter_ok"


def test_a_full_battery_is_not_blamed(desk):
    obeying(desk, 1000, 5000)
    desk.paper.status = (6, 0)
    desk.paper.put(3, 0x020D, 0)
    desk.power_w = -1000
    desk.run(80000)
    assert desk.reading.full is True
    assert desk.driver.status(desk.now_ms) == "inverter_ok"


def test_a_battery_that_does_not_rest_is_told_again(desk):
    desk.paper.put(3, 0x020D, -100 & 0xFFFF)
    desk.run(100000)
    assert len(desk.said(0x42)) == 2
    assert {set_point(pdu) for _, pdu in desk.said(0x42)} == {None}
