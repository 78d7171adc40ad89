"""A house's day or year from a CSV: `t_s,load_w,pv_w` (or `t_s,watts`), comments with #; `price_eur_mwh` too.

Refuses what it cannot read, by line; can draw a house of the simulator's instead. Knows no control
and no battery.
"""

import csv
import datetime

from tools.sim import belgium
from tools.sim.household import Household

_NAMES = {"watts": "load_w"}


class ProfileError(ValueError):
    """The file cannot be used; the text says where and what it should hold."""


def rows(path):
    """[(seconds the row lasts, load_w, pv_w)]; ProfileError with the line and the reason.

    With a column price_eur_mwh a fourth number: the market price in micro-euro a kWh.
    """
    try:
        with open(path, newline="", encoding="utf-8") as lines:
            numbered = enumerate(lines, 1)
            texts = [(number, line) for number, line in numbered if line.strip() and line[0] != "#"]
    except OSError as error:
        raise ProfileError("{}: {}".format(path, error.strerror))
    if len(texts) < 3:
        raise ProfileError("{}: a header t_s,load_w,pv_w and two rows at least".format(path))
    parsed = list(csv.reader(text for _, text in texts))
    names = [_NAMES.get(name.strip(), name.strip()) for name in parsed[0]]
    if "t_s" not in names or "load_w" not in names:
        raise ProfileError("{}: its columns are {}, it needs t_s,load_w,pv_w".format(path, ",".join(names)))
    points = [_point(path, texts[i][0], names, parsed[i]) for i in range(1, len(parsed))]
    lasting = [after[0] - before[0] for before, after in zip(points, points[1:])]
    for i, length_s in enumerate(lasting):
        if length_s <= 0:
            raise ProfileError("{}:{}: t_s must rise".format(path, texts[i + 2][0]))
    lasting.append(lasting[-1])
    return [(length_s,) + point[1:] for length_s, point in zip(lasting, points)]


def _point(path, line, names, values):
    try:
        found = {name: float(value) for name, value in zip(names, values)}
        numbers = int(found["t_s"]), round(found["load_w"]), round(found.get("pv_w", 0))
    except (KeyError, ValueError, OverflowError):
        raise ProfileError("{}:{}: {!r} is no row of numbers".format(path, line, ",".join(values)))
    if abs(numbers[1]) > 1000000 or not 0 <= numbers[2] <= 1000000:
        raise ProfileError("{}:{}: a house of {} W load and {} W solar".format(path, line, *numbers[1:]))
    if "price_eur_mwh" not in found:
        return numbers
    if not abs(found["price_eur_mwh"]) <= 100000:
        raise ProfileError("{}:{}: a price of {} EUR/MWh".format(path, line, found["price_eur_mwh"]))
    return numbers + (round(found["price_eur_mwh"] * 1000),)


def drawn(days, seed, epoch_s):
    """Rows of a minute of the simulator's household: appliances by chance, a roof of 4 kW under clouds."""
    house = Household(seed)
    begin = datetime.datetime.fromtimestamp(epoch_s, datetime.timezone.utc).replace(tzinfo=None)
    for minute in range(days * 1440):
        phases, pv_w = house.at(belgium.to_local(begin + datetime.timedelta(minutes=minute)))
        yield 60, sum(phases), pv_w
