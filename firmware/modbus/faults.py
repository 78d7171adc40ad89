"""What can go wrong between a question and its answer, as three classes.

What this file knows: the names of the faults. It refuses to know what a driver
does about them, and their texts (firmware/words has those). The three classes are
three different days for an installer: `NoAnswer` is a wire, a station number or a
device that is off; `Malformed` is noise, a wrong baud rate or a second master;
`Refused` is a healthy device that says no. `kind` is finer, and every kind has its
own counter on the bus.
"""

KINDS = ("timeout", "crc", "station", "function", "length", "address", "exception")

# Why there is no answer yet. A later one says more than those before it: a frame that was
# ours but damaged says more than a stranger's, a stranger's more than noise.
_REASONS = ("timeout", "noise", "station", "function", "address", "length", "crc")
NOTHING = "timeout"


class Fault(Exception):
    """Base of all; `kind` is one of KINDS."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


class NoAnswer(Fault):
    """Nothing came at all before the deadline (kind "timeout")."""


class Malformed(Fault):
    """Bytes came, but not the answer to this request.

    kind "crc": damaged, or nothing but unreadable bytes; "station" and "function": a
    sound frame of another station or function and nothing else; "length": a sound
    frame that is too short or long, or one cut off; "address": a confirmation of
    another write than ours.
    """


class Refused(Fault):
    """The device answered with a Modbus exception; `code` is its number.

    1 function, 2 register, 3 value not allowed, 4 device failed, 5 at work, 6 busy,
    10 and 11 a gateway's target (MODBUS Application Protocol V1.1b3, chapter 7).
    """

    def __init__(self, code):
        super().__init__("exception")
        self.code = code


def worse(reason, other):
    """The more telling of two reasons."""
    return other if _REASONS.index(other) > _REASONS.index(reason) else reason


def fault_of(reason):
    """The fault to raise for a reason."""
    if reason == NOTHING:
        return NoAnswer(reason)
    return Malformed("crc" if reason == "noise" else reason)
