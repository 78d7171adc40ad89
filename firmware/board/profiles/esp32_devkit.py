"""A plain ESP32 development kit (30 or 38 pins) with no Ethernet: the cheapest desk board.

Keeps off 16 and 17, which a WROVER's PSRAM owns, so the same wiring serves both
(facts: esp32_measured). GPIO 34 is an input without a pull-up: good for P1.
"""

PROFILE = {
    "name": "esp32_devkit",
    "chip": "esp32",
    "psram": None,
    "p1": {"uart": 1, "rx": 34, "tx": 13, "request": 32, "inverted_by_board": False},
    "rs485": {"uart": 2, "tx": 26, "rx": 25, "direction": 27},
    "lamp": {"pin": 2, "lit": 1},
    "button": {"pin": 0, "pressed": 0},
    "ethernet": None,
}
