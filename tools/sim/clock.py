"""The harness's time: seconds since the start, N times as quick as the wall clock.

Knows the speed and nothing else. The board's VM runs at the same rate because
its shim of `time` multiplies the same monotonic clock; the two need no common
zero, only a common pace.
"""

import asyncio
import time


class Clock:
    """Virtual seconds. `speed` 1 is real time; above it, time is squeezed."""

    def __init__(self, speed=1.0):
        self.speed = speed
        self._origin = time.monotonic()

    def now(self):
        """Virtual seconds since this clock was made."""
        return (time.monotonic() - self._origin) * self.speed

    async def until(self, instant):
        """Sleep until the virtual second `instant`; yields once if it is past."""
        await asyncio.sleep(max(0.0, (instant - self.now()) / self.speed))

    async def sleep(self, seconds):
        """Sleep for `seconds` of virtual time."""
        await asyncio.sleep(max(0.0, seconds / self.speed))
