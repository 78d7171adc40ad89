"""The desk's network: datagrams between boards on one LAN."""

import asyncio

from tools.sim.clock import Clock
from tools.sim.lan import Lan


async def soon():
    """Several turns of the loop, so that a machine that stood still in between does no harm."""
    for _ in range(8):
        await asyncio.sleep(0.005)


def packed(last, port=45354):
    return bytes([192, 168, 7, last]) + port.to_bytes(2, "big")


class Socket(asyncio.DatagramProtocol):
    """Speaks as shims/lan/socket.py does."""

    def __init__(self, own):
        self.own = own
        self.got = []

    def connection_made(self, transport):
        self.transport = transport
        transport.sendto(b"B" + self.own)

    def datagram_received(self, data, _):
        self.got.append((data[:6], data[6:]))

    def send(self, target, data):
        self.transport.sendto(b"S" + self.own + target + data)


def test_the_network_knows_addresses_ports_and_broadcast():
    async def run():
        lan = Lan(Clock())
        await lan.open()
        loop = asyncio.get_running_loop()
        ends = []
        for own in (packed(2), packed(3), packed(4, 53)):
            _, end = await loop.create_datagram_endpoint(
                lambda own=own: Socket(own), remote_addr=("127.0.0.1", lan.port)
            )
            ends.append(end)
        await soon()
        ends[0].send(packed(3), b"one")
        ends[0].send(b"\xff" * 4 + packed(0)[4:], b"all")
        ends[1].send(packed(9), b"nobody")
        await soon()
        assert sorted(ends[1].got) == [(packed(2), b"all"), (packed(2), b"one")]
        assert ends[0].got == [] and ends[2].got == []
        lan.dead = True
        ends[0].send(packed(3), b"late")
        await soon()
        assert len(ends[1].got) == 2
        assert lan.report() == {"sent": 4, "heard": 2, "lost": 1, "nobody": 1}
        assert [one.frame for one in lan.sent] == [b"one", b"all", b"nobody", b"late"]
        for end in ends:
            end.transport.close()
        lan.close()

    asyncio.run(run())
