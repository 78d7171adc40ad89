"""The firmware's planner at the desk: a case as JSON in, its optimal plan as JSON out, by MicroPython."""
