"""What a gateway's control room has measured, put on flash. Loaded for that and forgotten again."""

from ..core.modules import forget_parts
from ..settings.amend import amend


def keep(box, changes):
    """Store what control has measured; what flash refuses is measured again after a start."""
    try:
        if amend(box.folder, changes):
            box.settings.found(changes)
        else:
            _whole(box, changes)
    except (OSError, ValueError, MemoryError) as error:
        box.journal.add(box.clock(), "settings_not_saved", str(error))
    forget_parts("settings", "amend sealed")


def _whole(box, changes):
    """A box that nobody has told anything yet: its first file is written by the store."""
    from ..settings.values import save
    box.settings.change(changes)
    save(box.folder, box.settings)
