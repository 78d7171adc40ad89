"""The captive DNS on its port: each datagram to web/dns.py, its answer back. Knows one socket, no name."""

import asyncio
import select
import socket

from ..web.dns import answer

_TURN_MS = 40    # a phone waits seconds for an answer
_BURST = 8       # datagrams in a turn: a flood must not keep the others from running
_MOST = 512


async def serve_dns(beat, port=53, host="0.0.0.0"):
    """Endless. OSError: the port is taken."""
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_REUSEADDR", 4), 1)
        door.setblocking(False)
        door.bind(socket.getaddrinfo(host, port)[0][-1])
        ask = select.poll()
        ask.register(door, select.POLLIN)
        while True:
            beat()
            for _ in range(_BURST):
                if not ask.poll(0):
                    break
                _serve(door)
            await asyncio.sleep_ms(_TURN_MS)
    finally:
        door.close()


def _serve(door):
    try:
        query, asker = door.recvfrom(_MOST)
        said = answer(query)
        if said:
            door.sendto(said, asker)
    except OSError:
        pass  # gone again before its answer; the next one asks anew
