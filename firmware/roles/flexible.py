"""Joins a charger and a boiler to the decision, as the settings tell them. Loaded where there is one.

A program or a device that speaks to the load tells what it draws and obeys its ceiling:
web_loads.py is its door. Knows settings; how a budget is shared is control/loads.py's.
"""

from ..control.loads import Flexible, Load


def control_of(wishes, get):
    """A Flexible over the loads of the settings; `get`: a setting by its name."""
    found = []
    most_w = get("loads.car_w")
    if most_w:
        found.append(Load("car", get("loads.car_mode"), most_w, get("loads.car_least_w"), True))
    most_w = get("loads.boiler_w")
    if most_w:
        # A relay: all or nothing.
        found.append(Load("boiler", get("loads.boiler_mode"), most_w, most_w))
    return Flexible(wishes, found)
