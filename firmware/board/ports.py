"""The two serial ports of a box: P1 that only listens, RS485 that takes turns.

Knows UARTs, inversion and the direction pin; refuses to know what the bytes mean.
Both are read with `take`, which never waits; an asyncio stream would load 3 kB of
code and lose bytes when its wait is cancelled (facts: micropython C).
"""

import asyncio

import machine

_RXBUF = 4096  # two of the longest telegrams: a flash write or a collection may take that long
_AHEAD_MS = 15  # an awaited sleep may end 10 ms late and DE must not
_SHORT_MS = 20  # frames no longer than this are waited for in flush() alone


class P1Port:
    """Listens to a meter. `request` is driven active as long as the port is open."""

    def __init__(self, pins, baud=115200, bits=8, parity=None, stop=1, inverted=True):
        # A board that turns the signal round itself undoes what the profile says.
        inverted = bool(inverted) != bool(pins["inverted_by_board"])
        self._uart = machine.UART(
            pins["uart"], baudrate=baud, bits=bits, parity=parity, stop=stop,
            rx=pins["rx"], tx=pins["tx"], rxbuf=_RXBUF, timeout=0, timeout_char=2,
            invert=machine.UART.INV_RX if inverted else 0,
        )
        if pins["request"] is not None:
            machine.Pin(pins["request"], machine.Pin.OUT, value=1)

    def take(self, view):
        """What has arrived, into `view`, without waiting: the number of bytes, 0 for none."""
        return self._uart.readinto(view) or 0

    def close(self):
        """Give the UART back, before it is opened with another profile."""
        self._uart.deinit()


class Rs485Port:
    """Two wires, one talker at a time. Without a direction pin the transceiver turns by itself."""

    def __init__(self, pins, baud=9600, parity=None, stop=1):
        self._direction = None
        if pins["direction"] is not None:
            self._direction = machine.Pin(pins["direction"], machine.Pin.OUT, value=0)
        self._uart = machine.UART(
            pins["uart"], baudrate=baud, bits=8, parity=parity, stop=stop,
            rx=pins["rx"], tx=pins["tx"], rxbuf=1024, txbuf=512, timeout=0, timeout_char=2,
        )

    async def send(self, frame, wire_ms):
        """Put `frame` on the wire; back when its last bit has left. `wire_ms`: how long that takes.

        Between flush() and letting go of the wire nothing may wait or allocate: an
        inverter answers 3.5 characters after our last bit (facts: micropython C).
        Cancelled half-way, the wire is let go of all the same.
        """
        uart, direction = self._uart, self._direction
        if direction:
            direction.on()
        try:
            uart.write(frame)
            if wire_ms > _SHORT_MS:
                await asyncio.sleep_ms(wire_ms - _AHEAD_MS)
        finally:
            uart.flush()
            if direction:
                direction.off()

    def take(self, view):
        """What has arrived, into `view`, without waiting: the number of bytes, 0 for none."""
        return self._uart.readinto(view) or 0
