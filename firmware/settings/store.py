"""Settings on flash: old or new after a power cut, never in between.

Saving writes settings.new, moves settings.json to settings.old, then
settings.new to settings.json. So there is at each instant one whole file:

    cut while writing .new        .json is the old one; .new is thrown away
    cut between the two renames   .json is missing; .new is whole and wins
    flash damages .json later     .old is used and `notes` says why

littlefs makes a rename atomic (facts: micropython E 15). Only values that differ
from their default are kept. What a file of another version holds is brought up
by `migrations`; a name or value this firmware does not know is left out, and
`notes` names it. This room's only file to touch files.
"""

import os

from .changing import defaults  # noqa: F401 others take it from here
from .check import check
from .rows import ROWS, VERSION
from .sealed import Damaged, seal, unseal
from .values import SettingError, Settings

_KIND = "settings"


def given(settings):
    """name -> value of what differs from its default: what is worth keeping."""
    values = settings.all()
    for row in ROWS:
        if values[row[0]] == row[2]:
            del values[row[0]]
    return values


def load(folder):
    """(Settings, notes) from the flash in `folder`; notes are (code, args…) for the journal."""
    store = Store(folder)
    return store.load(), store.notes


class Store:
    """Settings in `folder`. `notes` holds (code, args…) of what `load` met, for the journal."""

    def __init__(self, folder="", migrations=()):
        self._path = (folder + "/" if folder and folder[-1] != "/" else folder) + "settings"
        self._migrations = migrations
        self.notes = []

    def load(self):
        """The Settings on flash; defaults where there is none. Never raises for bad content."""
        self.notes = []
        found = self._find()
        good = {}
        for name in sorted(found):
            try:
                good[name] = check(name, found[name])
            except SettingError as error:
                self._leave_out(error, found)
        settings = Settings({})
        try:
            settings.change(good)
        except SettingError as error:  # good alone, wrong together: none of them can be trusted
            self._leave_out(error, good)
            for name in sorted(good):
                self._take(settings, name, good[name])
        return settings

    def save(self, settings):
        """Put `settings` on flash. OSError (full, broken) leaves what was there."""
        data = seal(_KIND, VERSION, given(settings))
        path = self._path
        _write(path + ".new", data)
        if self._read(path + ".json") is not None:  # never put a damaged file over a good .old
            os.rename(path + ".json", path + ".old")
        os.rename(path + ".new", path + ".json")

    def _take(self, settings, name, value):
        """One value after the other, as far as they go together."""
        try:
            settings.change({name: value})
        except SettingError as error:
            self._leave_out(error, {error.name: value})

    def _leave_out(self, error, found):
        self.notes.append(("settings_left_out", error.name, error.code, str(found.get(error.name))))

    def _find(self):
        """Values of the newest whole file, after mending an interrupted save."""
        path = self._path
        new = self._read(path + ".new")
        missing = not _exists(path + ".json")
        if missing and new is not None:
            os.rename(path + ".new", path + ".json")
            return new
        if _exists(path + ".new"):
            os.remove(path + ".new")
        current = self._read(path + ".json", self.notes)
        if current is not None:
            return current
        old = self._read(path + ".old", self.notes)
        if old is not None:
            self.notes.append(("settings_previous_used",))
            return old
        self.notes.append(("settings_none",) if missing and not self.notes else ("settings_lost",))
        return {}

    def _read(self, path, notes=None):
        """Migrated values of one file; None when missing or damaged (said in `notes`)."""
        try:
            with open(path, "rb") as file:
                version, values = unseal(_KIND, file.read())
            return self._migrate(version, values, notes)
        except Damaged as damage:
            if notes is not None:
                notes.append(("settings_damaged", path, damage.code, damage.found))
        except OSError:
            pass
        return None

    def _migrate(self, version, values, notes):
        """Apply each (from_version, function) in turn; a file of a newer firmware is taken as it is."""
        for start, step in self._migrations:
            if version == start:
                values = step(values)
                version = start + 1
        if version > VERSION and notes is not None:
            notes.append(("settings_newer", version, VERSION))
        return values


def wipe(folder=""):
    """Forget all that was set, learned or kept here, each file and its predecessor; the identity stays."""
    path = folder + "/" if folder and folder[-1] != "/" else folder
    for name in ("settings", "accounts", "peers", "contract", "report", "tokens"):
        for end in (".new", ".old", ".json"):
            if _exists(path + name + end):
                os.remove(path + name + end)


def _write(path, data):
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
    sync = getattr(os, "sync", None)  # a Linux box; on littlefs close() is what commits
    if sync:
        sync()


def _exists(path):
    try:
        os.stat(path)
        return True
    except OSError:
        return False
