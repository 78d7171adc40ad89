"""What the summary says, and from whom it was heard.

Power, energy, charge and commands come from the harness's own house and
inverter when it has them; only where an outside device stands in their place,
or where nobody else can know (telegrams understood, heap, reasons), from the
gateway's word. It judges nothing.
"""

import re

_COUNTS = {
    "telegrams": ("good", "bad", "lost"),
    "bus": ("requests", "timeouts", "crc", "exceptions", "retries"),
}
_SETTLED_W = 50
_SETTLED_S = 10
_TURN_W = 60  # smaller swings around zero are no change of direction


class Witness:
    """Fed once a second with `second`, and with each status and journal line of the gateway."""

    def __init__(self, heap_limit, journal_most=2000):
        self.status = {}
        self.journal = []
        self.safe = []
        self.faults = []
        self.boots = []
        self.complaints = []
        self._most = journal_most
        self.heap_limit = heap_limit
        self._heap = []
        self._before = {}  # counters of the runs before the last reboot
        self._rule = None
        self._quiet_since = None
        self._direction = 0
        self._sums = {"import_wh": 0.0, "export_wh": 0.0, "abs_w": 0.0}
        self._soc = []
        self._trace = []
        self.seconds = 0
        self.settled_s = None
        self.late_s = (
            0.0  # the most that the harness itself ran behind: a starved machine, not a slow gateway
        )
        self.turns = 0
        self.grid_w = None
        self.battery_w = None

    # what the house shows

    def second(self, t_s, grid_w, battery_w, soc_pct):
        """One second of the story; None for what nobody knows yet."""
        self.seconds = t_s
        self.grid_w, self.battery_w = grid_w, battery_w
        self._trace.append([t_s, grid_w, battery_w, soc_pct, self._rule])
        if soc_pct is not None:
            self._soc.append(soc_pct)
        if grid_w is not None:
            self._sums["abs_w"] += abs(grid_w)
            self._sums["import_wh" if grid_w > 0 else "export_wh"] += abs(grid_w) / 3600
            self._settle(t_s, grid_w)
        if battery_w is not None and abs(battery_w) > _TURN_W:
            direction = 1 if battery_w > 0 else -1
            self.turns += direction == -self._direction
            self._direction = direction

    def _settle(self, t_s, grid_w):
        if abs(grid_w) > _SETTLED_W:
            self._quiet_since = None
        elif self._quiet_since is None:
            self._quiet_since = t_s
        elif self.settled_s is None and t_s - self._quiet_since >= _SETTLED_S:
            self.settled_s = self._quiet_since

    # what the gateway says

    def heard(self, t_s, line):
        """A decoded console line: {"status": …} or {"journal": …}."""
        if isinstance(line.get("journal"), dict):
            entry = line["journal"]
            self.journal.append(
                {
                    "at_s": round(t_s, 1),
                    "time": entry.get("time"),
                    "code": entry.get("code"),
                    "text": entry.get("text"),
                }
            )
            del self.journal[: -self._most]
        if isinstance(line.get("status"), dict):
            self.status = line["status"]
            used = (self.status.get("heap") or {}).get("used")
            if used is not None:
                self._heap.append((round(t_s), used))
            self._watch_rule(t_s)

    def _watch_rule(self, t_s):
        rule = self.status.get("rule")
        why = self.status.get("why")
        if rule == "safe" and (self._rule != "safe" or _wording(self.safe[-1]["reason"]) != _wording(why)):
            self.safe.append({"at_s": round(t_s, 1), "reason": why})
        if rule:
            self._rule = rule

    def booted(self, t_s, cause):
        """The board starts a new run; its counters begin at zero again."""
        self.boots.append({"at_s": round(t_s, 1), "cause": cause})
        for group, names in _COUNTS.items():
            for name in names:
                self._before[group, name] = self.count(group, name)
        self._before["commands"] = self.commands()
        self.status = {}
        self._rule = None

    def note_fault(self, t_s, fault, began):
        """The timeline broke or mended something."""
        self.faults.append({"at_s": round(t_s, 1), "fault": fault.name, "began": began})

    def complain(self, t_s, text):
        """A line of the board that is neither status nor journal: a traceback, mostly."""
        self.complaints.append({"at_s": round(t_s, 1), "text": text[:400]})
        del self.complaints[:-200]

    def count(self, group, name):
        """A counter of the gateway over all its runs."""
        return self._before.get((group, name), 0) + int((self.status.get(group) or {}).get(name) or 0)

    def commands(self):
        """Set-points over all runs, by the gateway's word."""
        return self._before.get("commands", 0) + int(self.status.get("commands") or 0)

    # what goes into the file

    def energy(self):
        """Sums over the story so far, Wh and W."""
        return {
            "grid_import_wh": round(self._sums["import_wh"], 1),
            "grid_export_wh": round(self._sums["export_wh"], 1),
            "mean_abs_grid_w": round(self._sums["abs_w"] / max(1, self.seconds), 1),
        }

    def last(self, seconds):
        """Grid power of the last seconds, oldest first."""
        return [row[1] for row in self._trace[-seconds:]]

    def summary(self, house=None, meter=None, inverter=None):
        """A dict for JSON. House, meter and inverter are None where outside devices stood in."""
        soc = self._soc or [None]
        known = [one for one in soc if one is not None] or [None]
        said = {group: {name: self.count(group, name) for name in names} for group, names in _COUNTS.items()}
        report = {
            "seconds": self.seconds,
            "late_s": round(self.late_s, 2),
            **said,
            "commands": inverter.commands if inverter else self.commands(),
            **self.energy(),
            "grid_w": self.grid_w,
            "settled_s": self.settled_s,
            "battery_direction_changes": self.turns,
            "soc": {"start": soc[0], "end": soc[-1], "min": min(known), "max": max(known)},
            "heap": self._heap_report(),
            "safe_state_entries": self.safe,
            "boots": self.boots,
            "faults": self.faults,
            "journal": self.journal,
            "complaints": self.complaints,
            "status": self.status,
            "trace": {"columns": ["t_s", "grid_w", "battery_w", "soc_pct", "rule"], "rows": self._trace},
            "witness": {
                "grid": "house" if house else "gateway",
                "battery": "inverter" if inverter else "gateway",
            },
        }
        if meter:
            report["meter"] = {"sent": meter.sent}
        if inverter:
            report["inverter"] = {
                "relay_clicks": inverter.relay_clicks,
                "lapses": inverter.lapses,
                "power_w": round(inverter.power_w),
                "mode": inverter.mode,
                "told": inverter.told,
            }
        return report

    def _heap_report(self):
        used = [value for _, value in self._heap]
        return {
            "limit": self.heap_limit,
            "peak_used": max(used, default=None),
            "last_used": used[-1] if used else None,
            "by_minute": _by_minute(self._heap),
        }


def _wording(reason):
    """A reason without its numbers: silent for 9 s and for 10 s are one entry."""
    return re.sub(r"\d+", "#", reason or "")


def _by_minute(samples):
    """Least heap in use in each whole minute: what is left when the garbage is out."""
    least = {}
    for t_s, used in samples:
        least[t_s // 60] = min(used, least.get(t_s // 60, used))
    return [least[minute] for minute in sorted(least)]
