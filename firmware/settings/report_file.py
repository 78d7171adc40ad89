"""The commissioning report on flash: written piece by piece, told with the SHA-256 of its bytes.

Never whole in memory. Knows bytes; refuses to know what a report says.
"""

import os
from binascii import hexlify
from hashlib import sha256

_NAME = "report"
_PIECE = 256


def save(folder, pieces):
    """Write `pieces` (bytes) beside the old report, then in its place. OSError leaves the old one."""
    path = (folder + "/" if folder else "") + _NAME
    with open(path + ".new", "wb") as file:
        for piece in pieces:
            file.write(piece)
    os.rename(path + ".new", path + ".json")


def told(folder):
    """Yields {"sha256": "…", "report": the file}, or null when there is none."""
    path = (folder + "/" if folder else "") + _NAME + ".json"
    total = sha256()
    try:
        for piece in _pieces(path):
            total.update(piece)
    except OSError:
        yield b"null"
        return
    yield b'{"sha256": "' + hexlify(total.digest()) + b'", "report": '
    yield from _pieces(path)
    yield b"}"


def _pieces(path):
    with open(path, "rb") as file:
        piece = file.read(_PIECE)
        while piece:
            yield piece
            piece = file.read(_PIECE)
