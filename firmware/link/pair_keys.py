"""From the POP code on a sticker to the keys of one pairing; shared by both sides of it.

The code itself is never sent: each side closes its frames with a key that only
someone who has the code can make. Both nonces are in it, so nothing of an earlier
pairing fits. The code has 89 bits (settings/identity.py), so trying codes against a
recorded pairing is hopeless; who has such a record and later reads the sticker can
compute the pair key, though: unpair and pair again when a box changes hands.
"""

from .seal import derive, pads_of

NONCE = 16
WRONG, LATER = 1, 2  # a PAIR_NO: not our code; too soon after wrong ones, whatever it is


def root_of(pop):
    """32 bytes that stand for the code (text, capitals, as settings/identity.tidy leaves it)."""
    return derive(pop.encode()[:64], b"jullix link 1 pop")


def proof_pads(root, gateway, member):
    """Closes PAIR_1: the gateway has the code; says nothing of when."""
    return pads_of(derive(root, b"proof" + gateway + member))


def step_pads(root, step, gateway, member, nonces):
    """Closes PAIR_2 (step b"2") and PAIR_3 (b"3") of the pairing with these `nonces` (32 bytes)."""
    return pads_of(derive(root, b"step" + step + gateway + member + nonces))


def pair_key(root, gateway, member, nonces):
    """The 32 bytes that both keep."""
    return derive(root, b"pair key" + gateway + member + nonces)
