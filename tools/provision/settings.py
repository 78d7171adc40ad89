"""A settings file made on the desk with the box's own checker: what it takes, a box takes."""

from firmware.settings.check import read
from firmware.settings.store import Store, defaults
from firmware.settings.values import SettingError, Settings
from firmware.words.words import say


class Refused(ValueError):
    """One sentence a wrong setting, in English."""


def settings_of(pairs):
    """Settings from "name=value" texts, as typed. Refused names every one that is wrong."""
    changes, wrong = {}, []
    for pair in pairs:
        name, found, text = pair.partition("=")
        if not found:
            wrong.append("{!r}: write it as name=value".format(pair))
            continue
        try:
            changes[name.strip()] = read(name.strip(), text)
        except SettingError as error:
            wrong.append(say("en", error.code, error.words))
    settings = Settings(defaults())
    if not wrong:
        try:
            settings.change(changes)
        except SettingError as error:
            wrong.append(say("en", error.code, error.words))
    if wrong:
        raise Refused("\n".join(wrong))
    return settings


def write(folder, settings):
    """settings.json into `folder`, in the box's own form."""
    Store(str(folder)).save(settings)
