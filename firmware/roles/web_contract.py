"""The energy contract over the page: what can be chosen, what was kept; checked before it is kept.

The fields are those of docs/tariffs.md; the tariff room judges them and is let go of
again. Who computes a bill reads the kept fields: settings/kept.py, kind "contract".
"""

import json

from ..core.modules import forget_parts
from ..settings import kept
from ..settings.sealed import Damaged
from ..tariff import brussels, contract_form, network
from ..tariff.contract import Contract
from ..tariff.faults import TariffFault
from .reception import refused, told

_KIND = "contract"
_NO_CLOCK = "2026-01-01"  # while the box does not know the day: that of its newest tables


def answer(desk, visit, detail):
    """detail: "read" -> {"contract", "areas", "contracts": [[id, name], …]} or "write"."""
    box = desk.box
    try:
        if detail == "read":
            found = {"contract": _kept(box), "areas": network.areas(_day(box)),
                     "contracts": list(contract_form.choices())}
            return told(found)
        fields = json.loads(visit.request.body)
        contract = Contract(fields)
        network.network(contract.area, _day(box))
        kept.save(_KIND, fields, box.folder)
        box.journal.add(box.clock(), "web_contract_kept", visit.who())
        return told({"ok": True})
    except TariffFault as fault:
        return refused(visit, fault.word, fault.details)
    except OSError as error:
        return refused(visit, "settings_not_saved", (str(error),), 500)
    except (ValueError, KeyError, TypeError, AttributeError):
        return refused(visit, "web_garbled")
    finally:
        forget_parts("tariff", "brussels contract contract_form network terms decimals faults")
        forget_parts("roles", "web_contract")


def _kept(box):
    try:
        return kept.load(_KIND, box.folder) or None
    except Damaged:
        return None


def _day(box):
    began_s = box.journal.began_s
    if began_s is None:
        return brussels.read_date(_NO_CLOCK)
    return brussels.local(began_s + box.journal.tick(box.clock()))[0]
