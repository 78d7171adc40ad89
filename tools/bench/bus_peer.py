"""A Modbus device played by pymodbus at the far end of a paced pty: the bus task's judge.

    with Peer(baud=9600) as peer:
        ...  # a program opens peer.path as its serial port

Knows the standard's functions and one vendor code, answers at once, and keeps silent for
every station but its own. Imports nothing of the firmware. The loop runs in a thread.
"""

import asyncio
import threading

from pymodbus import FramerType
from pymodbus.constants import ExcCodes
from pymodbus.exceptions import NoSuchIdException
from pymodbus.pdu import ModbusPDU
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

from tools.sim.clock import Clock
from tools.sim.line import Bus

SIZE = 1024  # of each of the four memories
_BITS = (1, 2, 5, 15)
_MEMORY = {1: 0, 5: 0, 15: 0, 2: 1, 3: 2, 6: 2, 16: 2, 4: 3}  # function code -> which memory


class Status(ModbusPDU):
    """The answer to the vendor code: a count of 2 and a status word, as Sofar's 0x42 has it."""

    function_code = 0x42

    def encode(self):
        return b"\x02\x02\x00"


class Command(ModbusPDU):
    """The vendor code: address and value, no count."""

    function_code = 0x42
    rtu_frame_size = 8

    def decode(self, data):
        self.address = int.from_bytes(data[:2], "big")
        self.value = int.from_bytes(data[2:4], "big")

    async def datastore_update(self, context, device_id):
        context.only(device_id)
        context.commands.append((self.address, self.value))
        return Status()


class Memory:
    """Coils, inputs, holding and input registers; pymodbus asks it by function code."""

    def __init__(self, station):
        self.station = station
        self.cells = [[bool(n % 3 == 0) for n in range(SIZE)], [bool(n % 5 == 0) for n in range(SIZE)],
                      [n * 7 & 0xFFFF for n in range(SIZE)], [0xFFFF - n for n in range(SIZE)]]
        self.commands = []

    def only(self, device_id):
        """Silence for other stations: a bus has nobody who would answer for them."""
        if device_id != self.station:
            raise NoSuchIdException("not this station")

    async def async_getValues(self, device_id, func_code, address, count=1):
        self.only(device_id)
        if address + count > SIZE:
            return ExcCodes.ILLEGAL_ADDRESS
        return self.cells[_MEMORY[func_code]][address : address + count]

    async def async_setValues(self, device_id, func_code, address, values):
        self.only(device_id)
        if address + len(values) > SIZE:
            return ExcCodes.ILLEGAL_ADDRESS
        for at, value in enumerate(values):
            self.cells[_MEMORY[func_code]][address + at] = bool(value) if func_code in _BITS else value
        return None


class Peer:
    """The device, its line and the thread they live in. `path`: the master's tty."""

    def __init__(self, baud=9600, echo=False, station=1):
        self.memory = Memory(station)
        self._line = Bus(Clock(), baud=baud, echo=echo)
        self.path = self._line.master.path
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._live, args=(baud,), daemon=True)

    def __enter__(self):
        self._thread.start()
        if not self._ready.wait(20):
            raise RuntimeError("the Modbus peer did not start")
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(20)
        self._line.close()

    def _live(self, baud):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve(baud))
        self._loop.close()

    async def _serve(self, baud):
        self._end = asyncio.Event()
        nobody = SimDevice(0, SimData(0, count=1, values=0, datatype=DataType.REGISTERS))
        server = ModbusSerialServer(
            nobody, framer=FramerType.RTU, port=self._line.device.path, baudrate=baud,
            ignore_missing_devices=True, custom_pdu=[Command])
        server.context = self.memory
        carrying = asyncio.create_task(self._line.run())
        await server.serve_forever(background=True)
        self._ready.set()
        await self._end.wait()
        await server.shutdown()
        carrying.cancel()
        await asyncio.gather(carrying, return_exceptions=True)
