"""One run of the whole house, with marks where a telegram ends and a command begins. Gives no rows itself.

The load jumps every few seconds, so that there is something to command. Marks are taken at the harness's
side of the wires, so the ptys' own time counts as the gateway's.
"""

import asyncio
import functools
import pathlib
import tempfile
import time

from tools.sim import options
from tools.sim.story import Story

SECONDS = 75
_COMMAND = 0x42
_JUMPS_W = (400, 900, 1500, 700)
_EVERY_S = 3


class Marks:
    """When the last telegram ended, whether the bus was idle then, and how long the command took."""

    def __init__(self, clock=time.monotonic):
        self._clock = clock
        self._ended = None
        self._busy = False
        self._busy_until = 0.0
        self.delays_ms = []  # one a telegram that found the bus idle and was answered by a command

    def telegram_ended(self):
        """The last byte of a telegram has left for the gateway."""
        now = self._clock()
        self._ended = None if self._busy or now < self._busy_until else now

    def sent(self, frame):
        """The gateway's frame has come out; only a command that follows the telegram directly counts."""
        if len(frame) > 1 and frame[1] == _COMMAND and self._ended is not None:
            self.delays_ms.append((self._clock() - self._ended) * 1000)
        self._ended = None
        self._busy = True

    def answered(self, frame, seconds):
        """The inverter answers; its bytes take `seconds` on the wire."""
        self._busy = False
        self._busy_until = self._clock() + seconds


def watch(story, marks):
    """Puts the marks on the wires of a running story; once."""
    if getattr(story, "marked", False):
        return
    story.marked = True
    p1, outward, homeward = story.p1_wire, story.bus.outward, story.bus.homeward
    release, ask, answer = p1._release, outward.put, homeward.put

    def released(now):
        release(now)
        if not p1._queue:
            marks.telegram_ended()

    def asked(data):
        marks.sent(data)
        ask(data)

    def replied(data):
        marks.answered(data, len(data) * homeward.char_s)
        answer(data)

    p1._release, outward.put, homeward.put = released, asked, replied


def profile(path):
    """Writes the jumping load as the CSV that `make sim` reads."""
    rows = ["t_s,load_w,pv_w"]
    for step in range(SECONDS // _EVERY_S + 1):
        rows.append("{},{},0".format(step * _EVERY_S, _JUMPS_W[step % len(_JUMPS_W)]))
    pathlib.Path(path).write_text("\n".join(rows) + "\n")


@functools.lru_cache(maxsize=1)
def play():
    """(summary, Marks) of one run on the compiled tree; the second caller gets the first one's run."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "load.csv"
        profile(path)
        chosen = ["--seconds", str(SECONDS), "--headless", "--profile", str(path)]
        story = Story(options.parse(chosen))
        marks = Marks()
        asyncio.run(story.tell(lambda told: watch(told, marks)))
        return story.summary(), marks
