"""A year of a house: no battery, balance, rules, plans, the oracle, and a week in twelve without internet.

Prints the table of tools/year/table.py with every choice and writes it to build/year.txt. Takes some twelve
minutes of one core, less with several.
"""

import pathlib

from tools.year import table

OUTPUT = pathlib.Path(__file__).parents[2] / "build" / "year.txt"
MOST_MISSED = 30  # per cent of what the same planner gains over the best rules with perfect forecasts
MOST_OFFLINE = 10  # per cent of the plan's gain that seven days without internet may cost


def rows():
    """The whole sums and the two promises."""
    found = table.years()
    lines = table.text(found)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    share, by_hour, offline, of_week, rules = table.shares(found)
    made = [{"name": "year: bill and wear, {}".format(name), "value": round(year.whole, 1), "unit": "EUR"}
            for name, year in found.items()]
    return made + [
        {"name": "year: of the oracle's gain over {}, what plan + peak + maximum misses".format(rules),
         "value": round(100 - share * 100, 1), "unit": "%", "limit": MOST_MISSED},
        {"name": "year: the same of an oracle that knows each hour's mean",
         "value": round(100 - by_hour * 100, 1), "unit": "%", "limit": MOST_MISSED},
        {"name": "year: a week offline, of the plan's gain in the year over the rules",
         "value": round(offline * 100, 1), "unit": "%", "limit": MOST_OFFLINE},
        {"name": "year: a week offline, of the plan's gain in a week over no battery",
         "value": round(of_week * 100, 1), "unit": "%", "limit": MOST_OFFLINE},
    ]
