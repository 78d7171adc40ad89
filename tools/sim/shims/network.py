"""The network interfaces of a board on a desk: loopback, always up. No radio yet."""

AP_IF, STA_IF = 1, 0
STAT_IDLE, STAT_GOT_IP = 1000, 1010
AUTH_OPEN, AUTH_WPA2_PSK, AUTH_WPA3_PSK = 0, 3, 6
PHY_LAN8710, PHY_LAN8720, PHY_IP101, PHY_RTL8201, PHY_DP83848, PHY_KSZ8041, PHY_KSZ8081 = 0, 1, 2, 3, 4, 5, 6
PHY_W5500, PHY_KSZ8851SNL, PHY_DM9051 = 102, 100, 101
_ADDRESS = ("127.0.0.1", "255.0.0.0", "127.0.0.1", "127.0.0.1")
_name = ["mpy-sim"]


def hostname(name=None):
    """Read or set."""
    if name is not None:
        _name[0] = name
    return _name[0]


class _Interface:
    def __init__(self, *_parts, **_more):
        self._active = False
        self._config = {}

    def active(self, on=None):
        """Read or set."""
        if on is not None:
            self._active = bool(on)
        return self._active

    def isconnected(self):
        """Loopback is there as soon as it is active."""
        return self._active

    def status(self, *_what):
        """As `isconnected`, in numbers."""
        return STAT_GOT_IP if self._active else STAT_IDLE

    def ifconfig(self, _parts=None):
        """The old call: address, mask, gateway, DNS."""
        return _ADDRESS if self._active else ("0.0.0.0",) * 4

    def ipconfig(self, what=None, **_more):
        """The new call; only addr4 is asked for."""
        if what == "addr4":
            return _ADDRESS[:2] if self._active else ("0.0.0.0", "0.0.0.0")
        return None

    def config(self, what=None, **more):
        """Read one, or set some."""
        if what is not None:
            return self._config.get(what)
        self._config.update(more)


class LAN(_Interface):
    """Ethernet."""


class WLAN(_Interface):
    """Access point or station; `connect` and `scan` find nobody."""

    IF_AP, IF_STA = AP_IF, STA_IF

    def connect(self, *_parts, **_more):
        """Nobody is there."""

    def disconnect(self):
        """Nothing to leave."""

    def scan(self):
        """An empty street."""
        return []
