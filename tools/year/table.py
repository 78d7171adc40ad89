"""The year's table: one house, one roof, one market, and who steers the battery. Every choice is told.

Each row is a year of the firmware's own control room, lived in quarters; those of plans have the firmware's
planner and learning before each quarter. Each runs in a process of its own where there are cores.
"""

import concurrent.futures
import os

from tools.year import household, live, market, money, planned, roof

SEED, BEFORE = 1, 1001  # this year, and the one before from which the house has learned
WH_YEAR = 3500000
BATTERY_WH, BATTERY_W, EFFICIENCY_PCT = 7200, 3000, 93
MIN_PCT, DESIRED_W = 10, 2500
BUFFERS = (0, 10, 20, 30, 50)
EVERY = 2  # quarters between two thoughts: half the time, and within 2 EUR of a thought each quarter
_BEFORE_QUARTERS = 61 * 96

CHOICES = (
    "household: {:.0f} kWh drawn by habits (tools/year/household.py), minute by minute, seed {}".format(
        WH_YEAR / 1000, SEED),
    "roof: {} through pvlib, clouds of six minutes on mixed days, shares of clear and grey days as in "
    "Belgium".format(" and ".join("{} x {} W at {}/{}".format(*group) for group in roof.GROUPS)),
    "market: Belgian hours of 2015 on the calendar of 2026, stretched to a mean of {} and a standard "
    "deviation of {} EUR/MWh, at most {} (assumed for 2025: no table of that year could be had here)".format(
        market.MEAN_EUR, market.SPREAD_EUR, market.MOST_EUR),
    "contract: Eneco Dynamisch by the hour, Fluvius Kempen 2026, maximum tariff by the month; fixed fees "
    "left out; capacity as of a house that has lived so for a year",
    "battery: {} Wh, {} W, {} % each way, minimum {} %, wear {} EUR per kWh given, half full at first".format(
        BATTERY_WH, BATTERY_W, EFFICIENCY_PCT, MIN_PCT, money.WEAR / 1e6),
    "control: desired peak {} W; the guide's rules with a buffer of {} %; plans may use the buffer down to "
    "where recharging begins (buffer 10 %, control.plan_buffer)".format(
        DESIRED_W, ", ".join(map(str, BUFFERS))),
    "forecast: load and roof learned from 61 days of another drawn year of the house, then from itself; a "
    "weather service that errs by {:.0f} % today and {:.0f} % tomorrow in a day's light and knows no "
    "cloud".format(100 * planned.ERRORS[0], 100 * planned.ERRORS[1]),
    "plan: thought anew each {} min (on a box each 15, a little better), changed for a gain over a "
    "cent".format(15 * EVERY),
    "oracle: the same planner, told each quarter's load and roof beforehand, every kettle and cloud; by the "
    "hour: told the mean of each hour, which is as fine as forecasts are",
    "offline: the second week of each month without prices or weather, 12 weeks in one year",
)
_SHARED = {}


def settings(buffer_pct, plan=False):
    """The settings that the rows differ in, and those they share."""
    return {
        "control.enabled": True, "control.min_soc_pct": MIN_PCT, "control.buffer_pct": buffer_pct,
        "control.desired_peak_w": DESIRED_W, "control.target_w": 0, "control.dead_band_w": 30,
        "control.dead_ms": 1000, "control.plan_buffer": plan, "inverter.capacity_wh": BATTERY_WH,
    }


def house(seed, quarters=market.QUARTERS):
    """-> (rows of (load_w, pv_w), clear sky Wh, the sky of each day)."""
    given, clear, skies = roof.quarters(market.FIRST, market.QUARTERS, seed)
    load = household.quarters(365, 3, WH_YEAR, seed)
    rows = [(wh * 4, sun * 4) for wh, sun in zip(load, given)]
    return rows[:quarters], clear, skies


def weeks():
    """The second week of each month as numbers of quarters."""
    from firmware.tariff.brussels import days, midnight
    found = []
    for month in range(1, 13):
        first = (midnight(days(2026, month, 8)) - market.FIRST) // 900
        found.append((first, first + 7 * 96))
    return found


def one(name, quarters=market.QUARTERS, every=1, seed=SEED):
    """Lives one row's year -> money.Year."""
    key = (quarters, seed)
    if key not in _SHARED:
        _SHARED[key] = house(seed, quarters), house(BEFORE)[0][-_BEFORE_QUARTERS:], market.prices()
    (rows, clear, skies), before, prices = _SHARED[key]
    begin, buffer_pct = None, 10
    if name.startswith("rules"):
        buffer_pct = int(name.split()[-1])
    elif name.startswith("plan") or name in ORACLES or name == "offline":
        plan = planned.Planned(
            rows, prices, planned.Sky(clear, skies, seed), peak=name != "plan",
            ceiling=name not in ("plan", "plan + peak"), perfect=ORACLES.get(name, 0),
            offline=weeks() if name == "offline" else (), every=every, least_pct=MIN_PCT + 5, before=before)
        begin = plan.begin
    told = None if name == "no battery" else settings(buffer_pct, begin is not None)
    law, battery, meter = live.house(told, market.FIRST, BATTERY_WH, BATTERY_W, EFFICIENCY_PCT)
    return money.year(market.FIRST, live.live(rows, law, battery, meter, begin), prices)


ORACLES = {"oracle": 1, "oracle by the hour": 4}  # quarters over which what it knows is meant
NAMES = ("no battery", "rules 0", "rules 10", "rules 20", "rules 30", "rules 50", "plan", "plan + peak",
         "plan + peak + maximum", "oracle by the hour", "oracle", "offline")


def years(names=NAMES, quarters=market.QUARTERS, every=EVERY, seed=SEED):
    """{name: money.Year} of every row, the long ones first where there are several cores."""
    cores = os.cpu_count() or 1
    if cores < 2:
        return {name: one(name, quarters, every, seed) for name in names}
    with concurrent.futures.ProcessPoolExecutor(cores) as pool:
        coming = {name: pool.submit(one, name, quarters, every, seed) for name in reversed(names)}
        return {name: coming[name].result() for name in names}


def shares(found):
    """-> share of the oracle's gain over the best rules, and of the hourly one's; cost of a week offline as a
    share of the plan's gain in a year over the rules, and in a week over no battery; the best rules' name.
    """
    rules = min((name for name in found if name.startswith("rules")), key=lambda name: found[name].whole)
    best, plan, oracle = found[rules].whole, found["plan + peak + maximum"].whole, found["oracle"].whole
    week = (found["offline"].whole - plan) / 12
    by_hour = found["oracle by the hour"].whole
    return ((best - plan) / (best - oracle), (best - plan) / (best - by_hour), week / (best - plan),
            week / ((found["no battery"].whole - plan) * 7 / 365), rules)


def text(found):
    """The table as lines, euro but where said; bound: months that the maximum tariff cuts."""
    head = "", "energy", "capacity", "maximum", "bill", "bill + wear", "kWh given", "mean peak kW", "bound"
    lines = ["{:<22} {:>8} {:>9} {:>8} {:>7} {:>12} {:>10} {:>13} {:>6}".format(*head)]
    for name, year in found.items():
        title = "balance (rules, buffer 0)" if name == "rules 0" else name.replace("rules ", "rules, buffer ")
        lines.append("{:<25} {:>5.0f} {:>9.0f} {:>8.0f} {:>7.0f} {:>12.1f} {:>10.0f} {:>13.2f} {:>6}".format(
            title, year.energy, year.capacity, year.maximum, year.bill, year.whole, year.given_kwh,
            year.peak_w / 1000, year.bound))
    return lines + ["", "Choices:"] + ["- " + choice for choice in CHOICES]
