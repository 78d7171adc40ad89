"""The inverter on its bus, asked in raw bytes: the vendor's own frames, through ptys at 9600 baud."""

import asyncio
import os
import time

import pytest

from tools.sim.battery import Battery
from tools.sim.clock import Clock
from tools.sim.inverter import Inverter
from tools.sim.line import Bus
from tools.sim.sofar import Registers
from tools.sim.station import Station


def frame(text):
    return bytes.fromhex(text)


class Desk:
    """An inverter on a bus, ten times as quick as life."""

    def __init__(self, soc_pct=65.0, echo=False, speed=10):
        self.clock = Clock(speed)
        self.unit = Inverter(Battery(soc_pct=soc_pct))
        self.bus = Bus(self.clock, echo=echo)
        self.station = Station(self.clock, self.unit, Registers(self.unit), late=0)

    async def ask(self, request, patience_s=0.4):
        """Write to the master's tty, then read until it has been quiet for a while."""
        fd = os.open(self.bus.master.path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            os.write(fd, request)
            got, last = b"", time.monotonic()
            while time.monotonic() - last < patience_s:
                await asyncio.sleep(0.005)
                try:
                    part = os.read(fd, 300)
                except BlockingIOError:
                    continue
                got, last = got + part, time.monotonic()
            return got
        finally:
            os.close(fd)

    def play(self, script):
        """Run `script(desk)` with bus and station alive."""

        async def scene():
            await self.station.start(self.bus.device.path)
            carrying = asyncio.ensure_future(self.bus.run())
            try:
                await script(self)
            finally:
                carrying.cancel()
                await asyncio.gather(carrying, return_exceptions=True)
                await self.station.stop()
                self.bus.close()

        asyncio.run(scene())


@pytest.mark.parametrize(
    "request_text, reply_text",
    [
        ("01 03 02 10 00 01 84 77", "01 03 02 00 41 78 74"),  # SoC 65 %
        ("01 03 12 00 00 01 81 72", "01 03 02 00 03 F8 45"),  # work mode: passive
        ("01 42 01 01 03 E8 29 47", "01 42 02 03 00 AC 88"),  # discharge 1000 W: accepted, both ways allowed
        ("01 42 01 00 55 55 87 56", "01 42 02 03 00 AC 88"),  # standby
        ("01 10 12 00 00 01 02 00 03 D4 50", "01 10 12 00 00 01 04 B1"),  # set passive
    ],
)
def test_vendor_frames_byte_for_byte(request_text, reply_text):
    async def script(desk):
        assert await desk.ask(frame(request_text)) == frame(reply_text)

    Desk().play(script)


def test_it_beats_commands_and_tells_its_state():
    async def script(desk):
        reply = await desk.ask(frame("01 49 22 01 22 02 1E DD"))
        assert reply[:3] == b"\x01\x49\x02" and len(reply) == 7
        await desk.ask(frame("01 42 01 01 03 E8 29 47"))
        for _ in range(100):
            desk.unit.step(0.1, 0)
        assert desk.unit.power_w == 1000
        assert await desk.ask(frame("01 03 02 00 00 01 85 B2")) == frame("01 03 02 00 04 B9 87")
        serial = await desk.ask(frame("01 04 20 00 00 0E 7A 0E"))
        assert serial[5:9] == b"SE1E" and len(serial) == 33

    Desk().play(script)


def test_out_of_passive_mode_the_reply_says_so():
    async def script(desk):
        desk.unit.mode = 0
        assert (await desk.ask(frame("01 42 01 01 03 E8 29 47")))[4] == 1

    Desk().play(script)


def test_strangers_and_wrong_checksums_hear_nothing():
    async def script(desk):
        assert await desk.ask(frame("02 03 02 10 00 01 84 44")) == b""
        assert await desk.ask(frame("01 03 02 10 00 01 84 78")) == b""
        assert await desk.ask(frame("88 49 22 01 22 02 01 84")) == b""  # everybody beats, nobody answers
        assert desk.station.heard == {0x49: 1}

    Desk().play(script)


def test_an_unknown_address_is_an_exception():
    async def script(desk):
        reply = await desk.ask(frame("01 03 30 00 00 01 8B 0A"))
        assert reply[:3] == b"\x01\x83\x02"

    Desk().play(script)


def test_faults_on_demand():
    ask_soc = frame("01 03 02 10 00 01 84 77")

    async def script(desk):
        desk.station.set_fault("silence_inverter", True)
        assert await desk.ask(ask_soc) == b""
        desk.station.set_fault("silence_inverter", False)
        desk.station.set_fault("exception", True, 4)
        assert (await desk.ask(ask_soc))[:3] == b"\x01\x83\x04"
        desk.station.set_fault("exception", False)
        desk.station.set_fault("wrong_crc", True)
        spoilt = await desk.ask(ask_soc)
        assert spoilt[:-1] == frame("01 03 02 00 41 78") and spoilt[-1] != 0x74
        desk.station.set_fault("wrong_crc", False)
        assert await desk.ask(ask_soc) == frame("01 03 02 00 41 78 74")

    Desk().play(script)


def test_with_an_echo_the_master_hears_itself_first():
    ask_soc = frame("01 03 02 10 00 01 84 77")

    async def script(desk):
        assert await desk.ask(ask_soc) == ask_soc + frame("01 03 02 00 41 78 74")

    Desk(echo=True).play(script)
