"""A car in TURBO at the whole gateway, driven over the API: it gets what the desired peak leaves."""

import socket

from host_tests.stories.conftest import steady, tell

_HOUSE_W = 500
_END_S = 235  # a car waits three minutes for room that lasts


def play(folder, **_more):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    return tell(folder, "--profile", steady(folder, _HOUSE_W), "--seconds", str(_END_S), "--heap", "224k",
                "--web", port, "--car", "turbo:7400:10", "--boiler", "block")


def test_a_car_gets_its_ceiling_over_the_api_and_the_battery_serves_the_house(told):
    found = told.summary["flexible"]
    assert found["boiler"] == {"wh": 0, "power_w": 0, "ceiling_w": 0}
    assert 1380 <= found["car"]["ceiling_w"] <= 2500 - _HOUSE_W  # the meter's month peak is higher: no margin
    assert found["car"]["power_w"] in (1380, 1610, 1840)  # whole amperes
    for _, grid_w, battery_w, _, rule in told.rows(_END_S - 15):
        assert rule == "balance" and abs(battery_w - _HOUSE_W) <= 80
        assert abs(grid_w - found["car"]["power_w"]) <= 80


test_a_car_gets_its_ceiling_over_the_api_and_the_battery_serves_the_house.story = play
