"""Waveshare ESP32-S3-ETH: ESP32-S3, W5500 with its INT line wired, octal PSRAM, 16 MB flash.

Ethernet pins as the maker prints them (RST 9, INT 10, MOSI 11, MISO 12, SCLK 13,
CS 14); MicroPython refuses a W5500 without INT (facts: micropython F). GPIO 33
to 37 belong to the octal PSRAM, 19 and 20 to USB, 4 to 7 to the card slot, 21 to
the coloured LED. A transceiver without automatic direction has its DE on 16.
"""

PROFILE = {
    "name": "s3_w5500",
    "chip": "esp32s3",
    "psram": "octal",
    "p1": {"uart": 1, "rx": 15, "tx": 39, "request": 1, "inverted_by_board": False},
    "rs485": {"uart": 2, "tx": 17, "rx": 18, "direction": 16},
    "lamp": {"pin": 2, "lit": 1},
    "button": {"pin": 0, "pressed": 0},
    "ethernet": {
        "phy": "W5500", "spi": 1, "sck": 13, "mosi": 11, "miso": 12,
        "cs": 14, "interrupt": 10, "reset": 9, "address": 1,
    },
}
