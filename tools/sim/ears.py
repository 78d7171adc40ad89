"""The ear at the console of a board that is no gateway: its words, heap and starts. Judges nothing."""


class Ears:
    """`status`: the last one; `journal`, `boots`, `complaints`: as the Witness has them of the gateway."""

    def __init__(self, name, role, heap_limit):
        self.name = name
        self.role = role
        self.heap_limit = heap_limit
        self.status = {}
        self.journal = []
        self.boots = []
        self.complaints = []
        self._heap = []

    def heard(self, t_s, line):
        """A decoded console line: {"status": …} or {"journal": …}."""
        if isinstance(line.get("journal"), dict):
            entry = line["journal"]
            told = {name: entry.get(name) for name in ("time", "code", "text")}
            self.journal.append(dict(told, at_s=round(t_s, 1)))
            del self.journal[:-500]
        if isinstance(line.get("status"), dict):
            self.status = line["status"]
            used = (self.status.get("heap") or {}).get("used")
            if used is not None:
                self._heap.append(used)

    def booted(self, t_s, cause):
        """The board starts a new run."""
        self.boots.append({"at_s": round(t_s, 1), "cause": cause})
        self.status = {}

    def complain(self, t_s, text):
        """A line that is neither: a traceback, mostly."""
        self.complaints.append({"at_s": round(t_s, 1), "text": text[:400]})
        del self.complaints[:-200]

    def summary(self, stand_ins=None):
        """A dict for JSON. Peak and least heap in bytes; the least is what stays after a collection.

        stand_ins: what the harness's own modules take on top of it (rom.py).
        """
        return {
            "role": self.role,
            "heap": {
                "limit": self.heap_limit,
                "stand_ins": stand_ins,
                "peak_used": max(self._heap, default=None),
                "least_used": min(self._heap, default=None),
            },
            "boots": self.boots,
            "journal": self.journal,
            "complaints": self.complaints,
            "status": self.status,
        }
