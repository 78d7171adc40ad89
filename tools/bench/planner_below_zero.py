"""Afternoons far below zero: the plan against a mixed-integer optimum, where both at once is forbidden too.

A linear programme would charge and discharge in the same slot there; its figure cannot be had. Value is what
the plan loses of all that could be gained on doing nothing.
"""

import random

import numpy
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

from tools.bench.planner_peer import random_case
from tools.plan import board, question

CASES = 24
SLOTS = 48
MOST_LOST = 1.0  # percent of the gain, mean
SECONDS = 20  # for one case of the peer's


def rows():
    """Mean and largest loss over random afternoons, half of them with a month peak."""
    chance = random.Random(3)
    cases = [question.whole_numbers(afternoon(chance, bool(place % 2))) for place in range(CASES)]
    lost = []
    for numbers, plan in zip(cases, board.plans(cases)):
        best, idle = physical_optimum(numbers), doing_nothing(numbers)
        lost.append(float(100 * (plan["cost"] / 1e12 - best) / max(idle - best, 1e-6)))
    name = "plan far below zero, {} cases: gain lost to the mixed-integer optimum, {}"
    return [
        {"name": name.format(CASES, "mean"), "value": sum(lost) / CASES, "unit": "%", "limit": MOST_LOST,
         "peer": "HiGHS, mixed-integer"},
        {"name": name.format(CASES, "most"), "value": max(lost), "unit": "%"},
    ]


def afternoon(chance, peak):
    """A random case with four hours of prices that fall down to -0.5, -0.9 or -1.6 EUR/kWh."""
    case = random_case(chance, SLOTS, peak)
    depth = chance.choice((0.5, 0.9, 1.6))
    for slot in range(16, 32):
        price = chance.uniform(-depth, 0.02)
        case["buy_eur_kwh"][slot] = round(price * 1.06 + 0.15, 6)
        case["sell_eur_kwh"][slot] = round(min(price * 0.95 - 0.01, price * 1.06 + 0.15), 6)
    return case


def doing_nothing(numbers):
    """The objective in euro of a battery that rests."""
    cost = sum(net * (buy if net > 0 else sell)
               for net, buy, sell in zip(numbers["net"], numbers["buy"], numbers["sell"]))
    cost += numbers.get("peak", 0) * max(0, max(numbers["net"]) - numbers.get("paid", 0))
    return (cost - numbers["leftover"] * numbers["soc"]) / 1e12


def physical_optimum(numbers):
    """Least objective in euro where each slot has one switch for the battery and one for the meter."""
    slots, kwh = len(numbers["buy"]), 1e-6
    buy, sell, charge, discharge, stored, battery, meter, peak = (place * slots for place in range(8))
    prices, low, high = numpy.zeros(peak + 1), numpy.zeros(peak + 1), numpy.full(peak + 1, numpy.inf)
    prices[buy:sell], prices[sell:charge] = numbers["buy"], [-price for price in numbers["sell"]]
    prices[discharge:stored], prices[battery - 1] = numbers["wear"], -numbers["leftover"]
    prices[peak], low[peak] = numbers.get("peak", 0), numbers.get("paid", 0) * kwh
    low[stored:battery], high[stored:battery] = numbers["low"] * kwh, numbers["high"] * kwh
    high[battery:peak] = 1
    table, least, most = _rows_of(numbers, slots, kwh, peak)
    whole = numpy.zeros(peak + 1)
    whole[battery:peak] = 1
    found = milp(prices, constraints=LinearConstraint(table.tocsr(), least, most), bounds=Bounds(low, high),
                 integrality=whole, options={"time_limit": SECONDS})
    if found.x is None:
        raise RuntimeError(found.message)
    return (found.fun - prices[peak] * low[peak]) / 1e6


def _rows_of(numbers, slots, kwh, peak):
    """(table, least, most) of seven rows a slot: wire, store, peak, two for each switch."""
    into, out_of = numbers["charge"] * kwh, numbers["discharge"] * kwh
    large = max(abs(net) for net in numbers["net"]) * kwh + into + out_of
    table = lil_matrix((7 * slots, peak + 1))
    least, most = numpy.full(7 * slots, -numpy.inf), numpy.zeros(7 * slots)
    for slot in range(slots):
        buy, sell, charge, discharge, stored, battery, meter = range(slot, peak, slots)
        net = numbers["net"][slot] * kwh
        rows_ = (
            ({buy: 1, sell: -1, charge: -1, discharge: 1}, net, net),
            ({stored: 1, charge: -numbers["eta_c"] / 1e6, discharge: 1e6 / numbers["eta_d"]}, 0, 0),
            ({buy: 1, peak: -1}, -numpy.inf, 0),
            ({charge: 1, battery: -into}, -numpy.inf, 0),
            ({discharge: 1, battery: out_of}, -numpy.inf, out_of),
            ({buy: 1, meter: -large}, -numpy.inf, 0),
            ({sell: 1, meter: large}, -numpy.inf, large),
        )
        for place, (terms, least[7 * slot + place], most[7 * slot + place]) in enumerate(rows_):
            for column, value in terms.items():
                table[7 * slot + place, column] = value
        if slot:
            table[7 * slot + 1, stored - 1] = -1
    least[1] = most[1] = numbers["soc"] * kwh
    return table, least, most
