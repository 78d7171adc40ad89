"""What a box tells its next life: the record in memory that survives a reset but not a power cut.

Knows how boots are counted: a run that ended without a word is a failed one; three
of them that lasted under ten minutes together mean safe mode. A run of two minutes
wipes the slate. Pure: bytes in, bytes out; the hardware is guard.py's.
"""

import struct
from binascii import crc32

FORMAT = "<BBHHHB"  # version, failed, boots, spent_s, uptime_s, meant
VERSION = 1
_FAILED_MOST = 3
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
        from .recall import read
        self.known = read(self, data)  # False after a power cut

    def begin(self):
        """A new run starts: judge how the last one ended. Returns True when it failed."""
        from .recall import begin
        return begin(self)

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
            FORMAT, VERSION, min(self.failed, 255), self.boots, min(self.spent_s, 65535),
            min(self.uptime_s, 65535), 1 if self.meant else 0,
        )
        body = head + bytes([len(words)]) + words
        return body + struct.pack("<I", crc32(body) & 0xFFFFFFFF)
