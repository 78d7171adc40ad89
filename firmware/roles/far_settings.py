"""Settings of a box far away, changed from the gateway: sent, and what it said to them.

Knows which change an answer belongs to; refuses to judge values: the far box has the
same checker and the last word. Loaded when asked for.
"""

from ..link.packet import SETTING
from ..link.pieces import cut, take_answer

_PIECES_MOST = 6  # of the eight messages that may wait


def send(far, peer, changes, now_ms):
    """Send `changes` (setting name -> value); the result comes as `far.result`. ValueError: too many."""
    far.transfer = (far.transfer + 1) & 255
    bodies = cut(far.transfer, changes)
    if len(bodies) > _PIECES_MOST:
        raise ValueError("%d settings at once are too many: send them in parts" % len(changes))
    for body in bodies:
        if not peer.send(SETTING, body, None, now_ms):
            raise ValueError("the changes before are still on their way: try again in a moment")
    far.pending[peer.mac, far.transfer] = changes


def answered(far, peer, body, entry):
    """(taken, code, args) of a RESULT, what was taken kept in `entry`; None: it answers nothing of ours."""
    found = take_answer(body)
    changes = found and far.pending.pop((peer.mac, found[0]), None)
    if changes is None:
        return None
    if found[1] and entry:
        entry.settings.update(changes)
        if changes.get("name"):
            entry.name = changes["name"]
    return found[1:]
