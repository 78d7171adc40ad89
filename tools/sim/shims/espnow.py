"""ESP-NOW on a desk without air: the interface is there, nobody hears.

The names and errors are those of the ESP32 port, so that a role which starts a
radio starts here too; frames will travel when the harness has an air process.
"""

MAX_DATA_LEN = 250
KEY_LEN = 16
ADDR_LEN = 6
MAX_TOTAL_PEER_NUM = 20
MAX_ENCRYPT_PEER_NUM = 6
_NOT_INIT, _EXIST, _NOT_FOUND = -12389, -12395, -12393


class ESPNow:
    """Peers are remembered, frames are lost."""

    def __init__(self):
        self._active = False
        self._peers = {}

    def active(self, on=None):
        """Read or set."""
        if on is not None:
            self._active = bool(on)
        return self._active

    def config(self, _what=None, **_more):
        """Accepted and forgotten."""

    def set_pmk(self, _key):
        """Accepted and forgotten."""

    def add_peer(self, mac, *parts, **_more):
        """OSError when known already, as on the chip."""
        if mac in self._peers:
            raise OSError(_EXIST, "ESP_ERR_ESPNOW_EXIST")
        self._peers[bytes(mac)] = parts

    def del_peer(self, mac):
        """OSError when unknown."""
        if self._peers.pop(bytes(mac), None) is None:
            raise OSError(_NOT_FOUND, "ESP_ERR_ESPNOW_NOT_FOUND")

    def send(self, mac, _data=None, _sync=True):
        """False: no acknowledgement came. OSError when not active or not a peer."""
        if not self._active:
            raise OSError(_NOT_INIT, "ESP_ERR_ESPNOW_NOT_INIT")
        if mac is not None and bytes(mac) not in self._peers:
            raise OSError(_NOT_FOUND, "ESP_ERR_ESPNOW_NOT_FOUND")
        return False

    def recv(self, _timeout_ms=None):
        """Nothing came."""
        return (None, None)

    irecv = recv

    def any(self):
        """Nothing waits."""
        return False
