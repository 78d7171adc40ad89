"""One short name for many long ones: a box keeps each name once, so names are shared where nobody can tell.

Two names may become the same short one when no class and no module has both: then
whatever holds the one never holds the other. Each long name becomes the same short one
everywhere, so classes, their heirs and their users agree. Names that something outside
our own modules gives or asks for keep themselves: those of MicroPython and its
libraries, of the files that stay source, of keywords, of exceptions (last words show
them) and all that are also strings. Works on syntax trees; knows no compiler.
"""

import ast
import string

from .shrink import is_const, private, whole

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class ShareError(Exception):
    """A program whose names cannot be shared; the text says what to change."""


class _Finder(ast.NodeVisitor):
    """What one module defines, which of its names are held together, and what must stay.

    given: names that become something here; groups: sets of names of which no two may be the
    same; loose: names put on something from outside; kept: names that are not ours alone.
    """

    def __init__(self, tree):
        self.given, self.kept, self.loose, self.groups, self.bases = set(), set(), set(), [set()], {}
        self._classes = []
        self._scopes = [self.groups[0]]  # the module's own names, then those of the function it is in
        self.visit(tree)

    def visit_Module(self, node):
        self.given.update(_tops(node.body))
        self.generic_visit(node)

    def visit_ClassDef(self, node):
        self._use(node.name)
        names = set(_tops(node.body))
        self.given.update(names)
        self.groups.append(names)
        bases = [getattr(base, "id", getattr(base, "attr", "")) for base in node.bases]
        self.bases[node.name] = (bases, names)
        self._classes.append(names)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node):
        self._use(node.name)
        if len(self._scopes) > 1:  # functions inside share the names of the one they are in
            self._arguments(node)
            return self.generic_visit(node)
        self._scopes.append(set())
        self._arguments(node)
        self.generic_visit(node)
        self.groups.append(self._scopes.pop())

    visit_AsyncFunctionDef = visit_FunctionDef

    def _arguments(self, node):
        for arg in ast.walk(node.args):
            if isinstance(arg, ast.arg):
                self._use(arg.arg)

    def visit_Attribute(self, node):
        if self._classes and getattr(node.value, "id", "") == "self":
            self._classes[-1].add(node.attr)
            if isinstance(node.ctx, ast.Store):
                self.given.add(node.attr)
        elif not isinstance(node.ctx, ast.Load):
            self.loose.add(node.attr)
        self.generic_visit(node)

    def visit_Name(self, node):
        self._use(node.id)

    def visit_Global(self, node):
        for name in node.names:
            self._use(name)
            self.groups[0].add(name)

    visit_Nonlocal = visit_Global

    def visit_ExceptHandler(self, node):
        if node.name:
            self._use(node.name)
        self.generic_visit(node)

    def visit_Import(self, node):
        for alias in node.names:
            self.kept.update(alias.name.split("."))
            self._use(alias.asname or alias.name.split(".")[0])

    def visit_ImportFrom(self, node):
        self.kept.update((node.module or "").split("."))
        for alias in node.names:
            self._use(alias.asname or alias.name)

    def visit_keyword(self, node):
        if node.arg:
            self.kept.add(node.arg)
        self.generic_visit(node)

    def visit_Constant(self, node):
        if isinstance(node.value, str):
            self.kept.add(node.value)
            words = node.value.split()
            if len(words) > 1 and all(word.isidentifier() for word in words):
                self.kept.update(words)  # "import_w export_w".split() costs a box less than a tuple

    def _use(self, name):
        self._scopes[-1].add(name)


def share(trees, outside):
    """Rename in place; returns long -> short. `trees`: place -> ast.Module of our own modules.

    outside: every name that others may mean, see `names_of`.
    """
    found = [_Finder(tree) for tree in trees.values()]
    kept = set(outside).union(*[one.kept for one in found], _modules(trees), _failures(found))
    ours = set().union(*[one.given for one in found])
    ours = {name for name in ours - kept if not (name.startswith("__") and name.endswith("__"))}
    taken = set(outside).union(*[names_of(tree) for tree in trees.values()])
    _check_loose(found, ours)
    short = _colours(_apart(found, ours), taken)
    for tree in trees.values():
        _Renamer(short).visit(tree)
    return short


def names_of(tree):
    """Every name that a module, or a stub of one, gives or uses."""
    found = set()
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name", "asname"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                found.update(value.split("."))
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            found.update(node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def _tops(body):
    """Names that the statements of a module or a class give, but for numbers the compiler puts in place."""
    for node in body:
        if isinstance(node, _FUNCTIONS + (ast.ClassDef,)):
            yield node.name
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for one in ast.walk(target):
                    if isinstance(one, ast.Name) and not (
                            private(one.id) and node.value and (is_const(node.value) or whole(node.value))):
                        yield one.id
        elif isinstance(node, (ast.If, ast.Try)):
            for part in ("body", "orelse", "finalbody"):
                yield from _tops(getattr(node, part, []))
            for handler in getattr(node, "handlers", []):
                yield from _tops(handler.body)


def _modules(trees):
    """Parts of module names: the import system asks for them by text."""
    return {part for place in trees for part in place.rsplit(".", 1)[0].split("/")}


def _failures(found):
    """Classes that are raised: their names are printed."""
    bases = {name: given for one in found for name, (given, _) in one.bases.items()}

    def raised(name):
        if name.endswith(("Error", "Exception", "Interrupt")):
            return True
        return any(raised(base) for base in bases.get(name, ()) if base != name)

    return {name for name in bases if raised(name)}


def _check_loose(found, ours):
    """What is put on an object from outside must be a name its class gives: it might be taken for another."""
    given = set().union(*[names for one in found for _, names in one.bases.values()])
    for name in sorted(set().union(*[one.loose for one in found]) & ours - given):
        raise ShareError("….{0} = …: no class gives {0!r}; give it in its __init__".format(name))


def _apart(found, ours):
    """name -> the names it must differ from."""
    apart = {name: set() for name in ours}
    classes = {}
    for one in found:
        for name, (bases, names) in one.bases.items():
            classes.setdefault(name, []).append((bases, names))
    groups = [group for one in found for group in one.groups]
    groups += [set().union(*_line(name, classes, set())) for name in classes]
    for group in groups:
        mine = group & ours
        for name in mine:
            apart[name] |= mine
    return apart


def _line(name, classes, seen):
    """The names of a class, of what it extends and so on."""
    if name in seen:
        return
    seen.add(name)
    for bases, names in classes.get(name, ()):
        yield names
        for base in bases:
            yield from _line(base, classes, seen)


def _colours(apart, taken):
    """long -> short, those with most to differ from first."""
    fresh = [first + last for first in [""] + list(string.ascii_uppercase) for last in string.ascii_uppercase]
    fresh = [name for name in fresh if name not in taken]
    short = {}
    for name in sorted(apart, key=lambda one: (-len(apart[one]), one)):
        used = {short[other] for other in apart[name] if other in short}
        short[name] = next(one for one in fresh if one not in used)
    return short


class _Renamer(ast.NodeTransformer):
    """Every identifier of a module by the table."""

    def __init__(self, short):
        self.short = short

    def generic_visit(self, node):
        super().generic_visit(node)
        for field in ("id", "attr", "arg", "name", "asname"):
            value = getattr(node, field, None)
            if isinstance(value, str) and not isinstance(node, ast.keyword):
                setattr(node, field, self.short.get(value, value))
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            node.names = [self.short.get(name, name) for name in node.names]
        return node
