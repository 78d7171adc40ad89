"""What a box tells its next life: the record in memory that survives a reset but not a power cut.

Knows how boots are counted: a run that ended without a word is a failed one; three
of them that lasted under ten minutes together mean safe mode. A run of two minutes
wipes the slate. Pure: bytes in, bytes out; the hardware is guard.py's.
"""

import struct
from binascii import crc32

_FORMAT = "<BBHHHB"  # version, failed, boots, spent_s, uptime_s, meant
_VERSION = 1
_FAILED_MOST = 3
_WINDOW_S = 600
WORDS_MOST = 96  # bytes of last words that are kept


class Record:
    """`boots` since power-on, `failed` in a row, `last_words` of the run before."""

    def __init__(self, data=b""):
        self.boots = 0
        self.failed = 0
        self.spent_s = 0  # how long the failed runs lasted together
        self.uptime_s = 0
        self.meant = True  # the run ended as somebody wished; also true before the first
        self.last_words = ""
        self.known = self._read(data)  # False after a power cut

    def begin(self):
        """A new run starts: judge how the last one ended. Returns True when it failed."""
        failed = self.known and not self.meant
        if failed:
            self.failed += 1
            self.spent_s += self.uptime_s
            if self.spent_s > _WINDOW_S:  # failures far apart are no boot loop
                self.failed, self.spent_s = 1, min(self.uptime_s, _WINDOW_S)
        else:
            self.failed, self.spent_s = 0, 0
        self.boots = min(self.boots + 1, 65535)
        self.uptime_s, self.meant = 0, False
        return failed

    def safe_mode(self):
        """True when this run should start as little as possible and command nothing."""
        return self.failed >= _FAILED_MOST

    def healthy(self):
        """This run has proved itself."""
        self.failed, self.spent_s = 0, 0

    def pack(self):
        """The record as bytes, checksum last."""
        words = self.last_words.encode()[:WORDS_MOST]
        head = struct.pack(
            _FORMAT, _VERSION, min(self.failed, 255), self.boots, min(self.spent_s, 65535),
            min(self.uptime_s, 65535), 1 if self.meant else 0,
        )
        body = head + bytes([len(words)]) + words
        return body + struct.pack("<I", crc32(body) & 0xFFFFFFFF)

    def _read(self, data):
        size = struct.calcsize(_FORMAT)
        if len(data) < size + 5 or data[0] != _VERSION or data[size] > WORDS_MOST:
            return False
        end = size + 1 + data[size]
        if data[end : end + 4] != struct.pack("<I", crc32(data[:end]) & 0xFFFFFFFF):
            return False
        _, self.failed, self.boots, self.spent_s, self.uptime_s, meant = struct.unpack(_FORMAT, data[:size])
        self.meant = bool(meant)
        try:
            self.last_words = data[size + 1 : end].decode()
        except UnicodeError:  # a letter cut in two at the limit
            self.last_words = ""
        return True
