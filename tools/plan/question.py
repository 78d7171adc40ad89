"""A case as people write it (euro, Wh, W) to the planner's whole numbers, and its plan back again.

Knows the two JSON forms and what each field may be; refuses to know how a plan is made.
"""

import math

MOST_SLOTS = 140


class QuestionError(ValueError):
    """A field that is missing or cannot be; the text begins with its name and says what it may be."""


def whole_numbers(question):
    """The arguments of firmware.planner.case.Case for a case file's content; raises QuestionError."""
    if not isinstance(question, dict):
        raise QuestionError("the case: must be one JSON object with slot_s, buy_eur_kwh, …")
    slot_s = _number(question, "slot_s", 60, 3600)
    buy = _list(question, "buy_eur_kwh", None, -100, 100)
    sell = _list(question, "sell_eur_kwh", len(buy), -100, 100)
    load = _list(question, "load_wh", len(buy), 0, 125000)
    sun = _list(question, "pv_wh", len(buy), 0, 125000)
    peak = _part(question, "peak", optional=True)
    found = {
        "buy": [_micro(price) for price in buy], "sell": [_micro(price) for price in sell],
        "net": [_milli(used - made) for used, made in zip(load, sun)],
        "leftover": _micro(_number(question, "leftover_eur_kwh", -100, 100)),
    }
    found.update(_battery(_part(question, "battery"), slot_s))
    if peak is not None:
        found["peak"] = _micro(_number(peak, "peak.eur_kw", 0, 400 * slot_s / 3600) * 3600 / slot_s)
        found["paid"] = _milli(_number(peak, "peak.paid_w", 0, 250000) * slot_s / 3600)
    return found


def _battery(battery, slot_s):
    """The battery's numbers: energies in mWh, powers as mWh a slot, efficiencies in ppm."""
    capacity = _number(battery, "battery.capacity_wh", 0, 250000)
    high = _number(battery, "battery.max_wh", 0, capacity)
    return {
        "soc": _milli(_number(battery, "battery.soc_wh", 0, capacity)),
        "low": _milli(_number(battery, "battery.min_wh", 0, high)),
        "high": _milli(high),
        "charge": _milli(_number(battery, "battery.charge_w", 0, 250000) * slot_s / 3600),
        "discharge": _milli(_number(battery, "battery.discharge_w", 0, 250000) * slot_s / 3600),
        "eta_c": _micro(_number(battery, "battery.eta_charge", 0.5, 1)),
        "eta_d": _micro(_number(battery, "battery.eta_discharge", 0.5, 1)),
        "wear": _micro(_number(battery, "battery.wear_eur_kwh", 0, 100)),
    }


def answer(numbers, plan, slot_s):
    """The output of tools.plan from the planner's action and soc (mWh) and cost (10^-12 euro)."""
    grid = [net + action for net, action in zip(numbers["net"], plan["action"])]
    return {
        "cost_eur": plan["cost"] / 1e12,
        "import_wh": [max(0, flow) / 1000 for flow in grid],
        "export_wh": [max(0, -flow) / 1000 for flow in grid],
        "charge_wh": [max(0, action) / 1000 for action in plan["action"]],
        "discharge_wh": [max(0, -action) / 1000 for action in plan["action"]],
        "soc_wh": [stored / 1000 for stored in plan["soc"]],
        "peak_w": round(max(0, *grid, 0) * 3.6 / slot_s, 3),
        "ms": plan["ms"],
        "heap_peak": plan["heap_peak"],
    }


def _number(holder, path, least, most):
    """The finite number at the last part of `path`, between both."""
    name = path.rsplit(".", 1)[-1]
    if name not in holder:
        raise QuestionError("{}: is missing; write a number from {:g} to {:g}".format(path, least, most))
    return _checked(holder[name], path, least, most)


def _list(holder, name, length, least, most):
    """A list of numbers, one a slot; the first list says how many slots there are."""
    values = holder.get(name)
    if not isinstance(values, list):
        raise QuestionError("{}: must be a list with a number for each slot".format(name))
    if length is not None and len(values) != length:
        raise QuestionError("{}: has {} numbers, buy_eur_kwh has {}".format(name, len(values), length))
    if not 1 <= len(values) <= MOST_SLOTS:
        raise QuestionError("{}: has {} slots, a plan has 1 to {}".format(name, len(values), MOST_SLOTS))
    return [_checked(value, "{}[{}]".format(name, place), least, most) for place, value in enumerate(values)]


def _checked(value, path, least, most):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise QuestionError("{}: {!r} is no number; write one from {:g} to {:g}".format(
            path, value, least, most))
    if not least <= value <= most:
        raise QuestionError("{}: {!r} is not between {:g} and {:g}".format(path, value, least, most))
    return value


def _part(question, name, optional=False):
    """An inner object; null or absent only where that is allowed."""
    part = question.get(name)
    if part is None and optional:
        return None
    if not isinstance(part, dict):
        raise QuestionError("{}: must be an object{}".format(name, " or null" if optional else ""))
    return part


def _micro(value):
    return round(value * 1e6)


def _milli(value):
    return round(value * 1e3)
