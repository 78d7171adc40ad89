"""The last run's record read and judged, and why this run began. Loaded at a start, then forgotten."""

import struct
from binascii import crc32

from .record import FORMAT, VERSION, WORDS_MOST

_WINDOW_S = 600
_CAUSES = "PWRON power HARD hard WDT watchdog DEEPSLEEP sleep SOFT soft"


def begin(record):
    """A new run starts: judge how the last one ended. Returns True when it failed."""
    failed = record.known and not record.meant
    if failed:
        record.failed += 1
        record.spent_s += record.uptime_s
        if record.spent_s > _WINDOW_S:  # failures far apart are no boot loop
            record.failed, record.spent_s = 1, min(record.uptime_s, _WINDOW_S)
    else:
        record.failed, record.spent_s = 0, 0
    record.boots = min(record.boots + 1, 65535)
    record.uptime_s, record.meant = 0, False
    return failed


def read(record, data):
    """Fill `record` from its bytes; False, and nothing taken, when they are none of ours."""
    size = struct.calcsize(FORMAT)
    if len(data) < size + 5 or data[0] != VERSION or data[size] > WORDS_MOST:
        return False
    end = size + 1 + data[size]
    if data[end : end + 4] != struct.pack("<I", crc32(data[:end]) & 0xFFFFFFFF):
        return False
    found = struct.unpack(FORMAT, data[:size])
    record.failed, record.boots, record.spent_s, record.uptime_s = found[1:5]
    record.meant = bool(found[5])
    try:
        record.last_words = data[size + 1 : end].decode()
    except UnicodeError:  # a letter cut in two at the limit
        record.last_words = ""
    return True


def cause(machine, known):
    """The word for machine.reset_cause(); `known`: the record of the run before is still there."""
    found = machine.reset_cause()
    words = _CAUSES.split()
    for i in range(0, len(words), 2):
        word = words[i + 1]
        if getattr(machine, words[i] + "_RESET", None) == found:
            return "dip" if word == "power" and known else word
    return "unknown"
