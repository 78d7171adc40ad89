"""One simulated board: a MicroPython process that is booted, watched and booted again.

Knows power, resets and the board's console; knows nothing of what is said on its
ports. The process has a group of its own and dies with the harness, whatever
ends that.
"""

import asyncio
import atexit
import contextlib
import ctypes
import json
import os
import signal

_PR_SET_PDEATHSIG = 1
_RESET_STATUS = 75
_BOOT_S = 2.5  # a chip's own start, before boot.py: measured 2.2 to 3.5 s on the real image
_CAUSES = {"power": 1, "reset": 2, "watchdog": 3}


class BoardError(RuntimeError):
    """The board ends again and again right after its start."""


class Board:
    """One VM. `listen(t_s, dict)` gets console lines, `complain(t_s, text)` the others,
    `booted(t_s, cause)` each start, `ended()` each end."""

    def __init__(self, clock, argv, environment, folder, listen, complain, booted, ended):
        self._clock = clock
        self._argv = argv
        self._environment = environment
        self._folder = folder
        self._listen, self._complain, self._booted, self._ended = listen, complain, booted, ended
        self._process = None
        self._powered = asyncio.Event()
        self._powered.set()
        self._libc = ctypes.CDLL(None)
        atexit.register(self.kill)

    async def run(self):
        """Endless: boot, read until it ends, say why, boot again."""
        cause, early = "power", 0
        while True:
            await self._powered.wait()
            began = self._clock.now()
            self._booted(began, cause)
            status = await self._live(_CAUSES[cause])
            cause = self._why(status)
            early = early + 1 if self._clock.now() - began < 5 and cause == "crash" else 0
            if early >= 3:
                raise BoardError(f"{self._folder.name} crashed three times within five seconds of its start")
            cause = {"crash": "watchdog"}.get(cause, cause)
            await self._powered.wait()
            await self._clock.sleep(_BOOT_S)

    def power_off(self):
        """A brown-out: everything but the flash is gone."""
        self._powered.clear()
        self.kill()
        with contextlib.suppress(OSError):
            os.unlink(self._environment["SIM_RTC_MEMORY"])

    def bite(self):
        """As if its watchdog had not been fed; what outlives a reset stays."""
        self._signal(signal.SIGALRM)

    def burden(self):
        """(seconds of processor, seconds of waiting for one) of this run so far; (0, 0) when it is off."""
        try:
            with open(f"/proc/{self._process.pid}/schedstat", encoding="ascii") as file:
                worked, waited, _ = file.read().split()
        except (OSError, AttributeError):
            return 0.0, 0.0
        return int(worked) / 1e9, int(waited) / 1e9

    def power_on(self):
        """The supply is back."""
        self._powered.set()

    def kill(self):
        """End the process group; harmless when there is none."""
        self._signal(signal.SIGKILL)

    def _signal(self, number):
        if self._process and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    async def _live(self, cause):
        environment = dict(self._environment, SIM_RESET_CAUSE=str(cause))
        self._process = await asyncio.create_subprocess_exec(
            *self._argv,
            cwd=self._folder / "flash",
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            # A group, not a session: a session's leader would make the first tty it opens its own terminal.
            process_group=0,
            preexec_fn=self._die_with_parent,
            limit=1 << 20,
        )
        try:
            async for line in self._process.stdout:
                self._hear(line.decode("utf-8", "replace").rstrip())
            return await self._process.wait()
        finally:
            self.kill()
            self._ended()

    def _die_with_parent(self):
        self._libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def _hear(self, text):
        now = self._clock.now()
        if text.startswith("{"):
            with contextlib.suppress(ValueError):
                self._listen(now, json.loads(text))
                return
        if text:
            self._complain(now, text)

    def _why(self, status):
        if not self._powered.is_set() or status == -signal.SIGKILL:
            return "power"
        if status == _RESET_STATUS:
            return "reset"
        if status == -signal.SIGALRM:
            return "watchdog"
        self._complain(self._clock.now(), f"the board's program ended with status {status}")
        return "crash"
