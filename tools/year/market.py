"""The market's year: Belgian hours of 2015 on the calendar of 2026, stretched to the level of 2025.

Both years begin on a Thursday and change their clocks on the same dates, so weekdays and hours stay
what they were. The first three days, which the origin lacks, are those of a week later. Mean and
spread are choices, told beside the table. Knows no contract.
"""

import pathlib

from firmware.tariff.brussels import days, local, midnight

SOURCE = pathlib.Path(__file__).parents[2] / "host_tests" / "fixtures" / "prices" / "be_dayahead_2015.csv"
FIRST = midnight(days(2026, 1, 1))
UNTIL = midnight(days(2027, 1, 1))
QUARTERS = (UNTIL - FIRST) // 900
MEAN_EUR, SPREAD_EUR, MOST_EUR = 83, 60, 500  # EUR/MWh: mean, standard deviation, where spikes are cut


def hours():
    """{day of 2026: 24 prices, EUR/MWh as they were in 2015}."""
    found = {}
    shift = days(2026, 1, 1) - days(2015, 1, 1)
    for line in SOURCE.read_text().split("\n"):
        if line and line[0] != "#":
            parts = line.split(",")
            year, month, day = [int(part) for part in parts[0].split("-")]
            found[days(year, month, day) + shift] = [float(part) for part in parts[1:]]
    first = days(2026, 1, 1)
    for day in range(first, min(found)):
        found[day] = found[day + 7]
    return found


def prices():
    """Micro-euro per kWh of each quarter from FIRST on; the four of an hour are the same."""
    found = hours()
    every = [price for day in found.values() for price in day]
    mean = sum(every) / len(every)
    spread = (sum((price - mean) ** 2 for price in every) / len(every)) ** 0.5
    made = []
    for quarter in range(QUARTERS):
        day, minute = local(FIRST + quarter * 900)
        level = MEAN_EUR + (found[day][minute // 60] - mean) * SPREAD_EUR / spread
        made.append(round(min(level, MOST_EUR) * 1000))
    return made
