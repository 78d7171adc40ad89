"""Lines as slow and as dirty as they are said to be."""

import asyncio
import os

from tools.sim.clock import Clock
from tools.sim.line import Pty, Wire


def carry(data, baud, **spoil):
    """(bytes that came out, virtual seconds they took)."""

    async def scene():
        clock, pty = Clock(), Pty()
        wire = Wire(clock, [pty.fd], baud, seed=3)
        for name, value in spoil.items():
            setattr(wire, name, value)
        running = asyncio.ensure_future(wire.run())
        reader = os.open(pty.path, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        began, got = clock.now(), b""
        wire.put(data)
        while clock.now() - began < len(data) * 10 / baud + 0.1:
            await asyncio.sleep(0.002)
            try:
                got += os.read(reader, 4096)
                ended = clock.now()
            except BlockingIOError:
                continue
        running.cancel()
        os.close(reader)
        pty.close()
        return got, (ended - began if got else None)

    return asyncio.run(scene())


def test_bytes_take_as_long_as_their_baud_rate_says():
    data = bytes(range(200))
    got, seconds = carry(data, 9600)
    assert got == data
    assert seconds >= 200 * 10 / 9600 - 0.003  # never quicker than copper


def test_a_cut_wire_carries_nothing():
    assert carry(b"hello" * 20, 115200, cut=True)[0] == b""


def test_flipped_bits_keep_the_length_and_dropped_bytes_do_not():
    data = bytes(1000)
    flipped, _ = carry(data, 115200, corrupt=0.05)
    assert len(flipped) == 1000 and 10 < sum(byte != 0 for byte in flipped) < 120
    dropped, _ = carry(data, 115200, drop=0.05)
    assert 880 < len(dropped) < 990


def test_an_unread_tty_loses_bytes_and_never_blocks():
    async def scene():
        clock, pty = Clock(20), Pty()
        wire = Wire(clock, [pty.fd], 115200)
        running = asyncio.ensure_future(wire.run())
        wire.put(bytes(20000))
        await clock.sleep(2.5)
        assert wire.carried == 20000
        running.cancel()
        pty.drain()
        pty.close()

    asyncio.run(scene())
