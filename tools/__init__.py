"""Programs for the desk, under CPython: setting up, simulating, checking, measuring, building and flashing."""
