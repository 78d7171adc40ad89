"""From what lies on flash to a role that can run: settings, board, identity, device. In memory at start only.

The order is one of memory: the P1 buffer wants four kilobytes in a row; reading settings and opening
a device take most, and what they needed is let go of before the role's own rooms are loaded.
"""

from ..core.modules import forget_parts

# Settings that every start asks for; one that is missing here is read from flash, which takes longer.
_ASKED = """role board p1.enabled p1.profile modbus.enabled modbus.type modbus.group modbus.subgroup
modbus.model modbus.station modbus.baud modbus.parity modbus.stop_bits inverter.capacity_wh
network.enabled network.hostname link.enabled
link.inverters link.meter link.way link.channel web.enabled console language loads.enabled control."""


def opened(folder):
    """(board, role), ready to run. A default that is asked for later is read from flash: Settings.settle."""
    settings, notes = _settings(folder)
    from ..board.board import open_board
    board = open_board(settings.get("board"))
    identity, reason = _identity(folder, board.mac())
    notes += ([(reason,)] if reason else [])
    framer = None
    if settings.get("p1.enabled"):
        from .meter_port import open_framer
        framer = open_framer()
    drivers = _drivers(board, settings.get, notes)
    forget_parts("roles", "opening")
    role = __import__("firmware.roles." + settings.get("role"), None, None, ("Role",)).Role
    return board, role(board, settings, identity, notes, folder, drivers, framer)


def _settings(folder):
    """(Settings, notes); what read them is gone when this returns."""
    from ..settings.store import load
    settings, notes = load(folder)
    settings.start(_ASKED.split())
    forget_parts("settings", "store check sealed rows changing")
    return settings, notes


def _identity(folder, mac):
    """(Identity, reason); likewise."""
    from ..settings.identity_file import load
    found = load(folder, mac)
    forget_parts("settings", "identity_file sealed")
    return found


def _drivers(board, get, notes):
    """The device on the RS485 port, as the four choices of the settings say; why not, into `notes`."""
    if board.guard.safe_mode():
        notes.append(("boot_safe",))
        return []
    if not get("modbus.enabled") or not get("modbus.model"):
        return []
    from .bus_port import open_device
    try:
        return [open_device(get, board.ticks())]
    except ValueError as error:
        notes.append(("modbus_refused", str(error)))
        return []
