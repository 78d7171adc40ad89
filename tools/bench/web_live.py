"""The pages in use: four browsers at a gateway in the 32-bit VM; what they get, what it costs the gateway.

Each browser loads Status with its style and script, keeps the live line where there is room, and asks
again and again. Beside it the time from a telegram to its command is taken, with the pages quiet and in use.
Machines differ: a chip has one slow core, a desk two quick ones; requests a second are a desk's.
"""

import asyncio
import pathlib
import re
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.request

from tools.bench.played_house import Marks, profile, watch
from tools.sim import options
from tools.sim.story import Story

HEAP = "128k"
PORT = 8290
BROWSERS = 4
_QUIET_S, _BUSY_S = 30, 30


class Browser(threading.Thread):
    """One reader until `over` is set. `took_ms`: each answer; `refused`: how often it was told to wait."""

    def __init__(self, base, over):
        super().__init__(daemon=True)
        self.base, self.over = base, over
        self.took_ms, self.refused = [], 0

    def run(self):
        """Load the page as a browser does, then read values for as long as it lasts."""
        page = self._get("/") or b""
        for name in set(re.findall(rb'"(/s/[a-z.0-9]+)"', page)):
            self._get(name.decode())
        stream = self._live()
        while not self.over.is_set():
            for path in ("/api/v1/status", "/api/v1/lights", "/", "/api/v1/history?span=hour"):
                self._get(path)
        if stream:
            stream.close()

    def _live(self):
        """The live line, for the two that come first."""
        try:
            return _OPENER.open(self.base + "/api/v1/events", timeout=60)
        except OSError:
            return None

    def _get(self, path):
        began = time.monotonic()
        try:
            with _OPENER.open(self.base + path, timeout=12) as answer:
                body = answer.read()
        except (OSError, urllib.error.HTTPError):
            self.refused += 1
            time.sleep(0.3)
            return None
        self.took_ms.append((time.monotonic() - began) * 1000)
        time.sleep(0.05)
        return body


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def play(heap=HEAP):
    """(quiet delays ms, busy delays ms, browsers, summary, seconds in use) of one run."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "load.csv"
        profile(path)
        story = Story(options.parse([
            "--seconds", str(_QUIET_S + _BUSY_S), "--headless", "--profile", str(path), "--heap", heap,
            "--web", str(PORT)]))
        marks, over = Marks(), threading.Event()
        browsers = [Browser(f"http://127.0.0.1:{PORT}", over) for _ in range(BROWSERS)]
        quiet = []

        def beat(told):
            watch(told, marks)
            if not quiet and told.clock.now() > _QUIET_S:
                quiet.extend(marks.delays_ms or [0])
                for one in browsers:
                    one.start()

        asyncio.run(story.tell(beat))
        over.set()
        return quiet, marks.delays_ms[len(quiet):], browsers, story.summary(), _BUSY_S


def rows():
    """What `make bench ARGS=web_live` prints."""
    quiet, busy, browsers, summary, seconds = play()
    took = sorted(ms for one in browsers for ms in one.took_ms)
    if not took:
        raise RuntimeError("no page was answered: with {} the pages stay off".format(HEAP))
    name = "four browsers, heap " + HEAP
    jitter = max(busy) - statistics.median(quiet) if busy and quiet else None
    return [
        {"name": name + ": answers a second", "value": len(took) / seconds, "unit": "1/s"},
        {"name": name + ": answer, median", "value": statistics.median(took), "unit": "ms"},
        {"name": name + ": answer, 95 of 100", "value": took[len(took) * 95 // 100], "unit": "ms"},
        {"name": name + ": told to wait (503) or not heard", "value": sum(one.refused for one in browsers),
         "unit": ""},
        {"name": name + ": most in use", "value": summary["heap"]["peak_used"], "unit": "bytes"},
        {"name": name + ": command later than without pages, worst", "value": jitter, "unit": "ms",
         "limit": 100},
    ]
