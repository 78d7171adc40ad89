"""The house from the meter's bytes to the inverter's, in the real MicroPython with a small heap."""

import json

from host_tests.stories.conftest import HEAP, steady, tell
from tools.vm import heap_bytes


def with_story(make):
    """Give a test its story: `make(folder, **parameters)` -> Told."""

    def decorate(test):
        test.story = make
        return test

    return decorate


@with_story(lambda folder: tell(folder, "--profile", steady(folder, 900), "--seconds", "90"))
def test_a_steady_house_comes_to_zero_and_stays_there(told):
    summary = told.summary
    assert summary["settled_s"] is not None and summary["settled_s"] < 60
    assert all(abs(row[1]) <= 50 for row in told.rows(70))
    assert summary["battery_direction_changes"] == 0
    assert summary["soc"]["end"] < summary["soc"]["start"]


@with_story(lambda folder: tell(folder, "--profile", steady(folder, 400, 2400), "--seconds", "90"))
def test_surplus_goes_into_the_battery(told):
    assert told.summary["settled_s"] < 60
    assert all(abs(row[1]) <= 50 and row[2] < -1500 for row in told.rows(70))


@with_story(lambda folder: tell(folder, "--seconds", "120", "--seed", "2"))
def test_the_summary_holds_what_is_promised(told):
    summary = told.summary
    assert summary["seconds"] == 120
    assert set(summary["telegrams"]) == {"good", "bad", "lost"}
    assert summary["telegrams"]["good"] >= 112 and summary["telegrams"]["bad"] == 0
    assert {"requests", "timeouts", "crc", "exceptions", "retries"} <= set(summary["bus"])
    assert summary["bus"]["requests"] > 60 and summary["bus"]["exceptions"] == 0
    assert summary["commands"] > 3
    assert summary["grid_export_wh"] > 0 and summary["grid_import_wh"] >= 0
    assert 0 < summary["mean_abs_grid_w"] < 700
    assert set(summary["soc"]) == {"start", "end", "min", "max"}
    assert summary["heap"]["peak_used"] <= summary["heap"]["limit"]
    assert summary["safe_state_entries"][0]["reason"]  # it starts in the safe state and says why
    assert any(entry["code"] == "started" for entry in summary["journal"])
    json.dumps(summary)


@with_story(
    lambda folder: tell(
        folder,
        "--profile",
        steady(folder, 1500),
        "--seconds",
        "50",
        "--soc",
        "20",
        "--set",
        "control.min_soc_pct=20",
    )
)
def test_the_owners_floor_holds(told):
    assert all(row[2] <= 20 for row in told.rows(10))
    assert told.summary["soc"]["min"] > 19.5


@with_story(
    lambda folder: tell(folder, "--profile", steady(folder, 300, 2500), "--seconds", "50", "--soc", "100")
)
def test_a_full_battery_lets_the_sun_go(told):
    assert all(abs(row[2]) <= 20 for row in told.rows(10))


@with_story(lambda folder: tell(folder, "--profile", steady(folder, 5000), "--seconds", "80"))
def test_more_than_the_inverter_can_is_asked_up_to_its_limit(told):
    assert all(2900 <= row[2] <= 3000 for row in told.rows(60))


@with_story(
    lambda folder: tell(folder, "--seconds", "40", "--source", "--bits", "64", "--heap", "400k", speed=4)
)
def test_the_sources_run_as_the_build_does(told):
    assert told.summary["telegrams"]["good"] > 20 and told.summary["commands"] > 0


@with_story(lambda folder: tell(folder, "--seconds", "660", "--seed", "3", speed=12))
def test_ten_minutes_in_a_small_heap_do_not_grow(told):
    heap = told.summary["heap"]
    assert heap["limit"] == heap_bytes(HEAP)
    assert len(told.summary["boots"]) == 1
    least = heap["by_minute"]
    # Between collections there is garbage, so the least of five minutes is what counts.
    assert min(least[6:11]) <= min(least[1:6]) + 512, least


@with_story(lambda folder: tell(folder, "--seconds", "20", "--web"))
def test_pages_that_have_no_room_stay_off_and_control_goes_on(told):
    codes = [entry["code"] for entry in told.summary["journal"]]
    assert "web_no_room" in codes and "web_opened" not in codes
    assert told.summary["commands"] > 0 and not told.summary["complaints"]
