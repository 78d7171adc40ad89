"""A change of our settings that came over the link: checked as on our own page, kept, and what came of it.

Loaded when one comes in. Knows which settings a gateway may change from afar, and
which of them need the ports opened anew; refuses to know how the answer travels.
"""

from ..settings.values import SettingError, Settings, save

_FROM_AFAR = ("name", "language", "p1.", "modbus.", "inverter.")
_PORTS = ("p1.", "modbus.")


def take(settings, changes, folder=""):
    """(taken, code, args, restart) for `changes` (name -> value; None: it was no such thing).

    All of them are taken or none. code and args: a word of firmware/words; a refusal names the setting.
    """
    if changes is None:
        return False, "settings_garbled", (), False
    for name in sorted(changes):
        if not any(name.startswith(known) for known in _FROM_AFAR):
            return False, "setting_not_from_afar", (name,), False
    trial = Settings(settings.all())
    try:
        trial.change(changes)
        _known_device(trial.get)
        save(folder, trial)
        settings.change(changes)
    except SettingError as error:
        return False, error.code, error.words, False
    except ValueError as error:
        return False, "modbus_refused", (str(error),), False
    except OSError as error:
        return False, "settings_not_saved", (str(error),), False
    restart = any(name.startswith(port) for name in changes for port in _PORTS)
    return True, "settings_taken", (", ".join(sorted(changes)),), restart


def _known_device(get):
    """ValueError, naming the word, when the four choices and the station name no device of the catalogue."""
    if not get("modbus.enabled") or not get("modbus.model"):
        return
    from ..devices import entry
    try:
        words = [get("modbus." + name) for name in ("type", "group", "subgroup", "model", "station")]
        entry.check_choice(*words)
    finally:
        entry.let_go()
