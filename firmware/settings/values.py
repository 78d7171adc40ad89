"""The settings of a running box: a value by name. The only file of this room that stays in memory.

Kept are the values that differ from their defaults, and those asked for in a running
box: forty names and values would be 2 kB. store.py reads them; `change` brings the
checker back for as long as it takes. Knows nothing of bounds and files itself.
"""

from ..core.modules import forget_parts

_ASKED_OFTEN = ("console", "language", "role")


class SettingError(ValueError):
    """`name` was refused: `code` is a word of firmware/words, `words` what to put into it."""

    def __init__(self, name, code, *words):
        super().__init__("%s: %s %s" % (name, code, words))
        self.name = name
        self.code = code
        self.words = (name,) + words


class Settings:
    """Every setting by name. Nothing unchecked gets in: made by the store, changed by `change`.

    `values`: name -> value of what differs from its default; more does no harm.
    """

    def __init__(self, values):
        self._values = values
        self._early = {}
        self._settled = False

    def get(self, name):
        """The value of `name`; SettingError for a name that is no setting."""
        if name in self._values:
            return self._values[name]
        if name in self._early:
            return self._early[name]
        from .rows import ROWS
        for row in ROWS:
            if row[0] == name:
                if self._settled:  # what a running box asks for, it asks for again
                    self._values[name] = row[2]
                    forget_start()
                return row[2]
        from .check import row as row_of
        try:
            return row_of(name)[2]  # of the house: never kept in memory
        finally:
            if self._settled:
                forget_start()

    def start(self, names):
        """Have the defaults of `names` at hand until `settle`; "control." is all that begin so."""
        from .changing import early
        self._early = early(names)

    def settle(self):
        """The box is started: from now on a default is read from flash when it is asked for."""
        for name in _ASKED_OFTEN:
            if name in self._early and name not in self._values:
                self._values[name] = self._early[name]
        self._early = {}
        self._settled = True
        forget_start()

    def change(self, changes):
        """Take all of `changes` (name -> value), or none and raise SettingError."""
        from .changing import checked
        self._values.update(checked(self.all(), changes))

    def found(self, changes):
        """Take what is on flash already: see amend.py."""
        self._values.update(changes)

    def all(self):
        """A copy of every value by name."""
        from .changing import defaults
        values = defaults()
        values.update(self._values)
        return values


def save(folder, settings):
    """Put `settings` on flash, old or new after a power cut. OSError leaves what was there."""
    from .store import Store
    Store(folder).save(settings)
    forget_start()


def forget_start():
    """Let go of everything that only reading, checking and writing need (some 8 kB)."""
    forget_parts("settings", "store check rows rows_house panels sealed changing")
