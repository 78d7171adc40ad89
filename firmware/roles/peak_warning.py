"""When the desired peak is set: is it under what the house takes anyway? Asked then, then let go of.

Facts: ems 4.7, A21.
"""

from ..core.modules import forget_parts

_WEEK = 672  # quarters looked at, the newest
_DAY = 96    # with fewer nobody can say


def warning(box):
    """("peak_under_base", desired W, W that 95 % of the last week's quarters stay under), or None."""
    from ..control.account import UsualLoad
    from ..control.months import first_quarter
    from ..settings.quarters import Quarters
    from ..settings.quarters_month import newest_first
    try:
        load = UsualLoad()
        for month in Quarters(box.folder).months()[-1:-3:-1]:
            for record in newest_first(box.folder, month, first_quarter(month)):
                if load.count < _WEEK:
                    load.add(record)
        desired_w, base_w = box.settings.get("control.desired_peak_w"), load.p95_w()
        return ("peak_under_base", desired_w, base_w) if load.count >= _DAY and desired_w < base_w else None
    finally:
        forget_parts("control", "account months")
        forget_parts("settings", "quarters quarters_month")
