"""Leaves out of a box what nothing on a box can reach: functions, methods and constants without a caller.

Mostly those of libraries (a box speaks a third of umodbus) and what only tests and
desk tools call. Works by name over the whole tree, so it errs on keeping: a name
that any live code mentions, in any module, as a variable, an attribute, an import
or a string, keeps everything of that name.
"""

import ast


def shake(trees):
    """Remove what cannot be reached from the module bodies. `trees`: path -> ast.Module, changed in place."""
    for tree in trees.values():
        tree.body = [one for node in tree.body if not _fetches_const(node) for one in singles(node)]
    units = [unit for tree in trees.values() for unit in _units(tree)]
    named = {}
    for unit in units:
        for name in unit.names:
            named.setdefault(name, []).append(unit)
    waiting = set()
    for tree in trees.values():
        for node in tree.body:
            if not _droppable(node):
                waiting |= _mentions(node)
    alive = set()
    while waiting:
        name = waiting.pop()
        if name in alive:
            continue
        alive.add(name)
        for unit in named.get(name, ()):
            waiting |= unit.mentions - alive
    for tree in trees.values():
        _drop(tree, alive)


def _fetches_const(node):
    """True for `from micropython import const`, tried or plain: the compiler needs no import to fold it."""
    if isinstance(node, ast.Try):
        return len(node.body) == 1 and _fetches_const(node.body[0])
    return (isinstance(node, ast.ImportFrom) and node.module == "micropython"
            and [alias.name for alias in node.names] == ["const"])


def singles(node):
    """`a, b = 1, 2` of plain values as two assignments; anything else as it is."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and len(node.targets) == 1 \
            and isinstance(node.targets[0], ast.Tuple):
        names = node.targets[0].elts
        if len(names) == len(node.value.elts) and _plain(node.value):
            return [ast.copy_location(ast.Assign([name], value), node)
                    for name, value in zip(names, node.value.elts)]
    return [node]


class _Unit:
    """Something that is kept or left out as a whole, what it is called and what it mentions."""

    def __init__(self, names, mentions):
        self.names = names
        self.mentions = mentions


def _units(tree):
    for node in tree.body:
        if not _droppable(node):
            continue
        if not isinstance(node, ast.ClassDef):
            yield _Unit(_names(node), _mentions(node))
            continue
        own = set().union(*[_mentions(part) for part in node.bases + node.decorator_list], set())
        for part in node.body:
            if _is_method(part):
                yield _Unit(_names(part), _mentions(part))
            else:
                own |= _mentions(part)
        yield _Unit(_names(node), own)


def _droppable(node):
    """True for what has no effect but to give something a name."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return not node.decorator_list
    if isinstance(node, ast.ClassDef):
        return True
    return isinstance(node, ast.Assign) and _plain(node.value) and all(
        isinstance(target, ast.Name) for target in node.targets)


def _plain(value):
    """A literal, const(literal), or tuples and sums of them."""
    if isinstance(value, ast.Call):
        return getattr(value.func, "id", "") == "const" and all(_plain(part) for part in value.args)
    if isinstance(value, ast.Tuple):
        return all(_plain(part) for part in value.elts)
    if isinstance(value, ast.BinOp):
        return _plain(value.left) and _plain(value.right)
    if isinstance(value, ast.UnaryOp):
        return _plain(value.operand)
    return isinstance(value, (ast.Constant, ast.Name))


def _is_method(node):
    """A method that only its name can reach; __init__ and its like come with the class."""
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("__")


def _names(node):
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets]
    return [node.name]


def _mentions(node):
    """Every name that `node` may mean by anything in it."""
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
            found.add(one.id)
        elif isinstance(one, ast.Attribute):
            found.add(one.attr)
        elif isinstance(one, (ast.Import, ast.ImportFrom)):
            for alias in one.names:
                found.update(alias.name.split("."))
        elif isinstance(one, ast.Constant) and isinstance(one.value, str) and len(one.value) < 40:
            found.add(one.value)
        elif isinstance(one, ast.Global):
            found.update(one.names)
    return found


def _drop(tree, alive):
    tree.body = [node for node in tree.body if not _droppable(node) or alive.intersection(_names(node))]
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            node.body = [part for part in node.body if not _is_method(part) or part.name in alive]
            node.body = node.body or [ast.Pass()]
