"""Everything that was read last, for the installer's page: rows fetched when somebody looks.

The driver keeps each answer's registers and only the rows it acts on; all of the catalogue
file's rows are read from flash here and forgotten. It refuses to keep anything.
"""

from . import entry, plan
from .decode import value


def each(model, polls):
    """Yield (key, value) of every row whose registers have been answered."""
    file, base = entry.files(model.file)
    sheet = entry.made(model.file, file, base)
    wanted = [(group[1], group[3]) for group in entry.groups(file, base)] + entry.details(file, base)
    for function, rows in wanted:
        for row in rows:
            poll = holder(polls, function, row)
            if row[2] != "block" and poll and poll.raw:
                yield row[1], value(entry.ready(sheet, row, poll.start(), {}), poll.raw)


def holder(polls, function, row):
    """The first of `polls` that reads all registers of `row`; None: nobody does."""
    for poll in polls:
        start, count = poll.start(), poll.pdu[3] << 8 | poll.pdu[4]
        if poll.pdu[0] == function and start <= row[0] and row[0] + plan.width(row) <= start + count:
            return poll
    return None
