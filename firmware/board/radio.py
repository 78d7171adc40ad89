"""The box's radio as a carrier of frames: Wi-Fi in a known state, ESP-NOW on top of it.

Knows interfaces, the channel rule and the driver's bounds; refuses to know what a
frame says. On a gateway ESP-NOW goes out through the access point, whose channel is
everybody's; the station stays off there, because one that seeks a network makes
the radio deaf (facts: micropython B2). A member uses the station, connected to
nothing, and follows the channel it is tuned to. Frames are sent without waiting for
the radio's own acknowledgement: that one proves nothing and holds the box up to 100 ms.
"""

import espnow
import network

BROADCAST = b"\xff\xff\xff\xff\xff\xff"
_FRAME_MOST = 250      # a frame any ESP-NOW version carries
_PEERS_MOST = 20       # the driver's table, the broadcast address included
_LOCKED_MOST = 6       # of them encrypted
_HEARD_MOST = 40       # MACs the driver remembers having heard: whoever forges MACs makes it grow
_RXBUF = 2112          # eight whole frames: a collection or a flash write may take that long
_PMK = b"jullix link 1pmk"  # no secret, only not the public default; secrets are the keys of each peer


class Radio:
    """Carrier for serve_link: `take`, `send`, `route_of`, `tune`. A route is a radio's MAC, 6 bytes."""

    def __init__(self, channel, ssid="", password=""):
        """`ssid`: on a gateway, the name of its access point; "" on a member. OSError: no radio."""
        self._point = network.WLAN(network.WLAN.IF_AP)
        self._station = network.WLAN(network.WLAN.IF_STA)
        self._point.active(False)   # Wi-Fi outlives a soft reset
        self._station.active(False)
        if ssid:
            self._interface = network.WLAN.IF_AP
            self._point.config(ssid=ssid, key=password, security=network.AUTH_WPA2_PSK, channel=channel)
            self._point.active(True)
        else:
            self._interface = network.WLAN.IF_STA
            self._station.active(True)
            self._station.config(pm=self._station.PM_NONE)  # modem sleep loses frames
            self._station.config(channel=channel or 1)
        self._got = [None, bytearray(_FRAME_MOST), 0, 0]
        self._known = []    # routes in the driver's table, the one used last at the end
        self._locked = {}   # route -> key
        self._now = espnow.ESPNow()
        self._now.active(False)
        self._now.config(rxbuf=_RXBUF)
        self._now.active(True)
        self._now.set_pmk(_PMK)
        self._add(BROADCAST)

    def take(self):
        """(route, frame, rssi) of a frame that came in, or None. The next take overwrites the frame."""
        got = self._got
        size = self._now.recvinto(got, 0)
        if not size:
            return None
        heard = self._now.peers_table
        if len(heard) > _HEARD_MOST:
            heard.clear()
        return got[0], memoryview(got[1])[:size], got[2]  # on a chip the buffer is `size` long by now

    def send(self, route, frame):
        """Hand a frame to the radio; False: it had no room, or the address is none."""
        try:
            if route != BROADCAST:
                self._know(route)
            self._now.send(route, frame, False)
        except OSError:
            return False
        return True

    def route_of(self, mac):
        """The way to a box not heard yet: everybody's address."""
        return BROADCAST

    def tune(self, channel):
        """Listen and send on `channel`; an access point's is fixed.

        What waits was heard on the old one and goes: an answer that came at the last moment would else
        be taken for one from here.
        """
        if self._interface == network.WLAN.IF_STA:
            self._station.config(channel=channel)
            while self._now.recvinto(self._got, 0):
                pass

    def lock(self, route, key):
        """Have frames to and from `route` encrypted with `key` (16 bytes) as well; None: no more.

        False where six are already: the chip has room for no more.
        """
        if key is None:
            self._locked.pop(route, None)
        elif route not in self._locked and len(self._locked) >= _LOCKED_MOST:
            return False
        else:
            self._locked[route] = key
        self._forget(route)
        return True

    def _know(self, route):
        """Into the driver's table, the one not used for longest out of it when it is full."""
        if route in self._known:
            if self._known[-1] == route:
                return
            self._known.remove(route)
            self._known.append(route)
            return
        while len(self._known) >= _PEERS_MOST - 1:
            self._forget(self._known[0])
        self._add(route)
        self._known.append(bytes(route))

    def _add(self, route):
        key = self._locked.get(route)
        try:
            if key:
                self._now.add_peer(route, lmk=key, encrypt=True, ifidx=self._interface)
            else:
                self._now.add_peer(route, ifidx=self._interface)
        except OSError as error:
            if "EXIST" not in str(error):  # a soft reset may have left it there
                raise

    def _forget(self, route):
        if route in self._known:
            self._known.remove(route)
            try:
                self._now.del_peer(route)
            except OSError:
                pass
