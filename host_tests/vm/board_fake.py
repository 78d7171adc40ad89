"""A `machine` for the VM that notes what is done to it, for tests that need no wire."""

FAKE = """
import sys
done = []
class UART:
    INV_TX, INV_RX = 1, 2
    made = []
    def __init__(self, number, **options):
        self.number, self.options, self.waiting = number, options, b""
        UART.made.append(self)
    def write(self, data):
        done.append(("write", bytes(data)))
        return len(data)
    def flush(self):
        done.append("flush")
    def any(self):
        return len(self.waiting)
    def readinto(self, view):
        n = min(len(view), len(self.waiting))
        view[:n] = self.waiting[:n]
        self.waiting = self.waiting[n:]
        return n or None
    def deinit(self):
        done.append("deinit")
class Pin:
    IN, OUT = 1, 3
    levels = {}
    def __init__(self, number, mode=-1, pull=-1, value=None):
        self.number = number
        if value is not None:
            self.value(value)
    def value(self, level=None):
        if level is None:
            return Pin.levels.get(self.number, 0)
        Pin.levels[self.number] = level
        done.append((self.number, level))
    def on(self):
        self.value(1)
    def off(self):
        self.value(0)
class RTC:
    kept = b""
    def memory(self, data=None):
        if data is None:
            return RTC.kept
        assert len(data) <= 2048
        RTC.kept = bytes(data)
class WDT:
    def __init__(self, timeout):
        done.append(("wdt", timeout))
    def feed(self):
        done.append("fed")
class Reset(Exception):
    pass
class Machine:
    PWRON_RESET, HARD_RESET, WDT_RESET, DEEPSLEEP_RESET, SOFT_RESET = 1, 2, 3, 4, 5
    cause = 1
    @staticmethod
    def reset():
        raise Reset
    @staticmethod
    def reset_cause():
        return Machine.cause
    @staticmethod
    def unique_id():
        return b"\\xf4\\x12\\xfa@\\x06\\xe4"
Machine.UART, Machine.Pin, Machine.RTC, Machine.WDT = UART, Pin, RTC, WDT
sys.modules["machine"] = Machine
"""
