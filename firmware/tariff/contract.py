"""A household's contract: which terms hold on a day. contract_form.py reads its fields and is then let go.

Knows no bill and no price. The fields stand in docs/tariffs.md.
"""

from ..core.modules import forget
from .brussels import show_date
from .faults import TariffFault


class Contract:
    """Made of a dict of fields; raises TariffFault naming the field that is wrong.

    area, kind, domiciled, maximum, injection_network, day_starts (hour), before_wh, peaks (W, oldest first),
    certificates (micro-euro per MWh or None: the table's).
    """

    # contract_form.py fills these; named here, so that the build knows whose they are.
    area = kind = certificates = None
    domiciled = maximum = injection_network = False
    day_starts, before_wh, peaks = 7, 0, ()

    def __init__(self, fields):
        from . import contract_form

        try:
            self._periods = contract_form.fill(self, fields)
        finally:
            forget(contract_form.__name__)  # 6 kB that nobody needs until the form is saved again

    def terms(self, day):
        """Terms of that day; TariffFault "contract_not_yet" before the first begin date."""
        found = None
        for begins, terms in self._periods:
            if begins <= day:
                found = terms
        if found is None:
            raise TariffFault("contract_not_yet", show_date(self._periods[0][0]), show_date(day))
        return found
