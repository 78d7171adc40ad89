"""The chip, as the board room imports it, on a desk: UARTs are ttys, resets end the process.

Stands before the built-in `machine` on the VM's path. Knows the harness only
through its environment: SIM_UART<n> (a tty), SIM_LEVEL<n> (a file with the level
of that UART's receive pin), SIM_RTC_MEMORY (what survives a reset), SIM_RESET_CAUSE, SIM_MAC_ADDRESS,
SIM_SPEED_UP. Timing that hurts on a chip hurts here: flush() waits for the wire,
a watchdog really kills. What a chip has in ROM is weighed apart (tools/sim/rom.py).
"""

import io
import os
import time

from machine_rest import SPI, reset, reset_cause, timer, tty, unique_id  # noqa: F401 a chip's machine has them
from uselect import POLLIN, poll

PWRON_RESET, HARD_RESET, WDT_RESET, DEEPSLEEP_RESET, SOFT_RESET = 1, 2, 3, 4, 5
_LEVELS = {}  # pin -> its level, or the file that tells it


class UART(io.IOBase):
    """A serial port over the tty that SIM_UART<id> names; non-blocking, as on a chip."""

    INV_TX, INV_RX = 1, 2

    def __init__(self, id, baudrate=9600, bits=8, parity=None, stop=1, **more):
        path = os.getenv("SIM_UART%d" % id)
        if not path:
            raise ValueError("UART(%d) does not exist" % id)
        _LEVELS[more.get("rx")] = os.getenv("SIM_LEVEL%d" % id) or 1
        self._file = tty(path, baudrate, bits, parity, stop)
        self._char_us = 1000000 * (1 + bits + (parity is not None) + stop) // baudrate
        self._ready = poll()
        self._ready.register(self._file, POLLIN)
        self._done_us = time.ticks_us()
        self.deinit = self._file.close

    def any(self):
        """1 when a byte waits, else 0: Linux tells the VM no more."""
        return len(self._ready.poll(0))

    def readinto(self, buffer):
        """The number of bytes, or None when there is none; a cable that hangs loose has none."""
        try:
            return self._file.readinto(buffer) or None
        except OSError:
            return None

    def read(self, value=256):
        """At most `size` bytes, or None."""
        buffer = bytearray(value)
        count = self.readinto(buffer)
        return bytes(buffer[:count]) if count else None

    def write(self, data):
        """Bytes go at once; `flush` knows when the wire would be free again."""
        start_us = time.ticks_us()
        if not self.txdone():
            start_us = self._done_us
        self._done_us = time.ticks_add(start_us, len(data) * self._char_us)
        return self._file.write(data)

    def txdone(self):
        """True once the last bit has left."""
        return time.ticks_diff(self._done_us, time.ticks_us()) <= 0

    def flush(self):
        """Wait, holding the VM, until the last bit has left: so does the chip."""
        if not self.txdone():
            time.sleep_us(time.ticks_diff(self._done_us, time.ticks_us()))

    def ioctl(self, id, value):
        """asyncio's poller asks for the file descriptor (10) and then polls that."""
        return self._file.fileno() if id == 10 else -1


class Pin:
    """A level by number. A UART's receive pin shows the level the harness gives it."""

    IN, OUT = 1, 3

    def __init__(self, id, *mode, value=None, **more):
        self._id = id
        if value is not None:
            _LEVELS[id] = value

    def value(self, value=None):
        """Read, or set with an argument."""
        if value is not None:
            _LEVELS[self._id] = value
            return None
        level = _LEVELS.get(self._id, 0)
        if isinstance(level, str):
            with open(level) as file:
                level = int(file.read(1))
        return level

    __call__ = value

    def on(self):
        """High."""
        _LEVELS[self._id] = 1

    def off(self):
        """Low."""
        _LEVELS[self._id] = 0


class RTC:
    """Memory that a reset leaves alone, in a file; power loss removes the file."""

    def memory(self, data=None):
        """Read, or write up to 2048 bytes."""
        try:
            with open(os.getenv("SIM_RTC_MEMORY"), "rb" if data is None else "wb") as file:
                return file.read() if data is None else file.write(data[:2048])
        except OSError:
            return b""


class WDT:
    """A timer of the kernel that ends the process; feeding sets it anew."""

    def __init__(self, id=0, timeout=5000):
        self._set, self._time = timer(timeout)
        self.feed()

    def feed(self):
        """Not dead yet."""
        self._set(0, self._time, None)
