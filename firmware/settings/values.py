"""The settings of a running box: a value by name. The only file of this room that stays in memory.

`load` reads flash and forgets how; `change` brings the checker back for as long
as it takes. Knows nothing of bounds and files itself.
"""

from ..core.modules import forget

_ROOM = __name__.rsplit(".", 1)[0]


class SettingError(ValueError):
    """`name` was refused: `code` is a word of firmware/words, `words` what to put into it."""

    def __init__(self, name, code, *words):
        super().__init__("%s: %s %s" % (name, code, words))
        self.name = name
        self.code = code
        self.words = (name,) + words


class Settings:
    """Every setting by name. Nothing unchecked gets in: made by the store, changed by `change`."""

    def __init__(self, values):
        self._values = values

    def get(self, name):
        """The value of `name`; SettingError for a name that is no setting."""
        if name in self._values:
            return self._values[name]
        raise SettingError(str(name), "setting_unknown", nearest(name))

    def change(self, changes):
        """Take all of `changes` (name -> value), or none and raise SettingError."""
        from .check import check, check_together
        values = self._values.copy()
        for name in changes:
            values[name] = check(name, changes[name])
        check_together(values)
        self._values = values

    def all(self):
        """A copy of every value by name."""
        return self._values.copy()


def nearest(name):
    """The known setting that looks most like `name`."""
    from .check import nearest
    return nearest(str(name))


def load(folder):
    """(Settings, notes) from the flash in `folder`; notes are (code, args…) for the journal."""
    from .store import Store
    store = Store(folder)
    settings = store.load()
    forget_start()
    return settings, store.notes


def save(folder, settings):
    """Put `settings` on flash, old or new after a power cut. OSError leaves what was there."""
    from .store import Store
    Store(folder).save(settings)
    forget_start()


def forget_start():
    """Let go of everything that only reading, checking and writing need (some 8 kB)."""
    forget(*[_ROOM + "." + name for name in ("store", "check", "rows", "sealed")])
