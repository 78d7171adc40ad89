"""The inverter's voice on RS485: pymodbus plays the Modbus side, vendor codes included.

Knows frames, silence and bad manners (late replies, exceptions, wrong
checksums, silence) - each on demand. Absent stations say nothing at all, where
pymodbus by itself would answer with an exception: on a real bus nobody is
there to answer.
"""

import random

from pymodbus import FramerType
from pymodbus.constants import ExcCodes
from pymodbus.exceptions import NoSuchIdException
from pymodbus.pdu import ModbusPDU
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

BROADCAST = 0x88  # the vendor's own, not Modbus' 0
_HEARTBEAT = (0x2201, 0x2202)


class _Reply(ModbusPDU):
    """The short vendor reply: a count and one status word."""

    def __init__(self, function, status):
        super().__init__()
        self.function_code = function
        self._status = status

    def encode(self):
        return bytes((2, self._status >> 8, self._status & 0xFF))


class _Vendor(ModbusPDU):
    """A vendor request: address and value, no count; eight bytes on the wire."""

    rtu_frame_size = 8

    def decode(self, data):
        self.address = data[0] << 8 | data[1]
        self.value = data[2] << 8 | data[3]

    async def datastore_update(self, context, device_id):
        """Hand it to the station; NoSuchIdException keeps it silent."""
        status = await context.vendor(device_id, self.function_code, self.address, self.value)
        return _Reply(self.function_code, status)


class PassiveCommand(_Vendor):
    """0x42: standby, discharge, charge, auto."""

    function_code = 0x42


class Heartbeat(_Vendor):
    """0x49: somebody is in charge."""

    function_code = 0x49


class Station:
    """One address on the bus. Faults are attributes, so a timeline can set them."""

    def __init__(self, clock, inverter, registers, address=1, seed=0, reply_s=(0.03, 0.09), late=0.002):
        self._clock = clock
        self._inverter = inverter
        self._registers = registers
        self._address = address
        self._dice = random.Random(f"{seed}/station")
        self._reply_s = reply_s
        self._late = late
        self.silent = False
        self.refuse = None  # exception code to answer everything with
        self.spoil_crc = False
        self.heard = {}  # function code -> requests
        self._server = None

    def set_fault(self, name, on, value=None):
        """Begin a fault of ours by name, or end it with `on` False."""
        if name == "silence_inverter":
            self.silent = on
        elif name == "exception":
            self.refuse = int(value) if on else None
        elif name == "wrong_crc":
            self.spoil_crc = on
        else:
            raise ValueError(f"no such fault of a station: {name}")

    # pymodbus asks these two for FC 3, 4, 6 and 16

    async def async_getValues(self, device_id, func_code, address, count=1):
        """FC 3 and 4."""
        await self._listen(device_id, func_code)
        if self.refuse:
            return ExcCodes(self.refuse)
        words = self._registers.read(func_code, address, count)
        return ExcCodes(words) if isinstance(words, int) else words

    async def async_setValues(self, device_id, func_code, address, values):
        """FC 6 and 16."""
        await self._listen(device_id, func_code)
        code = self.refuse or self._registers.write(address, list(values))
        return ExcCodes(code) if code else None

    async def vendor(self, device_id, function, address, value):
        """0x42 and 0x49 -> status word."""
        await self._listen(device_id, function)
        if function == Heartbeat.function_code:
            if (address, value) == _HEARTBEAT:
                self._inverter.beat()
            status = self._inverter.command(0, 0) & 0xFF00
        else:
            status = self._inverter.command(address, value)
        if device_id == BROADCAST:
            raise NoSuchIdException("nobody answers a broadcast")
        return status

    async def _listen(self, device_id, function):
        if self.silent or device_id not in (self._address, BROADCAST):
            raise NoSuchIdException("not for us")
        self.heard[function] = self.heard.get(function, 0) + 1
        late = self._dice.random() < self._late
        await self._clock.sleep(1.15 if late else self._dice.uniform(*self._reply_s))
        if self.silent:
            raise NoSuchIdException("cut off while thinking")

    def _on_wire(self, sending, data):
        """pymodbus' tap on raw bytes: where a reply's checksum is spoilt."""
        if sending and self.spoil_crc and data:
            return data[:-1] + bytes((data[-1] ^ 0x5A,))
        return data

    async def start(self, path):
        """Open the device end of the bus and answer from now on."""
        nobody = SimDevice(0, SimData(0, count=1, values=0, datatype=DataType.REGISTERS))
        self._server = ModbusSerialServer(
            nobody,
            framer=FramerType.RTU,
            port=path,
            baudrate=9600,
            ignore_missing_devices=True,
            trace_packet=self._on_wire,
            custom_pdu=[PassiveCommand, Heartbeat],
        )
        self._server.context = self  # our own register file, with silence for strangers
        await self._server.serve_forever(background=True)

    async def stop(self):
        """Leave the bus."""
        if self._server:
            await self._server.shutdown()
            self._server = None
