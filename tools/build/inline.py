"""A function that is called in one place only becomes part of its caller.

People read small functions with telling names; a box pays some 50 bytes for each
and time for each call. So a private step of a larger one is put where it is called:
its arguments and variables get names of their own, its `return` becomes what the
call was for. Done only where it means exactly the same:

    return f(x)        the body as it is
    f(x)               the body, a `return` on the way as an `else` for what follows
    y = f(x)           the same, `return v` being `y = v`
    … f(x) …           where f is a single `return` and x are plain names

A function somebody else might mean by its name (another module, a string, a heir) is left alone; so is one
that lets modules go: what it imported leaves memory because its frame ends.
"""

import ast
import collections

from .splice import DEFS, Site

_CLOSURES = DEFS + (ast.Lambda, ast.ClassDef)
_LETTING_GO = ("forget", "forget_parts", "forget_start", "let_go")
_BARRED = _CLOSURES + (ast.Yield, ast.YieldFrom, ast.Global, ast.Nonlocal, ast.NamedExpr)


def inline(trees, outside=()):
    """Change `trees` (place -> ast.Module) in place; returns "inner in outer" for each function that went.

    outside: every name that others may mean.
    """
    told = []
    for _ in range(8):  # an inlined function may have held the only call of another
        uses = _uses(trees, outside)
        before = len(told)
        for tree in trees.values():
            _Module(tree, uses, told).run()
        if len(told) == before:
            break
    for tree in trees.values():
        ast.fix_missing_locations(tree)
    return told


def _uses(trees, outside):
    """How often each name is mentioned by anything, and how often it is defined."""
    used, defined = collections.Counter(outside), collections.Counter()
    for tree in trees.values():
        used.subtract(word for text in _texts(tree) for word in text.value.split() * 2)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                used[node.id] += 1
            elif isinstance(node, ast.Attribute):
                used[node.attr] += 1
            elif isinstance(node, ast.alias):
                used.update(node.name.split(".") + [node.asname or ""])
            elif isinstance(node, (ast.Global, ast.Nonlocal)):
                used.update(node.names)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.update(node.value.split() * 2)  # more than one call in any case
            elif isinstance(node, DEFS + (ast.ClassDef,)):
                defined[node.name] += 1
    return used, defined


def _texts(tree):
    """Strings that stand alone: for people, nobody asks for what they name."""
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)]


class _Module:
    """One module's functions that are called once, and where."""

    def __init__(self, tree, uses, told):
        self._tree = tree
        self._used, self._defined = uses
        self._told = told
        self._count = 0

    def run(self):
        """Each of them once; what that makes possible comes in the next round."""
        functions = [node for node in self._tree.body if isinstance(node, DEFS)]
        classes = [node for node in self._tree.body if isinstance(node, ast.ClassDef)]
        methods = [(one, part) for one in classes for part in one.body if isinstance(part, DEFS)]
        everybody = functions + [part for _, part in methods]
        gone = set()
        for callee in functions:
            if self._lonely(callee) and self._into(callee, everybody, None, gone):
                self._tree.body.remove(callee)
        for owner, callee in methods:
            inside = [part for one, part in methods if one is owner]
            me = callee.args.args[0].arg if callee.args.args else None
            if me and self._lonely(callee) and self._into(callee, inside, me, gone):
                owner.body.remove(callee)

    def _lonely(self, callee):
        name, given = callee.name, callee.args
        special = given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs
        if special or callee.decorator_list or name.startswith("__"):
            return False
        return (self._used[name] == 1 and self._defined[name] == 1
                and all(isinstance(one, ast.Constant) for one in given.defaults)
                and not any(_is_barred(node) for part in callee.body for node in ast.walk(part)))

    def _into(self, callee, callers, owner, gone):
        """Put `callee` into the one of `callers` that calls it; False when it cannot be done."""
        for caller in callers:
            if caller is callee or caller.name in gone:
                continue
            site = Site(callee, owner).find(caller)
            if site is None:
                continue
            if any(isinstance(node, _CLOSURES) for part in caller.body for node in ast.walk(part)):
                return False  # a closure of the caller's might see what is put there
            self._count += 1
            done = site.put(caller, self._count)
            if done:
                self._told.append("{} in {}".format(callee.name, caller.name))
                gone.add(callee.name)
            return done
        return False


def _is_barred(node):
    """True for what would mean something else in another function."""
    if isinstance(node, ast.Import):
        return any("." in alias.name for alias in node.names)
    name = getattr(node, "attr", getattr(node, "id", ""))
    return isinstance(node, _BARRED) or name == "super" or name in _LETTING_GO
