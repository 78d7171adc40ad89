"""P1 telegrams to JSON, decoded by the firmware's own P1 room inside MicroPython."""
