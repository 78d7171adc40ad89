"""ESP-NOW on a desk: the ESP32 port's names, limits and errors, over datagrams to the harness's air.

To the air: "F" (station) or "G" (access point), destination, frame; "P" or "D", MAC, key:
a peer's key is known or forgotten. From it: MAC, rssi, length, channel, frame; always equally
long, because the VM's readinto goes on until its buffer is full. What a chip has in ROM weighs
on the VM's heap, so this file is terse and what is seldom called is in espnow_rest.py.
Unlike on a chip, a buffer that is read into keeps its length.
"""

import sys
from time import ticks_ms

from network import air, radio, tell

MAX_DATA_LEN, KEY_LEN, ADDR_LEN, MAX_TOTAL_PEER_NUM, MAX_ENCRYPT_PEER_NUM = 250, 16, 6, 20, 6


def _error(number, word):
    raise OSError(-12388 - number, "ESP_ERR_ESPNOW_" + word)


class ESPNow:
    """A singleton on the chip; one is made here too."""

    def __init__(self):
        self.known = {}        # MAC -> (key or None, interface)
        self.peers_table = {}   # MAC -> [rssi, ms]: of all ever heard
        self._got = None
        self._pmk = b""

    def __getattr__(self, name):
        import espnow_rest
        del sys.modules["espnow_rest"]
        return lambda *parts: getattr(espnow_rest, name)(self, *parts)

    def active(self, on=None):
        """Read or set."""
        if on is not None:
            self._got = bytearray(9 + MAX_DATA_LEN) if on else None
            if not on:
                self.known.clear()
            tell(4, on)
        return self._got is not None

    def config(self, _what=None, **_more):
        """Accepted; the receive buffer is the kernel's."""

    def set_pmk(self, key):
        """The key that locks the peers' keys."""
        self._pmk = key

    def add_peer(self, mac, lmk=None, channel=0, ifidx=0, encrypt=None):
        """OSError: known already (EXIST), no room (FULL), not active (NOT_INIT)."""
        if self._got is None:
            _error(1, "NOT_INIT")
        if mac in self.known:
            _error(7, "EXIST")
        locked = [one for one in self.known.values() if one[0]]
        if len(self.known) >= MAX_TOTAL_PEER_NUM or (lmk and len(locked) >= MAX_ENCRYPT_PEER_NUM):
            _error(4, "FULL")
        self.known[bytes(mac)] = (lmk, ifidx)
        if air():
            air().write(b"P" + mac + (self._pmk + lmk if lmk else b""))

    def del_peer(self, mac):
        """OSError when unknown."""
        if self.known.pop(bytes(mac), None) is None:
            _error(5, "NOT_FOUND")
        if air():
            air().write(b"D" + mac)

    def send(self, mac, frame=None, sync=True):
        """True: gone (sync False) or acknowledged by a radio. OSError as on the chip."""
        if self._got is None:
            _error(1, "NOT_INIT")
        peer = self.known.get(mac)
        if peer is None:
            _error(5, "NOT_FOUND")
        if not 0 < len(frame) <= MAX_DATA_LEN:
            _error(2, "ARG")
        if not radio[8] & 1 + peer[1]:
            _error(8, "IF")
        whole = b"FG"[peer[1] : peer[1] + 1] + mac + frame
        if sync:
            return self.send_and_wait(whole)
        if air() and air().write(whole) is None:
            _error(3, "NO_MEM")
        return True

    def recvinto(self, got, _timeout_ms=None):
        """Fill [mac, buffer, rssi, ms] with what waits; the frame's length, 0 when nothing does."""
        if self._got is None:
            _error(1, "NOT_INIT")
        while True:
            if not air() or not air().readinto(self._got):
                return 0
            if self._got[8] == radio[7]:  # else it crossed our change of channel
                break
        whole = memoryview(self._got)
        mac, rssi, size, now = bytes(whole[:6]), whole[6] - 256, whole[7], ticks_ms()
        self.peers_table[mac] = [rssi, now]
        got[0] = mac
        got[1][:size] = whole[9 : 9 + size]
        if len(got) > 2:
            got[2:] = [rssi, now][: len(got) - 2]
        return size
