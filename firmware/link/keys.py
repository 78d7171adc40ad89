"""From the secret that two paired boxes share to the key of one direction of one session.

    pair key   made by pairing, kept on flash, never sent
    hello      pair key + direction: closes HELLO alone
    session    pair key + direction + both boots: closes all else

A boot number is never used twice (settings/peers.py), so a frame recorded in an
earlier life of either box is closed with a key that nobody will use again. Each
direction has its own key: a frame sent back to its sender fits nothing.
"""

import struct

from .seal import derive, pads_of

_DOWN = b"down"  # gateway to member
_UP = b"up"


def _way(from_gateway):
    return _DOWN if from_gateway else _UP


def hello_pads(key, from_gateway):
    """Pads for the HELLO of that direction."""
    return pads_of(derive(key, b"jullix link 1 hello ", _way(from_gateway)))


def session_pads(key, from_gateway, gateway_boot, member_boot):
    """Pads for all other frames of that direction while both boxes live these lives."""
    boots = struct.pack("<II", gateway_boot, member_boot)
    return pads_of(derive(key, b"jullix link 1 session ", boots, _way(from_gateway)))


def radio_key(key):
    """16 bytes for ESP-NOW's own encryption of this pair (LMK), a second layer."""
    return derive(key, b"jullix link 1 radio")[:16]
