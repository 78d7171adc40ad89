"""Everything that was read last, for the installer's page: rows fetched when somebody looks.

The driver keeps each answer's registers and only the rows it acts on; the others, most of
the catalogue, are read from flash here and forgotten. It refuses to keep anything.
"""

from . import decode, entry


def each(model, polls):
    """Yield (key, value) of every row whose registers have been answered."""
    groups = entry.groups(*entry.files(model.file))
    entry.let_go()
    for poll in polls:
        for group in groups:
            if poll.raw and group[:3] == (poll.rhythm, poll.function, poll.optional):
                yield from _of(model, poll, group[3])


def _of(model, poll, rows):
    for row in rows:
        if poll.start <= row[0] < poll.start + poll.count:
            yield row[1], decode.at_row(model, poll, row, poll.raw)
