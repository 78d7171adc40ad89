"""Settings over the page: read, checked and kept; backup, restore and factory reset. Loaded with a request.

All of a form is taken or none of it, old or new after a power cut. What the running
tasks look at takes effect at once; a port, the network or the role takes a restart,
before which the battery is sent to rest.
"""

import asyncio
import json

from ..settings.values import SettingError, Settings, forget_start, save
from ..words.words import say
from .reception import refused, told

_AT_ONCE = ("control.", "inverter.", "name", "language", "installation.", "panels.", "web.lan", "web.ap")
_RESTART_MS = 1500


def answer(desk, visit, detail):
    """detail: "read", "write", "backup", "restore" or "reset"."""
    box = desk.box
    if detail == "read":
        return told(box.settings.all())
    if detail == "backup":
        return told({"kind": "jullix-backup", "settings": _given(box.settings)},
                    headers='Content-Disposition: attachment; filename="%s.json"\r\n' % box.identity.ssid)
    try:
        body = json.loads(visit.request.body)
        if detail == "reset":
            return _reset(box, visit, body)
        if detail == "restore":
            body = body["settings"]
        return _write(box, visit, body)
    except (ValueError, KeyError, TypeError, AttributeError):
        return refused(visit, "web_garbled")


def _given(settings):
    from ..settings.store import given
    values = given(settings)
    forget_start()
    return values


def _write(box, visit, changes):
    """Check all, keep all, say what happens now; 403 names a row that is above the visitor's role."""
    from ..settings.check import read, row
    from ..web.routes import RANKS
    trial = Settings(box.settings.all())
    try:
        clean = {}
        for name in sorted(changes):
            if RANKS.index(row(name)[7]) > visit.rank:
                return refused(visit, "web_not_allowed", status=403, name=name)
            value = changes[name]
            clean[name] = read(name, value) if isinstance(value, str) else value
        trial.change(clean)
        _known_device(trial.get)
        changed = [name for name in clean if clean[name] != box.settings.get(name)]
        save(box.folder, trial)
    except SettingError as error:
        return refused(visit, error.code, (say(visit.language, "set_" + error.name.replace(".", "_")),)
                       + error.words[1:], name=error.name)
    except ValueError as error:
        return refused(visit, "modbus_refused", (str(error),), name="modbus.model")
    except OSError as error:
        return refused(visit, "settings_not_saved", (str(error),), 500)
    finally:
        forget_start()
    box.settings.change({name: clean[name] for name in changed})
    if hasattr(box, "wishes"):
        box.wishes.take(box.settings.get)
    if changed:
        box.journal.add(box.clock(), "web_settings", visit.who(), ", ".join(sorted(changed)))
    said = None
    if "control.desired_peak_w" in changed:
        from .peak_warning import warning
        said = warning(box)
        if said:
            box.journal.add(box.clock(), *said)
    again = [name for name in changed if not name.startswith(_AT_ONCE)]
    if again:
        asyncio.create_task(_restart(box))
    return told({"ok": True, "changed": changed, "restart": bool(again),
                 "say": say(visit.language, said[0], said[1:]) if said else None})


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


def _reset(box, visit, body):
    """Back to how it left the factory; the sticker's secrets stay. The visitor must have typed the SSID."""
    if body["confirm"] != box.identity.ssid:
        return refused(visit, "web_not_confirmed")
    from ..settings.store import wipe
    wipe(box.folder)
    box.journal.add(box.clock(), "web_reset")
    asyncio.create_task(_restart(box))
    return told({"ok": True, "restart": True})


async def _restart(box):
    """Let the answer leave, send the battery to rest, start anew."""
    await asyncio.sleep_ms(_RESTART_MS)
    await box.rest("why_shutdown")
    box.board.guard.reset("settings", True)
