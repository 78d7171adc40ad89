"""Radios made of sockets on an air, for tests: no board, no VM."""

import asyncio

from tools.sim.air import Air
from tools.sim.clock import Clock

GATEWAY, SHED, CELLAR = (bytes([2, 0, 0, 0, 0, n]) for n in (0x10, 0x20, 0x30))
STATION, POINT, NOW = 1, 2, 4


class Radio(asyncio.DatagramProtocol):
    """Speaks for one board as shims/network.py and shims/espnow.py do."""

    def __init__(self, mac):
        self.mac = mac
        self.got = []

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, _):
        assert len(data) == 9 + 250
        self.got.append((data[:6], data[6] - 256, data[9 : 9 + data[7]]))

    def tune(self, channel, bits):
        self.transport.sendto(b"T" + self.mac + bytes([channel, bits]))

    def send(self, target, frame):
        self.transport.sendto((b"F" if self.mac != GATEWAY else b"G") + target + frame)

    def frames(self):
        return [frame for _, _, frame in self.got]


def point(mac):
    """The MAC of the access point of that board."""
    return mac[:5] + bytes([mac[5] + 1])


def told(story, places=((0, 0), (5, 0), (0, 5)), **how):
    """Run `story(air, gateway, shed, cellar)`, all on channel 6, and wait between its steps."""

    async def run():
        air = Air(Clock(20), **how)
        for name, mac, place in zip(("gateway", "shed", "cellar"), (GATEWAY, SHED, CELLAR), places):
            air.add(name, mac, place)
        await air.open()
        radios = []
        for mac in (GATEWAY, SHED, CELLAR):
            loop = asyncio.get_running_loop()
            _, radio = await loop.create_datagram_endpoint(
                lambda mac=mac: Radio(mac), remote_addr=("127.0.0.1", air.port)
            )
            radio.tune(6, NOW | (POINT if mac == GATEWAY else STATION))
            radios.append(radio)
        await asyncio.sleep(0.02)
        await story(air, *radios)
        for radio in radios:
            radio.transport.close()
        air.close()
        return air

    return asyncio.run(run())


async def soon():
    """Several turns of the loop, so that a machine that stood still in between does no harm."""
    for _ in range(8):
        await asyncio.sleep(0.005)
