"""The year's harness on its first days: what it draws, that plans save, that offline weeks are offline.

The whole year is `make bench ARGS=year`.
"""

import pytest

from tools.year import household, live, market, money, planned, plant, table

DAYS = 8 * 96


@pytest.fixture(scope="module")
def found():
    names = ("no battery", "rules 0", "rules 10", "plan + peak + maximum", "oracle")
    return {name: table.one(name, DAYS, 8) for name in names}


def test_a_battery_saves_and_who_knows_the_peak_saves_more(found):
    """Eight days of January are too few to rank plan and rules: what is left in the battery is in no bill."""
    whole = {name: year.whole for name, year in found.items()}
    for name in ("plan + peak + maximum", "oracle", "rules 10"):
        assert whole[name] < whole["rules 0"] < whole["no battery"], name
        assert found[name].peak_w < 2550 < found["rules 0"].peak_w < found["no battery"].peak_w
    assert found["no battery"].given_kwh == 0 < found["oracle"].given_kwh


def test_every_choice_stands_under_the_table(found):
    lines = table.text(found)
    assert all("- " + choice in lines for choice in table.CHOICES)
    assert any(line.startswith("balance (rules, buffer 0)") for line in lines)
    for word in ("pvlib", "2015", "2025", "Kempen", "seed", "wear", "oracle", "offline"):
        assert any(word in choice for choice in table.CHOICES), word


def test_the_year_is_that_of_a_flemish_house():
    load = household.quarters(365, 3, table.WH_YEAR, 1)
    assert sum(load) == pytest.approx(table.WH_YEAR, rel=0.002)
    peaks = [max(load[at * 2920:(at + 1) * 2920]) * 4 for at in range(12)]
    assert 3500 < sum(peaks) / 12 < 5500  # the regulator's example: 3,500 kWh and 4.28 kW
    again, other = [household.quarters(365, 3, table.WH_YEAR, seed) for seed in (1, 2)]
    assert load == again != other
    prices = market.prices()
    assert len(prices) == market.QUARTERS == 35040
    assert sum(prices) / len(prices) == pytest.approx(market.MEAN_EUR * 1000, rel=0.02)


def test_offline_nothing_new_comes_and_guesses_go_on():
    rows, clear, skies = table.house(1, 4 * 96)
    plan = planned.Planned(rows, market.prices(), planned.Sky(clear, skies), offline=[(96, 384)], every=16)
    law, battery, meter = live.house(table.settings(10, True), market.FIRST)
    live.live(rows, law, battery, meter, plan.begin)
    thought = plan.thought
    assert thought.prices.prices.until == market.FIRST + 2 * 86400  # what was known on the last day online
    assert thought.panels.service is None and not plan.without
    assert thought.ahead.count == 140 and thought.ahead.told == 0  # guesses alone, and a plan all the same


def test_the_plant_keeps_its_energy():
    battery = plant.Battery(7200, 3000, 90, 50)
    battery.ask(-3000)
    assert battery.step(3600) == -10800000 and battery.soc_pct() == 87
    battery.ask(3000)
    given = sum(battery.step(900) for _ in range(12))
    assert given == pytest.approx((25920000 * 0.5 + 10800000 * 0.9) * 0.9, rel=1e-4)
    assert battery.soc_pct() == 0
    meter = plant.Meter(market.FIRST)
    meter.step(3600 * 900, 900, 3600)
    assert meter.month_peak_w == 3600 and meter.import_ws == 3240000
    assert money.WEAR == 90000
