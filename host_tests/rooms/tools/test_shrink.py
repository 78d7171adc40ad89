"""A shrunk and shaken program does what the one a person wrote does."""

import ast
import contextlib
import io

import pytest

from tools.build.compile import contents
from tools.build.shake import shake
from tools.build.shrink import Project, shrink
from tools.build.tree import files

PROGRAMS = {
    "arguments, closures and lambdas": """
def outer(first, second=2, *rest):
    third = [first + one for one in rest]
    def inner(first, extra=second):
        return first * 10 + extra + len(third)
    double = lambda value, offset=second: value * 2 + offset
    return inner(first), double(first), [second for second in rest], {first: rest}
print(outer(1), outer(3, 4, 5, 6))
""",
    "keywords keep their names": """
def made(width, height=3, *, depth=1):
    return width, height, depth
print(made(1), made(1, height=5), made(width=2, depth=9))
""",
    "private attributes, methods and class variables": """
class Box:
    _made = 0
    _limits = (1, 2)
    def __init__(self, name):
        self._name = name
        Box._made += 1
    def _greet(self, word):
        return word + self._name + str(self._limits)
    def say(self):
        return self._greet("hi ")
    def other(self, box):
        return box._name
one, two = Box("a"), Box("b")
print(one.say(), two.other(one), Box._made)
""",
    "private module variables and constants": """
_RATE = 9600
_TEXT = "x"
_count = 0
_MINUS = -5
def step(_RATE_other=_RATE):
    global _count
    _count += 1
    return _count + _RATE_other + _MINUS
print(step(), step(), _TEXT, _RATE)
""",
    "a private name that is asked for by a string": """
class Row:
    _hidden = 7
    def _called(self):
        return 8
print(getattr(Row, "_hidden"), getattr(Row(), "_called")())
""",
    "an argument that is also a global elsewhere": """
value = 5
def shadow(value):
    def deeper():
        nonlocal value
        value += 1
        return value
    return deeper() + deeper()
def plain():
    return value
print(shadow(1), plain())
""",
    "exceptions, with, loops and comprehensions": """
def risky(items, error_type):
    for item in items:
        try:
            if item is None:
                raise error_type(item)
        except error_type as items_error:
            yield str(items_error)
        else:
            yield [inner for inner in range(item) if inner != item]
print(list(risky([1, None, 3], ValueError)))
""",
    "short names that are taken already": """
_a, a, b = 1, 2, 3
_long_name = 4
class C:
    def __init__(self, long_argument, b):
        self._a, self._longer = long_argument, b
    def sum(self, another):
        return self._a + self._longer + another + a + b + _a + _long_name
print(C(1, 2).sum(3))
""",
    "imports inside a function": """
def used(value):
    import math
    from os import path as value_path
    return math.floor(value), value_path.basename("x/y")
print(used(2.5))
""",
}


def run(text):
    """What the text prints."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(text, "program", "exec"), {"__name__": "program", "const": lambda value: value})
    return said.getvalue()


@pytest.mark.parametrize("text", PROGRAMS.values(), ids=PROGRAMS)
def test_it_prints_the_same_and_is_shorter(text):
    trees = {"one": ast.parse(text)}
    shake(trees)
    shrunk, _ = shrink("one", trees["one"], Project(trees))
    assert run(shrunk) == run(text)


def names_of(text):
    trees = {"one": ast.parse(text)}
    return shrink("one", trees["one"], Project(trees))


def test_what_is_private_is_short_and_told():
    text, names = names_of("class A:\n    def __init__(self, speed):\n        self._speed_of_light = speed\n")
    assert "_speed_of_light" not in text and "speed" not in text
    assert list(names) == ["_speed_of_light"]


def test_private_numbers_become_constants_unless_they_change():
    text, _ = names_of("_A = 5\n_B = 6\ndef f():\n    global _B\n    _B = 7\n")
    assert "const(5)" in text and "const(6)" not in text


def test_what_another_module_reaches_for_keeps_its_name():
    trees = {
        "one": ast.parse(
            "class A:\n    def __init__(self):\n        self._seen = self._mine = 1\n_TABLE = (1,)\n"),
        "two": ast.parse("from one import A, _TABLE\nprint(A()._seen, _TABLE)\n"),
    }
    text, _ = shrink("one", trees["one"], Project(trees))
    assert "_seen" in text and "_TABLE" in text and "_mine" not in text


def test_a_class_that_others_extend_keeps_its_attributes():
    trees = {
        "one": ast.parse("class A:\n    def __init__(self):\n        self._mine = 1\n"),
        "two": ast.parse(
            "from one import A\nclass B(A):\n    def f(self):\n        self._own = self._mine\n"),
    }
    project = Project(trees)
    assert "_mine" in shrink("one", trees["one"], project)[0]
    assert "_own" in shrink("two", trees["two"], project)[0]


def shaken(*texts):
    trees = {str(number): ast.parse(text) for number, text in enumerate(texts)}
    shake(trees)
    return [ast.unparse(tree) for tree in trees.values()]


def test_what_nobody_calls_is_left_out():
    library, main = shaken(
        "USED = 1\nSPARE = 2\ndef used():\n    return deep()\ndef deep():\n    return USED\n"
        "def spare():\n    return spare()\nclass Spare:\n    pass\n",
        "import library\nprint(library.used())\n")
    assert "def used" in library and "def deep" in library and "USED = 1" in library
    assert "spare" not in library.lower()


def test_a_method_nobody_names_is_left_out_and_special_ones_stay():
    (text,) = shaken(
        "class A:\n    def __init__(self):\n        self.go()\n    def go(self):\n        pass\n"
        "    def rest(self):\n        pass\n    def __repr__(self):\n        return named()\n"
        "def named():\n    return ''\nprint(A())\n")
    assert "def go" in text and "def __repr__" in text and "def named" in text and "rest" not in text


def test_a_name_in_a_string_keeps_what_it_names():
    (text,) = shaken("def asked():\n    pass\nprint(globals()['asked'])\n")
    assert "def asked" in text


def test_statements_with_effects_stay():
    (text,) = shaken("TABLE = make()\ndef make():\n    return 1\n_X = [make()]\n")
    assert "TABLE" in text and "def make" in text and "_X" in text


def test_each_module_of_a_box_is_still_a_module(root):
    wanted = files(root)
    texts = contents(wanted, short_places=False)[0]
    for _, place, how in wanted:
        if how == "compile" and place in texts:
            ast.parse(texts[place])
