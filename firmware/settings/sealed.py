"""A small set of values as bytes that know whether they are whole.

The bytes are JSON an editor can open: a list of kind, version, length and CRC-32
of the body, then the body on a line of its own:

    ["settings", 1, 21, "9ae0daaf",
    {"modbus.station": 3}
    ]

Length and checksum are needed because MicroPython 1.25's JSON reader takes cut
text for whole (facts: micropython H). Knows no file and no setting.
"""

import json
from binascii import crc32


class Damaged(ValueError):
    """The bytes are not what was written; `code` is a word, `found` the detail."""

    def __init__(self, code, found=""):
        super().__init__(code + " " + str(found))
        self.code = code
        self.found = found


def seal(kind, version, values):
    """`values` (a dict of JSON values) -> bytes. Keys are sorted: the same values, the same bytes."""
    pairs = ["%s: %s" % (json.dumps(key), json.dumps(values[key])) for key in sorted(values)]
    body = ("{" + ", ".join(pairs) + "}").encode()
    head = '["%s", %d, %d, "%08x",\n' % (kind, version, len(body), crc32(body) & 0xFFFFFFFF)
    return head.encode() + body + b"\n]\n"


def unseal(kind, data):
    """bytes -> (version, values); Damaged when they are cut, changed or of another kind."""
    if not data:
        raise Damaged("sealed_empty")
    end = data.find(b"\n")
    try:
        found, version, length, crc = json.loads(bytes(data[: max(end, 0)]).rstrip(b", \r") + b"]")
        length, version = int(length), int(version)
    except (ValueError, TypeError):
        raise Damaged("sealed_head")
    if found != kind:
        raise Damaged("sealed_kind", found)
    body = data[end + 1 : end + 1 + length]
    if len(body) != length:
        raise Damaged("sealed_cut", str(len(body)) + "/" + str(length))
    if "%08x" % (crc32(body) & 0xFFFFFFFF) != crc:
        raise Damaged("sealed_crc", crc)
    values = json.loads(body)
    if not isinstance(values, dict):
        raise Damaged("sealed_body")
    return version, values
