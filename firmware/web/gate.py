"""Who is asking, and may they: sessions, the login's challenge, delays after wrong passwords.

What is asked with every request and nothing else: proof.py judges passwords, and is in
memory only while somebody logs in. Knows no file and no page.
"""

from binascii import hexlify
from hashlib import sha256

from ..core.ticks import diff

_IDLE_MS = 900000          # 15 minutes
_LIFE_MS = 28800000        # 8 hours
_SESSIONS_MOST = 4
_NONCES_MOST = 4
_NONCE_MS = 120000
_WAIT_MOST_S = 60


class Session:
    """`name`: 128 random bits in hex, the cookie; `token`: what a write must bring along.

    `role` is the account, "user:An" for a user with a name; `rank` its part before the colon.
    """

    def __init__(self, name, role, address, now_ms):
        self.name = name
        self.rank = role.partition(":")[0]
        self.token = hexlify(sha256((name + ":write").encode()).digest()[:8]).decode()
        self.role = role
        self.address = address
        self.began_ms = self.seen_ms = now_ms


class Gate:
    """random: function (count) -> bytes nobody can foretell."""

    def __init__(self, random):
        self._random = random
        self.sessions = []
        self._nonces = []   # [(nonce in hex, made at)]
        self._wrong = 0     # in a row
        self._wrong_ms = None

    def session(self, name, now_ms):
        """The living Session of a cookie, touched; None. The compare takes equally long for any name."""
        self.sessions = [one for one in self.sessions if _alive(one, now_ms)]
        found = None
        for one in self.sessions:
            if same(one.name, name):
                found = one
        if found:
            found.seen_ms = now_ms
        return found

    def open(self, role, address, now_ms):
        """A new Session; the one idle for longest goes when there are four."""
        if len(self.sessions) >= _SESSIONS_MOST:
            self.sessions.sort(key=lambda one: -diff(now_ms, one.seen_ms))
            self.sessions.pop(0)
        session = Session(hexlify(self._random(16)).decode(), role, address, now_ms)
        self.sessions.append(session)
        return session

    def close(self, sort=None, session=None):
        """End one session, or those of the role `sort`."""
        self.sessions = [one for one in self.sessions if one is not session and one.role != sort]

    def nonce(self, now_ms):
        """16 fresh random bytes in hex, good for two minutes and one try."""
        nonce = hexlify(self._random(16)).decode()
        self._nonces = self._nonces[1 - _NONCES_MOST :] + [(nonce, now_ms)]
        return nonce

    def wait_s(self, now_ms):
        """How long no password is looked at: 1, 2, 4 … 60 seconds after wrong ones."""
        if not self._wrong:
            return 0
        wait_s = min(1 << min(self._wrong - 1, 6), _WAIT_MOST_S)
        return max(0, wait_s - diff(now_ms, self._wrong_ms) // 1000)

    def spend(self, nonce, now_ms):
        """True once for a nonce of ours that is not old."""
        for one in self._nonces:
            if one[0] == nonce:
                self._nonces.remove(one)
                return 0 <= diff(now_ms, one[1]) < _NONCE_MS
        return False

    def counted(self, good, now_ms):
        """`good`, after it was counted: a wrong one makes the next wait longer."""
        self._wrong = 0 if good else self._wrong + 1
        self._wrong_ms = now_ms
        return good


def _alive(session, now_ms):
    return (0 <= diff(now_ms, session.seen_ms) < _IDLE_MS
            and 0 <= diff(now_ms, session.began_ms) < _LIFE_MS)


def same(left, right):
    """Are two texts or bytes equal, in a time that tells nothing of where they differ?"""
    wrong = len(left) ^ len(right)
    for i in range(len(left)):
        one, other = left[i], right[i] if i < len(right) else left[i]
        wrong |= (ord(one) ^ ord(other)) if isinstance(one, str) else one ^ other
    return wrong == 0


def may_write(session, request, hosts):
    """True when a write really comes from one of our own pages: its token, and an Origin that is ours."""
    origin = request.get(b"origin")
    if origin and not (origin.startswith("http://") and origin[7:].lower() in hosts):
        return False
    if not request.get(b"content-type").startswith("application/json"):
        return False
    return session is None or same(session.token, request.get(b"x-token"))
