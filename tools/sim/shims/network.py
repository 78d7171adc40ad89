"""The network interfaces of a board on a desk: a radio that speaks to the harness's air, a wire to its LAN.

Wi-Fi tells the air on what channel and with which interfaces this board listens; an
access point's channel rules. SIM_AIR_PORT is the air's UDP port on loopback; without it
the street is empty. SIM_ADDRESS is what DHCP gives. Terse: on a chip this is in ROM.
"""

import os

from machine import unique_id

AUTH_WPA2_PSK = 3


def __getattr__(name):
    if name[:4] != "PHY_":
        raise AttributeError(name)
    return 0  # whatever chip the wire is on


_name = ["mpy-sim"]
# What the air knows of us: "T", MAC, channel, bits: 1 station, 2 access point, 4 ESP-NOW.
radio = bytearray(b"T" + unique_id() + b"\x01\x00")
_air = []


def hostname(name=None):
    """Read or set."""
    if name is not None:
        _name[0] = name
    return _name[0]


def ipconfig(**more):
    """Name servers: nobody asks one here."""


def air():
    """The socket to the air, opened once; None where there is none."""
    if not _air:
        _air.append(None)
        if os.getenv("SIM_AIR_PORT"):
            import usocket
            _air[0] = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
            _air[0].connect(usocket.getaddrinfo("127.0.0.1", int(os.getenv("SIM_AIR_PORT")))[0][-1])
            _air[0].setblocking(False)
    return _air[0]


def tell(value=0, on=False, channel=0):
    """Change what the air knows of us."""
    radio[8] = radio[8] | value if on else radio[8] & ~value
    radio[7] = channel or radio[7]
    if air():
        _air[0].write(radio)


class _Interface:
    def __init__(self, *value, **more):
        self._active = False
        self._config = {}

    def active(self, on=None):
        """Read or set."""
        if on is not None:
            self._active = bool(on)
        return self._active

    def isconnected(self):
        """The wire is in as soon as it is active."""
        return self._active

    def status(self, *value):
        """As `isconnected`, in numbers."""
        return 1010 if self.isconnected() else 1000

    def ifconfig(self, value=None):
        """The old call: address, mask, gateway, DNS."""
        address, mask = self.ipconfig("addr4")
        return (address, mask, address, address)

    def ipconfig(self, value=None, **more):
        """The new call; only addr4 is asked for."""
        if value == "addr4":
            return (os.getenv("SIM_ADDRESS") or "127.0.0.1" if self._active else "0.0.0.0", "255.255.255.0")
        return None

    def config(self, value=None, **more):
        """Read one, or set some."""
        if value is not None:
            return self._config.get(value)
        self._config.update(more)


class LAN(_Interface):
    """Ethernet."""


class WLAN(_Interface):
    """Access point or station; nobody is there to connect to."""

    IF_AP, IF_STA, PM_NONE = 1, 0, 0

    def __init__(self, id=0):
        self._bit = 1 + id
        self._channel = 0

    def active(self, on=None):
        """Read or set; Wi-Fi outlives whoever asked for it."""
        if on is not None:
            tell(self._bit, on, self._channel if on and self._bit == 2 else 0)
        return bool(radio[8] & self._bit)

    def isconnected(self):
        """To nobody."""
        return False

    def config(self, value=None, channel=0, **more):
        """Read "mac" or "channel", or set the channel; the rest is accepted. OSError: refused by Wi-Fi."""
        if value == "mac":
            return bytes(radio[1:6]) + bytes((radio[6] + self._bit - 1 & 255,))
        if value == "channel":
            return radio[7]
        if channel and not 1 <= channel <= 13:
            raise OSError(-1, "ESP_ERR_INVALID_ARG")
        if channel and (self._bit == 2 or not radio[8] & 2):
            self._channel = channel  # an access point that is on rules; before, it is remembered
            if self.active():
                tell(channel=channel)

    def ifconfig(self, value=None):
        """An access point's own address; setting it starts its DHCP, which nobody asks here."""
        return ("192.168.4.1", "255.255.255.0", "192.168.4.1", "192.168.4.1")
