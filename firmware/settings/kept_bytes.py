"""Bytes on flash under a name, with their checksum: the last good prices, what was learned.

Length is the file's, a CRC-32 of the body stands in front. Written beside and renamed: after a power cut the
old one is there or the new one. Knows no meaning of them (kept.py is for dicts). Needed some times a day.
"""

import os
from binascii import crc32

from .sealed import Damaged

_MOST = 4096


def load(name, folder=""):
    """The bytes kept as `name`, None where there are none. Damaged where they are not whole."""
    try:
        with open(_path(name, folder), "rb") as file:
            data = file.read(_MOST + 9)
    except OSError:
        return None
    body = data[8:]
    if data[:8] != _front(body):
        raise Damaged("sealed_crc", len(data))
    return body


def save(name, body, folder=""):
    """Keep bytes. OSError leaves what was there."""
    if len(body) > _MOST:
        raise OSError("{}: {} bytes, {} is the most".format(name, len(body), _MOST))
    path = _path(name, folder)
    with open(path + ".new", "wb") as file:
        file.write(_front(body))
        file.write(body)
    os.rename(path + ".new", path)


def _front(body):
    return b"%08x" % (crc32(body) & 0xFFFFFFFF)


def _path(name, folder):
    return (folder + "/" if folder and folder[-1] != "/" else folder) + name + ".bin"
