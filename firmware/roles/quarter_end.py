"""What a gateway does when a quarter of an hour has ended. Brought into memory then, and let go of.

Its record goes to the month's account on flash, and the meter's wire is judged: more than one
telegram in twenty damaged is an alarm (facts: ems 4.6; over a quarter, not over ten minutes).
"""

from ..core.modules import forget_parts

_ALARM_PCT = 5


def quarter_ended(role, record):
    """record: of control's Account. OSError and MemoryError of the flash are noted, nothing else happens."""
    from ..control.months import first_quarter, month_of
    from ..settings.quarters import Quarters
    month = month_of(record[0] * 900)
    try:
        Quarters(role.folder).append(month, first_quarter(month), record)
    except (OSError, MemoryError) as error:
        role.journal.add(role.clock(), "quarter_not_kept", str(error))
    if role.door:
        _judge(role, role.door.counters)
    forget_parts("settings", "quarters")
    forget_parts("control", "months")
    forget_parts("roles", "quarter_end")


def _judge(role, counters):
    good, bad = counters.good - role.wire[0], counters.bad - role.wire[1]
    role.wire = counters.good, counters.bad
    if bad * 100 > _ALARM_PCT * (good + bad):
        role.journal.add(role.clock(), "p1_bad_quarter", bad, good + bad)
