"""A change of settings, too long for one frame: cut in pieces, put together again, answered.

    SETTING  transfer u8, piece u8, pieces u8, then up to 200 bytes of {"name": value, …}
    RESULT   transfer u8, 1 taken or 0 refused, then the word and its args (lines.put_line)

The lane of outbox.py keeps the pieces in order and each comes once, so a piece out of
place means that its sender started anew. Knows no setting: `check` is handed in.
"""

import json

from .lines import put_line, take_line

_CHUNK = 200
_MOST = 2000


def cut(transfer, changes):
    """`changes` (setting name -> value) as bodies for SETTING, in order; transfer: 0 to 255, never the last.

    ValueError: longer than a member takes.
    """
    data = json.dumps(changes).encode()
    if len(data) > _MOST:
        raise ValueError("settings of %d bytes, %d is the most" % (len(data), _MOST))
    count = (len(data) + _CHUNK - 1) // _CHUNK
    return [bytes((transfer & 255, i, count)) + data[i * _CHUNK : (i + 1) * _CHUNK] for i in range(count)]


class Pieces:
    """Member: feed it SETTING bodies."""

    def __init__(self):
        self._transfer = None
        self._parts = []

    def feed(self, body):
        """None, or (transfer, changes) once the last piece is in; changes None: it was no such thing."""
        if len(body) < 4:
            return None
        transfer, piece, count = body[0], body[1], body[2]
        if piece == 0:
            self._transfer, self._parts = transfer, []
        if transfer != self._transfer or piece != len(self._parts) or not piece < count <= _MOST // _CHUNK:
            return None
        self._parts.append(body[3:])
        if len(self._parts) < count:
            return None
        data, self._transfer, self._parts = b"".join(self._parts), None, []
        try:
            changes = json.loads(data)
        except ValueError:
            changes = None
        return transfer, changes if isinstance(changes, dict) else None


def answer(transfer, taken, code, args=()):
    """Body for RESULT: a word of firmware/words and what it speaks of."""
    return bytes((transfer & 255, 1 if taken else 0)) + put_line(code, args, 2)


def take_answer(body):
    """Gateway: (transfer, taken, code, args), or None when it is no such body."""
    line = take_line(body[2:]) if len(body) > 2 else None
    return (body[0], body[1] == 1) + line if line else None
