"""Which read is due when: the rhythm of asking, and what a device turned out not to have.

It knows five rhythms (fast, slow, rare, once, mode), the telegram's beat, and remembers
reads that a device refuses. It refuses to know what the answers mean.

Beat: when a telegram starts, `sync` makes the fast read due at once, so that grid and
battery are measured at the same instant; everything else waits for the quiet part of the
beat, after the command and before the next telegram, so that it delays neither.
"""

from ..core.ticks import add, diff

_EVERY_MS = {"fast": 1000, "slow": 5000, "rare": 60000, "once": 10000, "mode": 30000}
_MODE_SOON_MS = 10000  # while the device does not obey: the owner is at its display
_BEAT_MS = 2500  # a sync younger than this sets the beat (meters of 1 s)
_QUIET_FROM_MS = 250
_QUIET_TO_MS = 650
_ABSENT_AFTER = 3  # an optional read that stays unanswered while others are answered
_ABSENT_CODES = (1, 2, 3)  # exceptions: function, address or quantity not known


class Poll:
    """One read of the plan; `raw` is the newest answer's registers, kept for details().

    Eight attributes: a ninth would take 32 bytes from a board, for each read.
    """

    def __init__(self, rhythm, optional, pdu, rows):
        self.rhythm = rhythm
        self.optional = optional
        self.pdu = pdu  # the request
        self.rows = rows
        self.due_ms = 0
        self.misses = 0
        self.absent = False
        self.raw = None

    def start(self):
        """The first register."""
        return self.pdu[1] << 8 | self.pdu[2]


class Polls:
    """All reads of one model. `list` may be read by anybody. `keep`: answers stay, for who shows details."""

    keep = True

    def __init__(self, model, now_ms):
        self.list = model.polls
        self._sync_ms = None
        self.hurried = False  # the work mode is asked more often
        self.ask(None, now_ms)

    def sync(self, now_ms):
        """A telegram starts now: the fast read is due at once."""
        self._sync_ms = now_ms
        self.ask("fast", now_ms)

    def ask(self, rhythm, now_ms):
        """Make the reads of one rhythm due now; None: all."""
        for poll in self.list:
            if rhythm is None or poll.rhythm == rhythm:
                poll.due_ms = now_ms

    def hurry(self, on, now_ms):
        """Ask the work mode soon and often (`on`), or in its usual rhythm."""
        if on and not self.hurried:
            self.ask("mode", now_ms)
        self.hurried = on

    def take(self, now_ms, only_fast):
        """The read to send now, or None. Its next turn is counted from now."""
        if self._phase(now_ms) is None:
            self._sync_ms = None  # forgotten: ticks wrap, and an old beat would look new
        for poll in self.list:
            if (self._wanted(poll, only_fast) and diff(now_ms, poll.due_ms) >= 0
                    and (poll.rhythm == "fast" or self._quiet_in(now_ms) == 0)):
                poll.due_ms = add(now_ms, self._every(poll, now_ms))
                return poll
        return None

    def wait_ms(self, now_ms, only_fast):
        """Milliseconds until `take` has something, at most 1000."""
        wait = 1000
        for poll in self.list:
            if self._wanted(poll, only_fast):
                due = max(0, diff(poll.due_ms, now_ms))
                if poll.rhythm != "fast":
                    due += self._quiet_in(add(now_ms, due))
                wait = min(wait, due)
        return wait

    def answered(self, poll, raw):
        """Keep the answer; a read of rhythm "once" is done."""
        poll.raw = raw if self.keep else True
        poll.misses = 0

    def failed(self, poll, fault):
        """Note a fault; True when the read has just been found absent for good."""
        code = getattr(fault, "code", None)
        poll.misses += 1
        if not poll.optional or poll.absent:
            return False
        # Some firmware stays silent where it should say "illegal address".
        poll.absent = code in _ABSENT_CODES or (fault.kind == "timeout" and poll.misses >= _ABSENT_AFTER)
        return poll.absent

    def _wanted(self, poll, only_fast):
        if poll.absent or (poll.rhythm == "once" and poll.raw):
            return False
        return poll.rhythm == "fast" or not only_fast

    def _every(self, poll, now_ms):
        if poll.rhythm == "fast" and self._phase(now_ms) is not None:
            return _BEAT_MS  # the next telegram asks; this is for when it does not come
        if poll.rhythm == "mode" and self.hurried:
            return _MODE_SOON_MS
        return _EVERY_MS[poll.rhythm]

    def _phase(self, now_ms):
        """Milliseconds since the telegram started; None without a beat."""
        if self._sync_ms is None:
            return None
        phase = diff(now_ms, self._sync_ms)
        return phase if phase < _BEAT_MS else None

    def _quiet_in(self, now_ms):
        """Milliseconds until the quiet part of the beat; 0: now, or there is no beat."""
        phase = self._phase(now_ms)
        if phase is None or _QUIET_FROM_MS <= phase < _QUIET_TO_MS:
            return 0
        return _QUIET_FROM_MS - phase if phase < _QUIET_FROM_MS else _BEAT_MS - phase
