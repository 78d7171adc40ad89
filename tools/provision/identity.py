"""Draws the secrets of one box and words its sticker.

Knows the firmware's own form of an identity (firmware/settings), so that a box
reads what is written here. The secrets come from the system's random source and
from nothing a box tells.
"""

import math
import re
import secrets
from html import escape

from firmware.settings.identity import ALPHABET, KIND, PASSWORD_LETTERS, POP_LETTERS, VERSION, ssid_of
from firmware.settings.sealed import seal, unseal


class IdentityError(ValueError):
    """A MAC or model that cannot be; the text says what is wanted."""


def draw(mac, model="JULLIX", serial=""):
    """A new identity as the dict that goes into identity.json. `mac`: any usual spelling."""
    digits = re.sub(r"[:\-. ]", "", mac).upper()
    if not re.fullmatch(r"[0-9A-F]{12}", digits):
        raise IdentityError("MAC {!r}: twelve hexadecimal digits, as F4:12:FA:40:06:E4".format(mac))
    if not re.fullmatch(r"[A-Z0-9]{1,16}", model):
        raise IdentityError("model {!r}: 1 to 16 capitals or digits, as JULLIX or EXTENDER".format(model))
    return {
        "model": model,
        "mac": ":".join(digits[i : i + 2] for i in range(0, 12, 2)),
        "serial": serial or "{}-{}".format(model[:2], digits[-8:]),
        "password": letters(PASSWORD_LETTERS),
        "pop": letters(POP_LETTERS),
    }


def letters(count):
    """`count` random letters of the sticker's alphabet."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def bits(count):
    """How many bits `count` such letters hold."""
    return count * math.log2(len(ALPHABET))


def pack(identity):
    """identity.json as bytes."""
    return seal(KIND, VERSION, identity)


def unpack(data):
    """The dict of an identity.json; firmware.settings.sealed.Damaged when it is not whole."""
    return unseal(KIND, data)[1]


def grouped(code, size):
    """A code as printed: groups with dashes, which a box ignores when it is typed."""
    return "-".join(code[i : i + size] for i in range(0, len(code), size))


def sticker_lines(identity):
    """(label, text) of the sticker, in the guide's words: SSID, PWD, ID, POP."""
    return [
        ("SSID", ssid_of(identity["mac"], identity["model"])),
        ("PWD", identity["password"]),  # no dashes: a phone wants it exactly so
        ("ID", identity["mac"]),
        ("POP", grouped(identity["pop"], 6)),
        ("S/N", identity["serial"]),
        ("WEB", "http://192.168.4.1"),
    ]


def sticker_svg(identity):
    """A 60 x 32 mm sticker as SVG."""
    rows = "".join(
        '<text x="3" y="{y}" font-weight="bold">{label}</text><text x="15" y="{y}">{text}</text>'.format(
            y=9 + 4.2 * i, label=label, text=escape(text))
        for i, (label, text) in enumerate(sticker_lines(identity))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="32mm" viewBox="0 0 60 32" '
        'font-family="monospace" font-size="3"><rect x="0.3" y="0.3" width="59.4" height="31.4" rx="2" '
        'fill="white" stroke="black" stroke-width="0.3"/>{}</svg>\n'.format(rows)
    )


def sticker_text(identity):
    """The sticker as plain text."""
    return "".join("{:<5}{}\n".format(label, text) for label, text in sticker_lines(identity))
