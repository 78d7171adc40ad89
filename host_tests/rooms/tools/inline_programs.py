"""Small programs with functions that have one caller: (name, text), for test_inline.py."""

PROGRAMS = (
    ("returned", """
def main(x):
    y = x + 1
    return _step(y, 2)

def _step(x, by):
    y = x * by
    for i in range(3):
        if i * y > 9:
            return "early", i
    return "late", y
""", "_step in main", (0, 3, 20)),
    ("returned without a return", """
def main(x):
    if x > 2:
        return _log(x)
    return "small"

def _log(x):
    x += 1
""", "_log in main", (1, 3)),
    ("a statement with guards", """
def main(x):
    done = []
    _fill(done, x)
    done.append("end")
    return done

def _fill(done, x):
    if x < 0:
        return
    done.append(x)
    if x > 5:
        done.append("large")
        return None
    done.append("small")
""", "_fill in main", (-1, 3, 9)),
    ("a value with guards", """
class Box:
    def __init__(self, x):
        self.x = x

    def told(self):
        word = self._word("a", suffix="!")
        self.x, count = self._pair()
        return word, self.x, count

    def _word(self, prefix, middle="-", suffix="?"):
        \"\"\"Doc.\"\"\"
        if self.x is None:
            return prefix
        elif self.x > 3:
            prefix = prefix * self.x
        else:
            return "few"
        return prefix + middle + suffix

    def _pair(self):
        if self.x:
            return 1, 2
        return 3, 4

def main(x):
    return Box(x).told()
""", "_word in told", (None, 0, 1, 7)),
    ("arguments are worked out once, in order, before", """
LOG = []

def _note(x):
    LOG.append(x)
    return x

def main(x):
    def_x = x
    got = _both(_note(1), _note(def_x), x)
    return got, LOG[-2:]

def _both(a, b, x):
    x = a + b
    return x * 2 + a
""", "_both in main", (2, 5)),
    ("the caller's variables keep their values", """
def main(x):
    total, i = 0, 7
    for i in range(x):
        total += 1
        part = _part(i, total)
        total += part
    return total, i

def _part(n, total):
    i = n + 1
    total = total * 2
    return [i for i in range(total)][-1] + i
""", "_part in main", (0, 1, 4)),
    ("an expression", """
def main(x):
    return [1 if _large(x) and not x == 50 else 0, x]

def _large(n):
    return n > 10 or n == -1
""", "_large in main", (-1, 5, 11, 50)),
    ("one inside another", """
def main(x):
    return _outer(x)

def _outer(x):
    y = _inner(x + 1)
    return y

def _inner(x):
    return x * x
""", "_inner in main", (3,)),
    ("a name that means something else there", """
LIMIT = 3

def main(x):
    LIMIT = 100
    y = _short(x)
    return y + LIMIT

def _short(x):
    return min(x, LIMIT)
""", None, (1, 5)),
    ("a return inside a loop, then more", """
def main(x):
    found = _find(x)
    return found, "more"

def _find(x):
    for i in range(x):
        if i == 2:
            return i
    return None
""", None, (1, 5)),
    ("what follows would stand there twice", """
def main(x):
    y = _two(x)
    return y

def _two(x):
    if x > 1:
        if x > 2:
            return "c"
        x = 7
    x += 1
    return x
""", None, (1, 2, 3)),
    ("called twice", "def main(x):\n    return _a(x) + _a(1)\n\ndef _a(x):\n    return x * 2\n", None, (4,)),
    ("asked for by a string", """
def main(x):
    return _a(x), "_a"

def _a(x):
    x += 1
    return x
""", None, (4,)),
    ("a closure in the caller", """
def main(x):
    tell = lambda: x
    x = _next(x)
    return tell()

def _next(n):
    n += 1
    return n
""", None, (4,)),
    ("a heir has one of its own", """
class A:
    def told(self):
        return self._a()

    def _a(self):
        return 1

class B(A):
    def _a(self):
        return 2

def main(x):
    return A().told(), B().told()
""", None, (4,)),
    ("any number", "def main(x):\n    return _a(x, 1)\n\ndef _a(*x):\n    return x\n", None, (4,)),
    ("itself", "def main(x):\n    return x\n\ndef _a(x):\n    return x and _a(x - 1)\n", None, (4,)),
    ("a generator", "def main(x):\n    return list(_a(x))\n\ndef _a(x):\n    yield x\n", None, (4,)),
    ("a global that the body changes while it is read", """
STATE = [1]
_now = 5

def main(x):
    got = _use(_now)
    return got

def _use(value):
    _change()
    _change()
    return value

def _change():
    global _now
    _now = 6
""", "_use in main", (1,)),
)
