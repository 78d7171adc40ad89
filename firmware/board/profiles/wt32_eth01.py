"""Wireless-Tag WT32-ETH01: ESP32, LAN8720 on RMII, no PSRAM, 4 MB flash.

Pins as printed on the board: 485_EN = 33, RXD = 5, TXD = 17. IO39, 36 and 35 are
inputs without a pull-up: the P1 data line (open collector) needs its own 1 to
10 kilo-ohm to 3.3 V. Oscillator enable is IO16 (board revision 1.4), its 50 MHz
come in on IO0 (facts: micropython F).
"""

PROFILE = {
    "name": "wt32_eth01",
    "chip": "esp32",
    "psram": None,
    "p1": {"uart": 1, "rx": 35, "tx": 14, "request": 4, "inverted_by_board": False},
    "rs485": {"uart": 2, "tx": 17, "rx": 5, "direction": 33},
    "lamp": {"pin": 32, "lit": 1},
    "button": {"pin": 39, "pressed": 0},
    "ethernet": {
        "phy": "LAN8720", "mdc": 23, "mdio": 18, "address": 1,
        "power": 16, "clock": 0, "clock_out": False,
    },
}
