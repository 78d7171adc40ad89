"""The outside of a frame: its kinds, its head, and how the two are written and read.

    0   magic and version   0xE1: high nibble magic, low nibble version
    1   kind, index         kind | index << 5; index tells inverters of one box apart
    2   to                  lowest byte of the receiver's boot the sender knows; 0: none
    3   number  u16         of the message; a message sent again keeps it
    5   mac     6           who sends: the MAC of the sticker, whatever carries the frame
    11  boot    u32         of the sender
    15  seq     u32         of this frame in that boot; never twice
    19  age     u32         ms: how old it is, a command: how long it still holds
    23  body, at most 219
    -8  tag                 HMAC-SHA256, first eight bytes

Little-endian. 250 bytes at most: one ESP-NOW frame of any version. Refuses to know
keys, meanings and order; those are seal.py, bodies.py and peer.py.
"""

import struct

from .seal import TAG, close

FRAME_MOST = 250
HEAD = 23
BODY_MOST = FRAME_MOST - HEAD - TAG
BROADCAST = b"\xff\xff\xff\xff\xff\xff"
NEVER = 0xFFFFFFFF  # an age: not measured yet

_MAGIC = 0xE1
_FORMAT = "<BBBH6sIII"

# Kinds. METER to SYNC and COMMAND: the newest replaces what waits. SETTING to UNPAIR: all, in order.
HELLO = 1      # who are you, which boot; closed with the pair's own key, the others with the session's
ACK = 2
PING = 3
METER = 4
HISTORY = 5
INVERTER = 6
HEALTH = 7
SYNC = 8
COMMAND = 9
SETTING = 10
RESULT = 11
JOURNAL = 12
UNPAIR = 13
BEACON = 14    # a box without a gateway; in clear, says its MAC and nothing else
PAIR_1 = 15
PAIR_2 = 16
PAIR_3 = 17
PAIR_NO = 18   # in clear, believed as a hint only

# What a role hears: the word of each kind that reaches it.
WORDS = (None, None, None, None, "meter", "history", "inverter", "health", "sync", "command",
         "setting", "result", "journal", "unpaired")


def build(kind, to, number, mac, boot, seq, age, body, pads):
    """A whole frame, closed with `pads`; without pads its tag is zeros. `body`: BODY_MOST at most."""
    frame = bytearray(HEAD + len(body) + TAG)
    struct.pack_into(_FORMAT, frame, 0, _MAGIC, kind, to, number, mac, boot, seq, age)
    frame[HEAD : HEAD + len(body)] = body
    if pads:
        close(frame, pads)
    return frame


def fault(frame):
    """None, "short" or "version": may this be read as a frame at all?"""
    if not HEAD + TAG <= len(frame) <= FRAME_MOST:
        return "short"
    return None if frame[0] == _MAGIC else "version"


def head(frame):
    """(kind with index, to, number, mac, boot, seq, age) of a frame without `fault`."""
    return struct.unpack_from(_FORMAT, frame, 0)[1:]


def body_of(frame):
    """The body, as bytes that outlive the buffer they came in."""
    return bytes(frame[HEAD : len(frame) - TAG])
