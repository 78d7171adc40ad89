"""What a gateway's control room has found out, put on flash. Loaded for one record and forgotten again."""

from ..control.months import first_quarter, month_of
from ..settings.quarters import Quarters
from ..settings.values import save


def keep(box, changes):
    """Store what control has measured; what flash refuses is measured again after a start."""
    try:
        box.settings.change(changes)
        save(box.folder, box.settings)
    except (OSError, ValueError, MemoryError) as error:
        box.journal.add(box.clock(), "settings_not_saved", str(error))


def keep_quarter(box, record):
    """Append a quarter to the month's receipt."""
    month = month_of(record[0] * 900)
    try:
        Quarters(box.folder).append(month, first_quarter(month), record)
    except (OSError, MemoryError) as error:
        box.journal.add(box.clock(), "quarter_not_kept", str(error))
