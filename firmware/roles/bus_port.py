"""An RS485 port with a device: what a role touches of devices and modbus, loaded with this file."""

from ..devices.driver import open_driver
from ..modbus.faults import Fault  # noqa: F401 a role takes it from here
from ..tasks.bus import Bus
from ..tasks.run_bus import run_bus  # noqa: F401 a role takes it from here


def open_device(get, now_ms):
    """The Driver of the device that the settings name; ValueError says which word is wrong."""
    driver = open_driver(get("modbus.type"), get("modbus.group"), get("modbus.subgroup"), get("modbus.model"),
                         get("modbus.station"), now_ms)
    driver.capacity_wh = get("inverter.capacity_wh")
    return driver


def open_bus(board, get, clock):
    """The Bus over the board's RS485 port."""
    parity = None if get("modbus.parity") == "none" else get("modbus.parity")
    port = board.rs485_port(get("modbus.baud"), get("modbus.parity"), get("modbus.stop_bits"))
    return Bus(port, clock, get("modbus.baud"), parity, get("modbus.stop_bits"))
