"""The planner's peer: the same case as a linear programme for HiGHS, and random cases for both.

Takes cases in the JSON form of tools.plan, so it shares no number with the firmware's whole ones.
"""

import numpy
from scipy.optimize import linprog
from scipy.sparse import lil_matrix


def optimum(case, charger=None):
    """Least objective in euro, by HiGHS (facts: ems 4.8); a RuntimeError with its words if it finds none.

    charger: (first, until, most, need), slots and AC mWh as in firmware/planner/loads.py.
    """
    slots, battery, peak = len(case["buy_eur_kwh"]), case["battery"], case["peak"]
    hours = case["slot_s"] / 3600
    buys, sells, charges, discharges, stores = (slice(n * slots, (n + 1) * slots) for n in range(5))
    prices = numpy.zeros(5 * slots + 1)
    prices[buys] = case["buy_eur_kwh"]
    prices[sells] = [-price for price in case["sell_eur_kwh"]]
    prices[discharges] = battery["wear_eur_kwh"]
    prices[stores.stop - 1] -= case["leftover_eur_kwh"]
    prices[-1] = peak["eur_kw"] if peak else 0
    paid = peak["paid_w"] / 1000 if peak else 0
    low = min(battery["min_wh"], battery["soc_wh"]) / 1000
    high = max(battery["max_wh"], battery["soc_wh"]) / 1000
    limits = [(0, None)] * (2 * slots) + [(0, battery["charge_w"] * hours / 1000)] * slots
    limits += [(0, battery["discharge_w"] * hours / 1000)] * slots + [(low, high)] * slots + [(paid, None)]
    equal, right = _balances(case, slots)
    if charger:
        prices = numpy.append(prices, numpy.zeros(slots))
        limits += [(0, charger[2] / 1e6 * (charger[0] <= slot < charger[1])) for slot in range(slots)]
        equal, right = _with_charger(equal, right, slots, charger[3] / 1e6)
    under = lil_matrix((slots, len(prices)))
    for slot in range(slots):
        under[slot, slot], under[slot, 5 * slots] = 1, -hours
    found = linprog(prices, under.tocsr(), numpy.zeros(slots), equal.tocsr(), right, limits, method="highs")
    if found.status:
        raise RuntimeError(found.message)
    return found.fun - prices[5 * slots] * paid


def _with_charger(equal, right, slots, need):
    """The same rows with the charger's power on the wire, and one more: what it must have in all."""
    wide = lil_matrix((2 * slots + 1, 6 * slots + 1))
    wide[:2 * slots, :5 * slots + 1] = equal
    for slot in range(slots):
        wide[slot, 5 * slots + 1 + slot] = -1
        wide[2 * slots, 5 * slots + 1 + slot] = 1
    return wide, numpy.append(right, need)


def _balances(case, slots):
    """Energy on the wire and energy in the battery, one row a slot each, in kWh."""
    battery = case["battery"]
    equal, right = lil_matrix((2 * slots, 5 * slots + 1)), numpy.zeros(2 * slots)
    for slot in range(slots):
        for place, sign in ((0, 1), (1, -1), (2, -1), (3, 1)):
            equal[slot, place * slots + slot] = sign
        right[slot] = (case["load_wh"][slot] - case["pv_wh"][slot]) / 1000
        row = slots + slot
        equal[row, 4 * slots + slot] = 1
        equal[row, 2 * slots + slot] = -battery["eta_charge"]
        equal[row, 3 * slots + slot] = 1 / battery["eta_discharge"]
        if slot:
            equal[row, 4 * slots + slot - 1] = -1
    right[slots] = battery["soc_wh"] / 1000
    return equal, right


def random_case(random, slots=None, peak=True):
    """A case with hourly prices around a mean, appliances, clouds, any battery; convex: no price below 0."""
    slots = slots or random.choice((1, 4, 44, 96, 140))
    mean, buy, sell = random.uniform(0.03, 0.3), [], []
    for slot in range(slots):
        if slot % 4 == 0:
            price = max(0.001, random.gauss(mean, 0.1))
        buy.append(round(price * 1.06 + 0.05, 6))
        sell.append(round(price * 0.9 - 0.02, 6) if price > 0.03 else 0.0)
    capacity = random.uniform(1500, 20000)
    low = random.uniform(0, 0.3) * capacity
    return {
        "slot_s": random.choice((900, 900, 3600)), "buy_eur_kwh": buy, "sell_eur_kwh": sell,
        "load_wh": [random.expovariate(1 / 120) + (random.random() < 0.1) * random.uniform(0, 1500)
                    for _ in buy],
        "pv_wh": [max(0, random.gauss(0, 400)) * (random.random() < 0.5) for _ in buy],
        "battery": {
            "capacity_wh": capacity, "soc_wh": random.uniform(low, capacity), "min_wh": low,
            "max_wh": capacity, "charge_w": random.uniform(300, 6000),
            "discharge_w": random.uniform(300, 6000), "eta_charge": random.uniform(0.85, 1),
            "eta_discharge": random.uniform(0.85, 1), "wear_eur_kwh": random.choice((0, 0.03, 0.09)),
        },
        "leftover_eur_kwh": random.uniform(0, 0.3),
        "peak": {"eur_kw": random.uniform(3, 6), "paid_w": random.uniform(0, 3000)} if peak else None,
    }
