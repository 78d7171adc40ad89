"""Keeps the tasks of a box alive, and ends the box decently when an essential one dies.

Knows names, heartbeats and how long a silence may last; refuses to know what a
task does. The watchdog is fed only while every essential task beats, so a hung
loop is ended by the chip; a dead or silent task is ended by us, sooner: neutral
command first, then a journal record, then the reset (HOUSE 5.8). A task that is
not essential is started again, after 1, 2, 4 … 60 seconds.
"""

import asyncio
import gc

from ..core.ticks import diff

_TURN_MS = 1000
_SILENCE_MS = 15000
_DEATH_MS = 3000  # the neutral command may take this long, no longer
_WAIT_MOST_S = 60
_STEADY_MS = 600000  # a run this long makes the next restart quick again
_TEXT_MOST = 60
_ALIVE_S = 10


class _Watched:
    """One task: its last beat; from its start on its coroutine maker (or coroutine), what its end means."""

    def __init__(self, clock):
        self.clock = clock
        self.beat_ms = 0
        self.make = None
        self.essential = False
        self.silence_ms = None
        self.task = None
        self.error = None
        self.done = False

    def beat(self):
        """The task is alive."""
        self.beat_ms = self.clock()


class Supervisor:
    """Start tasks with `start`, then `await run()`.

    feed: the watchdog's feeding function, or None; journal: core Journal; clock:
    function giving ticks; on_death: function (name, reason) that sends the neutral
    command, may be async, is given three seconds; reset: function (words, meant) that
    restarts the box, or None when `on_death` does; alive: function (uptime_s) that
    is told now and then how long this run has lasted, or None.
    """

    def __init__(self, feed, journal, clock, on_death, reset=None, alive=None):
        self._feed = feed
        self._journal = journal
        self._clock = clock
        self._on_death = on_death
        self._reset = reset
        self._alive = alive
        self._told_s = 0
        self._watched = {}
        asyncio.get_event_loop().set_exception_handler(self._stray)

    def start(self, name, make, essential=True, silence_ms=_SILENCE_MS):
        """Run a task under `name`. `make`: a function returning its coroutine, or the coroutine.

        Only a function can be started again. A silence_ms of None asks for no heartbeats.
        """
        watched = self._known(name)
        if watched.task:
            raise ValueError("a task named %r runs already" % name)
        watched.make, watched.essential, watched.silence_ms = make, essential, silence_ms
        watched.beat()
        watched.task = asyncio.create_task(self._live(name, watched))

    def beat_of(self, name):
        """The function that task `name` calls each turn. May be asked for before `start`."""
        return self._known(name).beat

    def _known(self, name):
        if name not in self._watched:
            self._watched[name] = _Watched(self._clock)
        return self._watched[name]

    async def run(self):
        """Look after the tasks for ever; returns only after a death, when `reset` returns (a test's)."""
        while True:
            now = self._clock()
            self._tell(self._journal.tick(now))
            name, reason = self._worst(now)
            if name:
                await self._end(name, reason)
                return
            if self._feed:
                self._feed()
            await asyncio.sleep_ms(_TURN_MS)

    def _tell(self, uptime_s):
        """Let the board know that this run lasts, every ten seconds."""
        if self._alive and uptime_s - self._told_s >= _ALIVE_S:
            self._told_s = uptime_s
            self._alive(uptime_s)

    def _worst(self, now):
        """(name, reason) of an essential task that is dead or too silent; (None, None) when all is well."""
        for name, watched in self._watched.items():
            if not watched.essential:
                continue
            if watched.done:
                return name, watched.error or "ended"
            if watched.silence_ms is not None and diff(now, watched.beat_ms) > watched.silence_ms:
                return name, "silent"
        return None, None

    async def _live(self, name, watched):
        """Run a task to its end; keep its error, restart it when it is not essential."""
        wait_s = 1
        while True:
            began = self._clock()
            coroutine = watched.make() if callable(watched.make) else watched.make
            try:
                await coroutine
                watched.error = None
            except Exception as error:
                watched.error = text_of(error)
            if watched.essential or not callable(watched.make):
                watched.done = True
                if not watched.essential:
                    self._journal.add(self._clock(), "task_ended", name, watched.error or "ended")
                return
            if diff(self._clock(), began) > _STEADY_MS:
                wait_s = 1
            self._journal.add(self._clock(), "task_again", name, watched.error or "ended", wait_s)
            await asyncio.sleep_ms(wait_s * 1000)
            wait_s = min(wait_s * 2, _WAIT_MOST_S)

    async def _end(self, name, reason):
        """The box goes down: neutral first, whatever else fails on the way."""
        try:
            self._journal.add(self._clock(), "task_dead", name, reason)
        except MemoryError:  # no room to write it down is no reason to leave the battery running
            gc.collect()
        try:
            asked = self._on_death(name, reason)
            if hasattr(asked, "send"):
                await asyncio.wait_for_ms(asked, _DEATH_MS)
        except Exception as error:
            self._journal.add(self._clock(), "neutral_failed", text_of(error))
        if self._reset:
            self._reset("%s: %s" % (name, reason), False)  # not meant: it counts towards safe mode

    def _stray(self, loop, context):
        """An exception that nobody awaited: noted, not fatal."""
        error = context.get("exception")
        self._journal.add(self._clock(), "task_stray", text_of(error))


def text_of(error):
    """An exception in one short line for the journal: its type and first words."""
    try:
        return ("%s %s" % (type(error).__name__, error)).strip()[:_TEXT_MOST]
    except MemoryError:
        gc.collect()
        return "MemoryError"
