"""The few ways in which devices deviate from their own rows, each with a name and a reason.

A function here is found by its name, in QUIRKS. A value quirk stands in a row's kind column and turns a
raw register into a number; a status reads the answer to a set-point and is named by a file's
STATUS. A third sort, habits, are bare names in a file's QUIRKS that become flags of a Model;
HABITS in entry.py tells why each exists. No brand is named in any `if`: only a quirk is.
"""


def voltage_by_magnitude(raw):
    """Battery volts in 0.01 V or 0.1 V, told apart by size; mV.

    Four projects read 0.01 V on the ME3000SP, the maker's list and the HYD-ES say 0.1 V.
    The battery is a 42..58 V type: 4200..5800 or 420..580, so 1000 parts them.
    """
    return raw * 10 if raw > 1000 else raw * 100


def percent(raw):
    """0..100; anything above is a register that means something else here: None."""
    return raw if raw <= 100 else None


def never_negative(raw):
    """Unsigned on paper, seen signed on devices: a small negative load is 0."""
    return raw if raw < 0x8000 else 0


# What the low byte of a 0x42 answer says; "not_obeying" is "the display is not in Passive".
_SOFAR_WORDS = ("accepted", "not_obeying", "garbled", "busy", "invalid")


def sofar_status(pdu):
    """(word, full, empty) of an answer 0x42, 2, high, low (maker's passive mode protocol).

    full and empty are None when the answer is too short to tell.
    """
    if len(pdu) < 4:
        return "garbled", None, None
    high, low = pdu[2], pdu[3]
    word = _SOFAR_WORDS[low] if low < len(_SOFAR_WORDS) else "invalid"
    return word, bool(high & 4), bool(high & 8)


# The names that a catalogue file may use.
QUIRKS = {
    "voltage_by_magnitude": voltage_by_magnitude, "percent": percent, "never_negative": never_negative,
    "sofar_status": sofar_status,
}
