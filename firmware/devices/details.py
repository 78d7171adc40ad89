"""Everything that was read last, for the installer's page: rows fetched when somebody looks.

The driver keeps each answer's registers and only the rows it acts on; the others, most of
the catalogue, are read from flash here and forgotten. It refuses to keep anything.
"""

from . import entry, plan
from .decode import at_row
from .decode import each as values_of


def each(model, polls):
    """Yield (key, value) of every row whose registers have been answered."""
    wanted = entry.details(*entry.files(model.file))
    for poll in polls:
        if poll.raw:
            for row, value in values_of(model, poll, poll.raw):
                yield row[1], value
    for function, rows in wanted:
        for row in rows:
            poll = holder(polls, function, row)
            if poll and poll.raw:
                yield row[1], at_row(model, poll, row, poll.raw)


def holder(polls, function, row):
    """The first of `polls` that reads all registers of `row`; None: nobody does."""
    for poll in polls:
        if (poll.function == function and poll.start <= row[0]
                and row[0] + plan.width(row) <= poll.start + poll.count):
            return poll
    return None
