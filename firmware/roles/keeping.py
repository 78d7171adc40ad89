"""What a gateway's control room has measured, put on flash. Loaded for that and forgotten again."""

from ..settings.values import save


def keep(box, changes):
    """Store what control has measured; what flash refuses is measured again after a start."""
    try:
        box.settings.change(changes)
        save(box.folder, box.settings)
    except (OSError, ValueError, MemoryError) as error:
        box.journal.add(box.clock(), "settings_not_saved", str(error))
