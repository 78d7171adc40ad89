"""The radio's own encryption as a second layer, for as many boxes as the chip has room for: six.

The link's frames are closed anyway; encrypted, nobody even reads a reading. Both ends
must agree, or they are deaf to each other: the gateway chooses and says so in its
HELLOs, a member follows the last one it believed. HELLOs therefore always go to
everybody, which ESP-NOW never encrypts. Knows no frame but by its kind.
"""

from ..link.packet import HELLO


class Locks:
    """A carrier around a Radio. hub: set later, has the peers; gateway: True on the one that chooses."""

    def __init__(self, radio, gateway):
        self.hub = None
        self._radio = radio
        self._gateway = gateway
        self._locked = []    # routes
        self._look = False
        self.route_of = radio.route_of
        self.tune = radio.tune

    def take(self):
        """As Radio.take. What a HELLO has changed is acted on before the next frame is taken."""
        if self._look:
            self._look = False
            self._agree()
        got = self._radio.take()
        if got and len(got[1]) > 1 and got[1][1] == HELLO:
            self._look = True
        return got

    def send(self, route, frame):
        """As Radio.send; a HELLO goes to everybody."""
        return self._radio.send(self.route_of(None) if frame[1] == HELLO else route, frame)

    def _agree(self):
        routes = [peer.route[1] for peer in self.hub.peers if peer.route and peer.route[0] is self]
        for route in self._locked[:]:
            if route not in routes:
                self._lock(route, None)
        for peer in self.hub.peers:
            if peer.route and peer.route[0] is self:
                self._agree_with(peer, peer.route[1])

    def _agree_with(self, peer, route):
        session = peer.session
        locked = route in self._locked
        if self._gateway and not locked:
            locked = self._lock(route, session.radio_key())
        elif not self._gateway and locked != session.peer_lock:
            locked = self._lock(route, session.radio_key() if session.peer_lock else None)
        if locked != session.lock:
            session.lock = locked
            if self._gateway:
                peer.call()  # it must hear of it

    def _lock(self, route, key):
        """True when frames to and from `route` are encrypted now."""
        if not self._radio.lock(route, key):
            return False  # six are already
        if route in self._locked:
            self._locked.remove(route)
        if key:
            self._locked.append(route)
        return key is not None
