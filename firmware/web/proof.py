"""Does somebody know a password? Judged without the password ever crossing the shared air.

The browser makes K = PBKDF2-SHA256(password, salt, rounds); kept is S = SHA-256(K).
To log in it sends K xor HMAC(S, nonce): whoever records that learns nothing he can
use again, and whoever steals S cannot log in (the idea of SCRAM, RFC 5802). A box
computes two hashes and no PBKDF2. Knows texts in hex; keeps nothing.
"""

from binascii import hexlify, unhexlify
from hashlib import sha256

from .gate import same


def hmac_sha256(key, data):
    """HMAC-SHA256 (RFC 2104) with a key of at most 64 bytes."""
    key = key + bytes(64 - len(key))
    inner = sha256(bytes([byte ^ 0x36 for byte in key]))
    inner.update(data)
    outer = sha256(bytes([byte ^ 0x5C for byte in key]))
    outer.update(inner.digest())
    return outer.digest()


def proves(account, nonce, proof):
    """Does `proof` (hex) show the password behind `account`, (salt, S, rounds)? As slow for None."""
    try:
        stored = unhexlify(account[1] if account else "00" * 32)
        sent = unhexlify(proof)
    except ValueError:
        return False
    mask = hmac_sha256(stored, nonce.encode())
    key = bytes([sent[i] ^ mask[i] for i in range(min(len(sent), 32))])
    return len(sent) == 32 and same(sha256(key).digest(), stored) and bool(account)


def knows(secret, nonce, said, proof):
    """Was `said` written by somebody who knows `secret`, the sticker's PWD? Nobody knows None."""
    expected = hexlify(hmac_sha256((secret or "").encode(), (nonce + said).encode())).decode()
    return same(expected, proof) and bool(secret)


def is_account(account):
    """Is this what a browser may send as an account: salt of 16 bytes, S of 32, 1000 to 100 000 rounds?"""
    return (isinstance(account, list) and len(account) == 3 and _is_hex(account[0], 32)
            and _is_hex(account[1], 64) and isinstance(account[2], int) and 1000 <= account[2] <= 100000)


def _is_hex(text, length):
    return isinstance(text, str) and len(text) == length and not text.lower().strip("0123456789abcdef")
