"""From what lies on flash to a role that can run: settings, board, identity. In memory at start only."""

from ..board.board import open_board
from ..core.modules import forget_parts
from ..settings.identity_file import load as load_identity
from ..settings.store import load as load_settings


def opened(folder):
    """(board, role), ready to run. A default that is asked for later is read from flash: Settings.settle."""
    settings, notes = load_settings(folder)
    board = open_board(settings.get("board"))
    identity, reason = load_identity(folder, board.mac())
    notes += ([(reason,)] if reason else [])
    # The rows stay until the ports are open: a start asks for many defaults.
    forget_parts("settings", "store check sealed identity_file")
    forget_parts("roles", "opening")
    role = __import__("firmware.roles." + settings.get("role"), None, None, ("Role",)).Role
    return board, role(board, settings, identity, notes, folder)
