"""Frames of the link over UDP, for a slave Jullix on the same network: a transport as serve_link.py wants it.

Knows one socket. A box that was not heard yet is looked for at a given address, or by
broadcast. Refuses to know frames: they are closed, so it matters to nobody who else
can send to this port.
"""

import select
import socket

PORT = 45354
_MOST = 256  # a frame has 250 at most; a longer datagram is cut and then refused


def address_of(text):
    """ "192.168.1.20" or "192.168.1.20:45354" -> (host, port), else ValueError."""
    host, _, port = text.partition(":")
    if not host or (port and not port.isdigit()):
        raise ValueError("%r is no address: write it like 192.168.1.20" % text)
    return host, int(port or PORT)


class Lan:
    """bind: own (host, port); given: (host, port) of the other, or None: broadcast. OSError: port in use."""

    def __init__(self, bind=("0.0.0.0", PORT), given=None):
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_REUSEADDR", 4), 1)
        if given is None:
            self._socket.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_BROADCAST", 0x20), 1)
        self._socket.setblocking(False)
        self._socket.bind(_resolved(bind))
        self._ask = select.poll()  # asking it allocates nothing, an exception of recvfrom would
        self._ask.register(self._socket, select.POLLIN)
        self._route = _resolved(given or ("255.255.255.255", bind[1]))

    def take(self):
        """(route, frame, None) or None; radio quality is not a thing here."""
        for _ in self._ask.ipoll(0):
            try:
                frame, route = self._socket.recvfrom(_MOST)
                return route, frame, None
            except OSError:  # an earlier datagram of ours was refused over there
                return None
        return None

    def send(self, route, frame):
        """False when the network does not take it now (no cable, full buffers)."""
        try:
            return self._socket.sendto(frame, route) == len(frame)
        except OSError:
            return False

    def route_of(self, mac):
        """Where to look for a box that was not heard yet."""
        return self._route

    def tune(self, channel):
        """A cable has no channels."""

    def close(self):
        """Give the port back."""
        self._socket.close()


def _resolved(address):
    return socket.getaddrinfo(address[0], address[1])[0][-1]
