"""What can go wrong between a question and its answer, as three classes.

What this file knows: the names of the faults. It refuses to know what a driver
does about them. The three classes are three different days for an installer:
`NoAnswer` is a wire, a station number or a device that is off; `Malformed` is
noise, a wrong baud rate or a second master; `Refused` is a healthy device that
says no. `kind` is finer, and every kind has its own counter on the bus.
"""

KINDS = ("timeout", "crc", "station", "function", "length", "address", "exception")

# Why there is no answer yet; a later one says more than those before it: a frame that was
# ours but damaged says more than a stranger's, a stranger's more than noise.
_REASONS = (
    ("timeout", "no answer"),
    ("noise", "unreadable bytes: check baud rate, parity and the A and B wires"),
    ("station", "only another station answered"),
    ("function", "only an answer to another function came"),
    ("address", "the confirmation is of another write"),
    ("length", "the answer is cut off or of the wrong length"),
    ("crc", "the answer is damaged"),
)
NOTHING = "timeout"

_REFUSALS = (
    "", "function not known", "register not known", "value not allowed", "device failed",
    "accepted, still at work", "busy", "", "memory parity error", "", "no gateway path",
    "gateway target silent",
)


class Fault(Exception):
    """Base of all; `kind` is one of KINDS, the text says what was seen."""

    def __init__(self, kind, text):
        super().__init__(text)
        self.kind = kind


class NoAnswer(Fault):
    """Nothing came at all before the deadline (kind "timeout")."""

    def __init__(self, text="no answer"):
        super().__init__("timeout", text)


class Malformed(Fault):
    """Bytes came, but not the answer to this request.

    kind "crc": damaged or unreadable; "station" and "function": a sound frame
    of another station or function and nothing else; "length": a sound frame
    that is too short or long, or one cut off; "address": a confirmation of
    another write than ours.
    """


class Refused(Fault):
    """The device answered with a Modbus exception; `code` is its number."""

    def __init__(self, code):
        word = _REFUSALS[code] if code < len(_REFUSALS) else ""
        super().__init__("exception", "exception %d %s" % (code, word))
        self.code = code


def worse(reason, other):
    """The more telling of two reasons of _REASONS."""
    for row in _REASONS:
        if row[0] == reason:
            return other
        if row[0] == other:
            return reason
    return other


def fault_of(reason):
    """The fault to raise for a reason; noise counts as kind "crc"."""
    if reason == NOTHING:
        return NoAnswer()
    for row in _REASONS:
        if row[0] == reason:
            return Malformed("crc" if reason == "noise" else reason, row[1])
