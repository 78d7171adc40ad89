"""Sockets of a board whose LAN is played: UDP goes through the harness, all else is the built-in.

As on the ESP32, an address is (host, port) and there is a broadcast. SIM_LAN is the
harness's port, SIM_ADDRESS what DHCP gave this board.
"""

import io
import os
import struct

import usocket
from usocket import *  # noqa: F403

_OWN = os.getenv("SIM_ADDRESS")


def _packed(address):
    return bytes([int(part) for part in address[0].split(".")]) + struct.pack(">H", address[1])


def getaddrinfo(host, port, *_more):
    """Numeric addresses as they are."""
    if host.replace(".", "").isdigit():
        return [(usocket.AF_INET, usocket.SOCK_DGRAM, 0, "", (host, port))]
    return usocket.getaddrinfo(host, port, *_more)


class _Udp(io.IOBase):
    def __init__(self):
        self._file = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
        self._file.connect(usocket.getaddrinfo("127.0.0.1", int(os.getenv("SIM_LAN")))[0][-1])
        self._bound = None
        self.setblocking = self._file.setblocking
        self.settimeout = self._file.settimeout
        self.close = self._file.close

    def setsockopt(self, *_parts):
        pass

    def bind(self, address):
        self._bound = _packed((_OWN, address[1]))
        self._file.write(b"B" + self._bound)

    def sendto(self, data, address):
        if self._bound is None:
            self.bind((_OWN, 50000))
        self._file.write(b"S" + self._bound + _packed(address) + data)
        return len(data)

    def recvfrom(self, most):
        data = self._file.recv(most + 6)
        return data[6:], (".".join([str(byte) for byte in data[:4]]), data[4] << 8 | data[5])

    def ioctl(self, request, argument):
        return self._file.fileno() if request == 10 else -1


def socket(family=usocket.AF_INET, kind=usocket.SOCK_STREAM, *more):
    """A socket; a UDP one is ours."""
    return _Udp() if kind == usocket.SOCK_DGRAM else usocket.socket(family, kind, *more)
