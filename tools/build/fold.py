"""Whole numbers with a name become the numbers; what then nobody asks for is not imported.

A name costs a box an entry in the table of each module that has it; the number costs
nothing. Annotations go too: MicroPython never looks at them, but would import what
they name.
"""

import ast

from .join import module_name, places_package, source_of
from .shrink import is_const, whole


def fold(trees):
    """Change `trees` (place -> ast.Module) in place."""
    modules = {module_name(place): tree for place, tree in trees.items()}
    packages = {module_name(place): places_package(place) for place in trees}
    for tree in trees.values():
        _Bare().visit(tree)
    numbers = {name: _numbers(tree) for name, tree in modules.items()}
    for name, tree in modules.items():
        known = dict(numbers[name])
        for node in _takes(tree):
            given = numbers.get(source_of(name, packages[name], node), {})
            for alias in list(node.names):
                if alias.name in given and _stores(tree, alias.asname or alias.name) == 0:
                    known[alias.asname or alias.name] = given[alias.name]
                    node.names.remove(alias)
        _Number(known).visit(tree)
    _drop_unasked(modules, packages, numbers)


def _drop_unasked(modules, packages, numbers):
    """Numbers nobody mentions any more, and names that are imported for nothing."""
    mentioned = set().union(*[_mentioned(tree) for tree in modules.values()])
    asked = {(source_of(name, packages[name], node), alias.name)
             for name, tree in modules.items() for node in _takes(tree) for alias in node.names}
    for name, tree in modules.items():
        idle = {one for one in numbers[name] if one not in mentioned and (name, one) not in asked}
        tree.body = [node for node in tree.body if not _gives(node, idle)]
        used = _mentioned(tree)
        for node in _takes(tree):
            ours = source_of(name, packages[name], node) in modules
            node.names = [alias for alias in node.names if not ours or (alias.asname or alias.name) in used
                          or (name, alias.asname or alias.name) in asked or alias.name == "*"]
        _Emptied().visit(tree)


def _numbers(tree):
    """name -> node of the whole numbers that are given once, at the top of a module."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            value = node.value.args[0] if is_const(node.value) and len(node.value.args) == 1 else node.value
            if whole(value) and _stores(tree, node.targets[0].id) == 1:
                found[node.targets[0].id] = value
    return found


def _gives(node, names):
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return False
    return getattr(node.targets[0], "id", "") in names


def _takes(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]


def _stores(tree, name):
    """How often a module, anywhere in it, gives `name` to something by another way than an import."""
    count = 0
    for node in ast.walk(tree):
        count += isinstance(node, ast.Name) and node.id == name and not isinstance(node.ctx, ast.Load)
        count += isinstance(node, (ast.arg, ast.ExceptHandler)) and name in (
            getattr(node, "arg", None), getattr(node, "name", None))
        count += isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and node.name == name
    return count


def _mentioned(tree):
    """Names read in a module, and all words of its strings but those for people."""
    found = set()
    texts = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            found.update(node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in texts:
            found.update(node.value.replace(".", " ").split())
    return found


class _Number(ast.NodeTransformer):
    """Names that are read by their numbers; a class that has one of its own keeps it."""

    def __init__(self, known):
        self.known = known

    def visit_Name(self, node):
        if isinstance(node.ctx, ast.Load) and node.id in self.known:
            return ast.copy_location(self.known[node.id], node)
        return node


class _Bare(ast.NodeTransformer):
    """Functions and variables without their annotations."""

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.returns = None
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_AnnAssign(self, node):
        if node.value is None:
            return None
        return ast.copy_location(ast.Assign([node.target], node.value), node)


class _Emptied(ast.NodeTransformer):
    """Without the imports of nothing."""

    def visit_ImportFrom(self, node):
        return node if node.names else None

    def generic_visit(self, node):
        super().generic_visit(node)
        if getattr(node, "body", None) == [] and not isinstance(node, ast.Module):
            node.body = [ast.Pass()]
        return node
