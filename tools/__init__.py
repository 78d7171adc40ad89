"""Programs for the desk, under CPython: set up, simulate, check, measure, build and flash."""
