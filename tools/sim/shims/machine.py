"""The chip, as the board room imports it, on a desk: UARTs are ttys, resets end the process.

Stands before the built-in `machine` on the VM's path. Knows the harness only
through its environment: SIM_UART<n> (a tty), SIM_LEVEL<n> (a file with the level
of that UART's receive pin), SIM_RTC (what survives a reset), SIM_CAUSE, SIM_MAC,
SIM_SPEED. Timing that hurts on a chip hurts here: flush() waits for the wire,
a watchdog really kills.
"""

import io
import os
import struct

import ffi
import time
import termios
from uselect import POLLIN, poll

PWRON_RESET, HARD_RESET, WDT_RESET, DEEPSLEEP_RESET, SOFT_RESET = 1, 2, 3, 4, 5
RESET_STATUS = 75  # how the harness tells machine.reset() from a crash

_SPEED = int(os.getenv("SIM_SPEED") or 1)
_GET_FILENO, _POLL = 10, 3
# Linux numbers of baud rates and c_cflag bits; the VM's termios names only some.
_BAUDS = {1200: 9, 2400: 11, 4800: 12, 9600: 13, 19200: 14, 38400: 15, 57600: 4097, 115200: 4098}
_CREAD, _CLOCAL, _PARENB, _PARODD, _CSTOPB = 0o200, 0o4000, 0o400, 0o1000, 0o100
_LEVELS = {}  # receive pin -> file that tells its level


def _c(result, name, arguments):
    return ffi.open(None).func(result, name, arguments)


class UART(io.IOBase):
    """A serial port over the tty that SIM_UART<id> names."""

    INV_TX, INV_RX, INV_RTS, INV_CTS = 1, 2, 4, 8

    def __init__(self, id, baudrate=9600, bits=8, parity=None, stop=1, **more):
        path = os.getenv("SIM_UART%d" % id)
        if not path:
            raise ValueError("UART(%d) does not exist" % id)
        if more.get("rx") is not None:
            _LEVELS[more["rx"]] = os.getenv("SIM_LEVEL%d" % id)
        self._file = open(path, "r+b")
        self._ready = poll()
        self._ready.register(self._file, POLLIN)
        self._done_us = time.ticks_us()
        self.init(baudrate, bits, parity, stop)
        while self.read(256):  # what came in before power was on never reached a real UART
            pass

    def init(self, baudrate=9600, bits=8, parity=None, stop=1, **_more):
        """Raw, non-blocking, at this rate. ValueError for a rate Linux has no number for."""
        if baudrate not in _BAUDS:
            raise ValueError("baudrate %s" % baudrate)
        self._char_us = 1000000 * (1 + bits + (parity is not None) + stop) // baudrate
        flags = 0o60 if bits == 8 else 0o40
        flags |= _CREAD | _CLOCAL | _BAUDS[baudrate] | (_CSTOPB if stop == 2 else 0)
        if parity is not None:
            flags |= _PARENB | (_PARODD if parity else 0)
        fd = self._file.fileno()
        control = termios.tcgetattr(fd)[6]
        control[5] = control[6] = 0  # VTIME, VMIN: read what is there, wait for nothing
        termios.tcsetattr(fd, termios.TCSANOW, [0, 0, flags, 0, _BAUDS[baudrate], _BAUDS[baudrate], control])

    def any(self):
        """1 when a byte waits, else 0: Linux tells the VM no more."""
        return 1 if self._ready.poll(0) else 0

    def readinto(self, buffer, size=None):
        """As on a chip: the number of bytes, or None when there is none."""
        try:
            return self._file.readinto(buffer) or None
        except OSError:  # the far end is gone: a cable that hangs loose
            return None

    def read(self, size=256):
        """At most `size` bytes, or None."""
        try:
            return self._file.read(size) or None
        except OSError:
            return None

    def readline(self):
        """Whatever is there up to a line end, or None."""
        line = b""
        while line[-1:] != b"\n":
            byte = self.read(1)
            if byte is None:
                break
            line += byte
        return line or None

    def write(self, data):
        """Bytes go at once; `flush` knows when the wire would be free again."""
        now = time.ticks_us()
        if time.ticks_diff(self._done_us, now) < 0:
            self._done_us = now
        self._done_us = time.ticks_add(self._done_us, len(data) * self._char_us)
        self._file.write(data)
        return len(data)

    def txdone(self):
        """True once the last bit has left."""
        return time.ticks_diff(self._done_us, time.ticks_us()) <= 0

    def flush(self):
        """Wait, holding the VM, until the last bit has left: so does the chip."""
        left = time.ticks_diff(self._done_us, time.ticks_us())
        if left > 0:
            time.sleep_us(left)

    def deinit(self):
        """Give the tty back."""
        self._file.close()

    def ioctl(self, request, argument):
        """asyncio's poller asks for the file descriptor and then polls that."""
        if request == _GET_FILENO:
            return self._file.fileno()
        if request == _POLL:
            return argument & (POLLIN if self._ready.poll(0) else 0) | argument & 4
        return -1


class Pin:
    """A level by number. A UART's receive pin shows the level the harness gives it."""

    IN, OUT, OPEN_DRAIN, PULL_UP, PULL_DOWN = 1, 3, 7, 2, 1
    _values = {}

    def __init__(self, id, mode=-1, pull=-1, value=None, **_more):
        self._id = id
        if value is not None:
            Pin._values[id] = value
        elif id not in Pin._values:
            Pin._values[id] = 1 if pull == Pin.PULL_UP else 0

    def value(self, level=None):
        """Read, or set with an argument."""
        if level is not None:
            Pin._values[self._id] = 1 if level else 0
            return None
        path = _LEVELS.get(self._id)
        if not path:
            return Pin._values[self._id]
        with open(path) as file:
            return int(file.read(1))

    __call__ = value

    def on(self):
        """High."""
        self.value(1)

    def off(self):
        """Low."""
        self.value(0)


class WDT:
    """A timer of the kernel that ends the process; feeding sets it anew."""

    def __init__(self, id=0, timeout=5000):
        self._set = _c("i", "setitimer", "ipp")
        whole_us = timeout * 1000 // _SPEED
        self._time = struct.pack("llll", 0, 0, whole_us // 1000000, whole_us % 1000000)
        self.feed()

    def feed(self):
        """Not dead yet."""
        self._set(0, self._time, None)


class RTC:
    """Memory that a reset leaves alone, in a file; power loss removes the file."""

    def memory(self, data=None):
        """Read, or write up to 2048 bytes."""
        path = os.getenv("SIM_RTC")
        if data is None:
            try:
                with open(path, "rb") as file:
                    return file.read()
            except OSError:
                return b""
        if len(data) > 2048:
            raise ValueError("buffer too long")
        with open(path, "wb") as file:
            file.write(data)

    def datetime(self, _parts=None):
        """The host keeps its own time."""
        return (2026, 1, 1, 3, 0, 0, 0, 0)


class SPI:
    """Wires to an Ethernet chip; nothing hangs on them here."""

    def __init__(self, id=-1, *_parts, **_more):
        self.id = id


def reset_cause():
    """Why this run began."""
    return int(os.getenv("SIM_CAUSE") or PWRON_RESET)


def reset():
    """Restart the chip: the harness boots it again."""
    _c("v", "_exit", "i")(RESET_STATUS)


soft_reset = reset


def unique_id():
    """Six bytes, the MAC."""
    text = os.getenv("SIM_MAC") or "F412FA400001"
    return bytes(int(text[i : i + 2], 16) for i in range(0, 12, 2))


def freq(_hz=None):
    """An ESP32's usual clock."""
    return 160000000


def idle():
    """Let the host breathe."""
    time.sleep_ms(1)
