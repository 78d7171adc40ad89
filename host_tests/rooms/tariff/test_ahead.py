"""What lies ahead of a plan: prices told or guessed, the sky of now, the maximum tariff's choice."""

import pytest

from firmware.tariff.ahead import Ahead
from firmware.tariff.all_in import AllIn
from firmware.tariff.brussels import midnight, read_date
from firmware.tariff.ceiling import Ceiling
from firmware.tariff.contract import Contract
from firmware.tariff.faults import TariffFault
from firmware.tariff.household_load import HouseholdLoad
from firmware.tariff.last_good import LastGood
from firmware.tariff.panels import Panels
from firmware.tariff.price_habit import PriceHabit
from firmware.tariff.prices import Prices
from firmware.tariff.yields import Yields

DAY = midnight(read_date("2026-05-04"))  # a Monday
ENGIE = {"area": "Fluvius West", "contract": "engie"}
FIXED = {"area": "Fluvius West", "contract": "manual", "periods": [
    {"from": "2026-01-01", "peak_ct": "14", "off_peak_ct": "11", "injection_peak_ct": "3",
     "injection_off_peak_ct": "2", "fixed_eur_month": "5"}]}


def prices(days, of=lambda hour: hour * 10000):
    return Prices(DAY, 900, [of(at // 4 % 24) for at in range(96 * days)], "desk")


def ahead(fields=ENGIE, known=None, habit=None, slots=140):
    found, usual = LastGood(), PriceHabit()
    if known:
        found.offer(known, DAY)
        usual.learn(known)
    panels = Panels(51.0, 4.0, ((10, 400, 180, 35),), Yields())
    return Ahead(slots, AllIn(Contract(fields)), found, habit or usual, HouseholdLoad(), panels)


def fill(made, utc, *more):
    for _ in made.fill(utc, *more):
        pass
    return made


def test_known_prices_first_then_what_is_usual_and_it_says_which():
    made = fill(ahead(known=prices(1)), DAY + 20 * 3600)
    assert (made.count, made.told) == (140, 16)
    rates = AllIn(Contract(ENGIE))
    assert made.buy[0] == rates.rates(DAY + 72000, 200000)[0] // 1000
    assert made.buy[16] == rates.rates(DAY + 86400, 0)[0] // 1000  # midnight as it was the day before


def test_without_any_price_there_is_no_ground_and_old_ones_expire():
    with pytest.raises(TariffFault) as fault:
        fill(ahead(), DAY)
    assert fault.value.word == "prices_missing"
    made = ahead(known=prices(1))
    fill(made, DAY + 7 * 86400)
    assert (made.count, made.told) == (140, 0)
    with pytest.raises(TariffFault) as fault:
        fill(made, DAY + 10 * 86400)
    assert fault.value.word == "prices_expired"


def test_a_fixed_contract_needs_no_service():
    made = fill(ahead(FIXED), DAY)
    assert made.told == made.count == 140
    assert len(set(made.buy)) == 2


def test_the_end_of_the_tables_shortens_the_plan_and_then_ends_it():
    last = midnight(read_date("2026-12-31"))
    made = fill(ahead(FIXED), last + 12 * 3600)
    assert made.count == 48
    with pytest.raises(TariffFault) as fault:
        fill(made, last + 23 * 3600)
    assert fault.value.word == "tariff_expired" and "2026-12-31" in fault.value.details


def test_an_hourly_contract_is_planned_by_the_hour():
    spread = Prices(DAY, 900, [at % 4 * 40000 for at in range(96)], "desk")
    made = fill(ahead({"area": "Fluvius West", "contract": "eneco"}, spread, slots=8), DAY)
    assert len(set(made.buy[:8])) == 1


def test_what_was_more_than_expected_fades():
    plain, more = fill(ahead(FIXED), DAY).net, fill(ahead(FIXED), DAY, 400).net
    assert [more[at] - plain[at] for at in range(5)] == [400000, 200000, 100000, 50000, 25000]
    less = fill(ahead(FIXED), DAY, -400).net
    assert [less[at] - plain[at] for at in range(3)] == [-400000, -200000, -100000]


def test_prices_become_a_habit_of_weekdays_and_weekends():
    habit = PriceHabit()
    assert habit.at(DAY) is None and habit.age_days(DAY) is None
    habit.learn(prices(5))
    habit.learn(Prices(DAY + 5 * 86400, 900, [77000] * 192, "desk"))
    assert habit.at(DAY + 7 * 86400 + 3 * 3600) == 30000 and habit.at(DAY + 12 * 86400) == 77000
    habit.learn(prices(5, lambda hour: 10**7))  # known already: not learned twice
    assert habit.at(DAY + 7 * 86400 + 3 * 3600) == 30000
    again = PriceHabit()
    assert again.unpack(habit.pack()) and again.pack() == habit.pack() and len(habit.pack()) == 196
    assert again.at(DAY + 3 * 3600) == 30000 and again.age_days(DAY + 9 * 86400) == 2
    assert not again.unpack(b"x" * 195)


def test_a_negative_price_survives_the_file():
    habit = PriceHabit()
    habit.learn(prices(1, lambda hour: -50000))
    again = PriceHabit()
    assert again.unpack(habit.pack()) and again.at(DAY) == -50000


def test_the_sky_of_now_counts_for_the_coming_hours_and_not_for_tomorrow():
    panels = Panels(51.0, 4.0, ((10, 400, 180, 35),), Yields())
    noon = DAY + 12 * 3600
    usual, far = panels.expect(noon, 12), panels.expect(noon + 10800, 15)
    tomorrow = panels.expect(noon + 86400, 12, 1)
    for at in range(noon - 7200, noon, 900):
        panels.learn(at, panels.clear(at) // 10)  # black clouds
    assert panels.expect(noon, 12) < usual // 2
    assert panels.expect(noon, 12) * far < panels.expect(noon + 10800, 15) * usual
    assert panels.expect(noon + 86400, 12, 1) == tomorrow
    assert panels.expect(DAY, 0) == 0


def test_irradiance_becomes_watt_hours_and_a_service_outranks_history():
    panels = Panels(51.0, 4.0, ((10, 400, 180, 35),), Yields())
    panels.service = Prices(DAY, 900, [1000] * 96, "open-meteo")
    assert panels.expect(DAY + 12 * 3600, 12) == 4000 * 86 // 400
    panels.service = Prices(DAY, 900, [123] * 96, "forecast.solar")
    assert panels.expect(DAY + 12 * 3600, 12) == 123


def test_a_month_is_lived_under_the_ceiling_while_that_is_cheaper():
    tariffs = AllIn(Contract(ENGIE)).tariffs(DAY)
    ceiling = Ceiling()
    assert not ceiling.binding(tariffs, 2500, 30)  # nothing is known yet
    ceiling.compared(1000000, 1300000)  # 0.30 EUR a day more, 30 days: 9 EUR against 12.61 EUR of capacity
    assert ceiling.binding(tariffs, 2500, 30) and ceiling.share(True, 5) == 917
    ceiling.take(12000)  # 12 kWh at 28 ct: 3.37 EUR more
    assert ceiling.binding(tariffs, 2500, 30)  # dearer by less than 15 %: it stays
    assert not Ceiling().binding(tariffs, 2500, 30)
    ceiling.take(10000)
    assert not ceiling.binding(tariffs, 2500, 30)
    ceiling.month(5, tariffs, 2500)  # 22 kWh: the bill is cut all the same
    assert ceiling.month_wh == 0 and ceiling.share(False, 6) == 917
    again = Ceiling()
    assert again.unpack(ceiling.pack()) and again.share(False, 6) == 917 and not again.unpack(b"")


def test_yields_outlive_a_restart():
    yields, again = Yields(), Yields()
    for hour in range(6, 20):
        yields.learn(hour, 400, 150)
    yields.close_day()
    assert again.unpack(yields.pack()) and len(yields.pack()) == 392 and not again.unpack(b"")
    assert [again.expect(hour, 400) for hour in range(24)] == [yields.expect(hour, 400) for hour in range(24)]
