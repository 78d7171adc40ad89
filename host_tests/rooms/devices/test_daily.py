"""What a running driver keeps of the catalogue: no more than it asks for."""

import re
from pathlib import Path

from firmware.devices import entry

from .desk import Desk, opened

ROOM = Path(entry.__file__).parent


def test_each_daily_name_is_asked_for_and_nothing_else():
    texts = "".join((ROOM / (name + ".py")).read_text() for name in (
        "driver", "gauges", "orders", "setpoint", "polls", "decode"))
    asked = set(re.findall(r"model\.([A-Z][A-Z_]+)", texts))
    assert asked == set(entry._DAILY)
    assert {name for name in entry.HABITS if "model." + name in texts} == set(entry.HABITS)


def test_a_model_holds_no_table_of_the_file():
    model = entry.daily(opened("sofar_me3000sp"))
    assert set(vars(model)) == {"file", "polls", "status", "writes"} | set(entry._DAILY) | set(entry.HABITS)
    rows = [row for poll in model.polls for row in poll.rows]
    assert {row[2] for row in rows if row[2] == "block"} == set()


def test_a_read_keeps_eight_attributes():
    """A ninth makes its table grow: see polls.Poll."""
    assert all(len(vars(poll)) == 8 for poll in Desk().driver.model.polls)
