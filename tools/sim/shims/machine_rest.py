"""What the desk's `machine` needs once in a run: opening ttys, setting timers, ending the process."""

import os
import struct
import termios

import ffi

_STATUS = 75  # how the harness tells machine.reset() from a crash
_SPEED = int(os.getenv("SIM_SPEED_UP") or 1)
# Linux numbers of baud rates and c_cflag bits; the VM's termios names only some.
_BAUDS = {1200: 9, 2400: 11, 4800: 12, 9600: 13, 19200: 14, 38400: 15, 57600: 4097, 115200: 4098}
_CREAD, _CLOCAL, _PARENB, _PARODD, _CSTOPB, _CS7, _CS8 = 0o200, 0o4000, 0o400, 0o1000, 0o100, 0o40, 0o60


def _c(*value):
    return ffi.open(None).func(*value)


def tty(path, baudrate, bits, parity, stop):
    """Open `path` raw and non-blocking at this rate, empty. ValueError for a rate Linux has no number for."""
    if baudrate not in _BAUDS:
        raise ValueError("baudrate %s" % baudrate)
    flags = (_CS8 if bits == 8 else _CS7) | _CREAD | _CLOCAL | _BAUDS[baudrate]
    flags |= _CSTOPB if stop == 2 else 0
    if parity is not None:
        flags |= _PARENB | (_PARODD if parity else 0)
    file = open(path, "r+b")
    control = termios.tcgetattr(file.fileno())[6]
    control[5] = control[6] = 0  # VTIME, VMIN: read what is there, wait for nothing
    rate = _BAUDS[baudrate]
    termios.tcsetattr(file.fileno(), termios.TCSANOW, [0, 0, flags, 0, rate, rate, control])
    while file.read(256):  # what came in before power was on never reached a real UART
        pass
    return file


def timer(timeout):
    """(setitimer of the C library, the time as it wants it) for a watchdog."""
    whole_us = timeout * 1000 // _SPEED
    return _c("i", "setitimer", "ipp"), struct.pack("llll", 0, 0, whole_us // 1000000, whole_us % 1000000)


class SPI:
    """Wires to an Ethernet chip; nothing hangs on them here."""

    def __init__(self, id=-1, *value, **more):
        self.id = id


def reset_cause():
    """Why this run began."""
    return int(os.getenv("SIM_RESET_CAUSE") or 1)


def reset():
    """Restart the chip: the harness boots it again."""
    _c("v", "_exit", "i")(_STATUS)


def unique_id():
    """Six bytes, the MAC."""
    text = os.getenv("SIM_MAC_ADDRESS") or "F412FA400001"
    return bytes(int(text[i : i + 2], 16) for i in range(0, 12, 2))
