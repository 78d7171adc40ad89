"""Short places for a box's modules: `tasks3.mpy` at the root instead of `firmware/tasks/run_bus.mpy`.

MicroPython keeps for ever, for each module: its path, its dotted name, that name as
its importers write it and its name inside its package: some 110 bytes. On a box nobody
imports by hand, so a module that is only imported by plain statements gets a short
name at the root. One that is looked for by a name made at run time, a role or a catalogue
file, keeps the last part of its name. Board profiles keep their place, because people add
some, and are asked for by their path: MicroPython imports that too, without the packages.
`core.modules.forget` is told the short names, and who asks where its own file lies is
answered with its old place. Knows no compiler.
"""

import ast

from .join import module_name, places_package, source_of

_LIBRARY = "lib/umodbus/"  # what is left of it is ours to place; nobody else asks for it
_IN_PLACE = "firmware.board.profiles"
# What a module puts before a name that it makes while it runs, and what becomes of that.
_LATE = {"firmware.roles.": "", "firmware.devices.catalogue.": "", _IN_PLACE + ".": _IN_PLACE.replace(".", "/") + "/"}
_ROLES = ("firmware.roles.gateway", "firmware.roles.extender", "firmware.roles.slave")
_FORGETS = "firmware.core"  # core/modules.py, joined into its room
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


class PlaceError(Exception):
    """A module that would not be found under its short name; the text says which and what to do."""


def shorten(trees):
    """place -> short place, for those that have one; the trees (place -> ast.Module) are changed to it."""
    modules = {module_name(place): place for place in trees if place.startswith(("firmware/", _LIBRARY))}
    short, counts = {}, {}
    for name in sorted(modules):
        if name in _ROLES or name.startswith("firmware.devices.catalogue."):
            last = name.rpartition(".")[2]
            if last in short.values() or last + ".mpy" in trees:
                raise PlaceError("{}: another module has this last name; give it one of its own".format(name))
            short[name] = last
        elif not name.startswith(_IN_PLACE):
            room = name.split(".")[0] if not name.startswith("firmware.") else name.split(".")[1]
            counts[room] = counts.get(room, -1) + 1
            count = counts[room]
            short[name] = room + (_LETTERS[count // 36 - 1] if count >= 36 else "") + _LETTERS[count % 36]
    for place, tree in trees.items():
        _Imports(module_name(place), places_package(place), short, modules).visit(tree)
        if place in modules.values():
            _Own(module_name(place), place, tree, short).visit(tree)
    return {modules[name]: short[name] + ".mpy" for name in short}


class _Imports(ast.NodeTransformer):
    """Every import of one module, to the short names."""

    def __init__(self, name, package, short, modules):
        self._name, self._package = name, package
        self._short, self._modules = short, modules

    def visit_ImportFrom(self, node):
        source = source_of(self._name, self._package, node)
        whole = [alias for alias in node.names if source + "." + alias.name in self._modules]
        rest = [alias for alias in node.names if alias not in whole]
        made = [self._module(source + "." + alias.name, alias.asname or alias.name) for alias in whole]
        if rest:
            if source in self._modules or node.level:
                node.module, node.level = self._short.get(source, source), 0
            node.names = rest
            made.append(node)
        return [ast.copy_location(one, node) for one in made]

    def _module(self, name, known_as):
        """`import tasks3 as x`; for one that kept its place `from firmware.words import words as x`."""
        if name in self._short:
            return ast.Import([ast.alias(self._short[name], known_as)])
        parent, _, child = name.rpartition(".")
        return ast.ImportFrom(parent, [ast.alias(child, known_as)], 0)

    def visit_Import(self, node):
        for alias in node.names:
            if alias.name in self._modules:
                raise PlaceError("{}: import {}: write it as from … import …".format(self._name, alias.name))
        return node


class _Own(ast.NodeTransformer):
    """`__name__` becomes the name a person knows, and what is forgotten by such a name its short one."""

    def __init__(self, name, place, tree, short):
        self._name, self._place, self._short = name, place, short
        self._known = {"__name__": name}
        # A module that makes names of catalogue files or profiles forgets those by the same.
        self._made_late = any(isinstance(node, ast.Constant) and node.value in _LATE for node in ast.walk(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                value = self._told(node.value)
                if value is not None:
                    self._known[node.targets[0].id] = value[0]

    def _told(self, node):
        """(value,) of an expression that only needs what is known now, else None."""
        wanted = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
        bound = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        if wanted - bound - set(self._known):
            return None
        try:
            code = compile(ast.fix_missing_locations(ast.Expression(node)), self._name, "eval")
            return (eval(code, dict(self._known, __builtins__={})),)
        except Exception:  # not to be told before it runs
            return None

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id == "forget_parts":
            told = self._told(ast.List(node.args, ast.Load()))
            if told is None:
                raise PlaceError("{}: {}: the names cannot be told before it runs".format(
                    self._name, ast.unparse(node)))
            room, names = told[0]
            whole = ["firmware." + room + "." + name for name in names.split()]
            node.args = [ast.Constant(""), ast.Constant(" ".join(self._short.get(name, name) for name in whole))]
            return node
        if isinstance(node.func, ast.Name) and node.func.id == "forget" and node.args and self._name != _FORGETS:
            told = self._told(ast.List(node.args, ast.Load()))
            if told:
                node.args = [ast.Constant(self._short.get(name, name)) for name in told[0]]
                return node
            if not self._made_late and not any(
                    isinstance(one, ast.Attribute) and one.attr == "__name__" for one in ast.walk(node)):
                raise PlaceError("{}: {}: the names cannot be told before it runs".format(
                    self._name, ast.unparse(node)))
        self.generic_visit(node)
        return node

    def visit_Constant(self, node):
        return ast.Constant(_LATE[node.value]) if node.value in _LATE else node

    def visit_Name(self, node):
        if node.id == "__name__" and isinstance(node.ctx, ast.Load):
            return ast.Constant(self._name)
        if node.id == "__file__" and self._name in self._short:
            root = ast.parse('__file__[:__file__.rfind("/") + 1]', mode="eval").body
            return ast.BinOp(root, ast.Add(), ast.Constant(self._place))
        return node
