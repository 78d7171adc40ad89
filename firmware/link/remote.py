"""An inverter that hangs on another box, with the face of one on our own bus.

What it says comes in with `heard`, what it is told goes out by `line`. The box at
its side holds the lease and lets go by itself. Refuses to know how messages travel
and which make of inverter it is. In this room and not beside the real driver: a
gateway without an inverter of its own need not load how one is read.
"""

from ..core.readings import Inverter
from ..core.ticks import add

_START = "inverter_starting"
_REST_MS = 10000  # for so long a rest is sent again until it arrives; after that no lease lives anyway


class RemoteDriver:
    """`line`: has order(power_w, until_ms), which sends a leased set-point, and sync(now_ms).

    box: whatever the owner tells boxes apart by; index: which inverter of that box.
    `reading`: core Inverter, filled by the owner and then told with `heard`.
    """

    def __init__(self, box, index, name, line):
        self.box = box
        self.index = index
        self.name = name
        self.commands = True     # False once it said that it is a meter
        self.capacity_wh = None
        self.away = False        # its box is not to be heard
        self.set_w = None        # the set-point in force over there
        self.reading = Inverter()
        self.events = []
        self._line = line
        self._word = _START
        self._told = None

    # What the control room says

    def command(self, command, now_ms):
        """Pass a core Command on: each one, for it carries the next lease; rest once."""
        if command.power_w is None and self._told is None:
            return
        self._told = command.power_w
        self._line.order(command.power_w, command.until_ms)

    def neutral(self, now_ms):
        """The battery to rest, at the next opportunity."""
        self._told = None
        self._line.order(None, add(now_ms, _REST_MS))

    def sync(self, now_ms):
        """A telegram starts now: have it measured at once."""
        self._line.sync(now_ms)

    # What a bus would say: nothing

    def next(self, now_ms):
        """No request of ours."""
        return None

    def wait_ms(self, now_ms):
        """Look again in a second."""
        return 1000

    # What its box says

    def heard(self, word, set_w, heard_ms_ago, now_ms):
        """`reading` was filled; the driver's word over there, its set-point, the age of its last reply."""
        self.away = False
        self._word = word or _START
        self.commands = not self._word.startswith("busmeter")
        self.set_w = set_w
        self.reading.heard_ms = None if heard_ms_ago is None else add(now_ms, -heard_ms_ago)

    def lost(self):
        """Its box is gone: say a set-point anew when it is back, rest included."""
        self.away = True
        self._told = 0

    def status(self, now_ms):
        """One word on how it is; firmware/words has the text and the next action."""
        return "inverter_away" if self.away else self._word
