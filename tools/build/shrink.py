"""Shorter private names for a box: the same program in less memory.

MicroPython keeps every name of a function, an argument or an attribute in memory
for ever, once, about 20 bytes each. Names that only one module can see need not
be telling on a box: here they become `_a`, `_b`, … and arguments `a`, `b`, …, the
same few in every module; private numbers become constants, which the compiler puts
where they are used. What another module, a keyword or a string might mean is left
alone. The source is never touched; the device's code is made from the result.
"""

import ast
import string

_LETTERS = string.ascii_lowercase


class Project:
    """What must be known of all modules together before one of them can be shrunk.

    `trees`: module path -> ast.Module, of everything that runs on a box.
    """

    def __init__(self, trees):
        self.keywords = set()  # argument names that some call uses
        self.strings = set()  # names that may be asked for with getattr or setattr
        self.imported = set()  # names that one module takes from another
        self.attributes = set()  # private attributes, anywhere
        self.reached = {}  # private attribute -> modules that reach for it other than by self
        self.inherited = set()  # modules with a class that extends, or is extended by, another module's
        for path, tree in trees.items():
            self._look(path, tree)
        self._heirs(trees)

    def _look(self, path, tree):
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg:
                self.keywords.add(node.arg)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.strings.add(node.value)
            elif isinstance(node, ast.ImportFrom):
                self.imported.update(alias.name for alias in node.names)
            elif isinstance(node, ast.Attribute) and private(node.attr):
                self.attributes.add(node.attr)
                if getattr(node.value, "id", "") != "self":
                    self.reached.setdefault(node.attr, set()).add(path)
            elif isinstance(node, ast.ClassDef):
                self.attributes.update(class_names(node))

    def _heirs(self, trees):
        """Classes that extend one of another module share its attributes: both modules keep theirs."""
        own = {path: {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
               for path, tree in trees.items()}
        extended = set()
        for path, tree in trees.items():
            for node in ast.walk(tree):
                for base in getattr(node, "bases", ()):
                    name = getattr(base, "id", getattr(base, "attr", ""))
                    if name not in own[path] and any(name in names for names in own.values()):
                        extended.add(name)
                        self.inherited.add(path)
        self.inherited.update(path for path in own if own[path] & extended)


def private(name):
    """True for `_name`, not for `__name__`."""
    return name.startswith("_") and not name.startswith("__")


def class_names(node):
    """Private methods and class variables of a class."""
    for one in node.body:
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)) and private(one.name):
            yield one.name
        elif isinstance(one, ast.Assign):
            for target in one.targets:
                if isinstance(target, ast.Name) and private(target.id):
                    yield target.id


def shrink(path, tree, project):
    """(source text, old -> new) of `tree` with its private names shortened. The tree is changed."""
    if not any(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) for node in ast.walk(tree)):
        return ast.unparse(tree) + "\n", {}
    constants(tree, project)
    attributes = attribute_names(path, tree, project)
    _Attributes(attributes).visit(tree)
    names = global_names(tree, project)
    _Globals(names).visit(tree)
    for node in reversed(list(ast.walk(tree))):  # innermost first
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            _arguments(node, project)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n", dict(attributes, **names)


def constants(tree, project):
    """Mark private whole numbers that are set once as const(): a box keeps no name for them."""
    stores = [node.id for node in ast.walk(tree)
              if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not whole(node.value):
            continue
        names = [getattr(target, "id", "") for target in node.targets]
        if all(private(name) and stores.count(name) == 1 and name not in project.imported
               and name not in project.strings and name not in project.attributes for name in names):
            node.value = ast.Call(ast.Name("const", ast.Load()), [node.value], [])


def whole(value):
    """True for a whole number a 31-bit small int holds, written as such."""
    if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
        value = value.operand
    return isinstance(value, ast.Constant) and type(value.value) is int and value.value < 1 << 30


def attribute_names(path, tree, project):
    """old -> new of private attributes that no other module touches and this one makes."""
    if path in project.inherited:
        return {}
    made = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            made.add(node.attr)
        elif isinstance(node, ast.ClassDef):
            made.update(class_names(node))
    mine = sorted(name for name in made if private(name) and name not in project.strings
                  and project.reached.get(name, {path}) == {path})
    return dict(zip(mine, _fresh("_", every_name(tree))))


def global_names(tree, project):
    """old -> new of private functions, classes and variables of the module. Constants vanish anyway."""
    found = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Assign) and not is_const(node.value):
            found.update(target.id for target in node.targets if isinstance(target, ast.Name))
    mine = sorted(name for name in found if private(name) and name not in project.imported
                  and name not in project.strings and name not in project.attributes)
    return dict(zip(mine, _fresh("_", every_name(tree))))


def rename_globals(tree, ending):
    """Give the private names of a module's top an ending, so that two modules can become one."""
    found = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found.update(target.id for target in node.targets if isinstance(target, ast.Name))
    _Globals({name: name + ending for name in found if private(name)}).visit(tree)


def every_name(tree):
    """All that a new name must not be taken for."""
    found = set()
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name", "asname"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                found.add(value)
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            found.update(node.names)
    return found


def is_const(value):
    """True for a call of const()."""
    return isinstance(value, ast.Call) and getattr(value.func, "id", "") == "const"


def _fresh(prefix, taken):
    """_a, _b, … _z, _aa, … without those taken."""
    for first in [""] + list(_LETTERS):
        for last in _LETTERS:
            name = prefix + first + last
            if name not in taken and name not in ("as", "if", "in", "is", "or"):
                yield name


class _Attributes(ast.NodeTransformer):
    """Renames attributes, and the methods and variables of class bodies that are the same names."""

    def __init__(self, names):
        self.names = names

    def visit_Attribute(self, node):
        self.generic_visit(node)
        node.attr = self.names.get(node.attr, node.attr)
        return node

    def visit_ClassDef(self, node):
        for one in node.body:
            if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)):
                one.name = self.names.get(one.name, one.name)
            else:
                for name in ast.walk(one):
                    if isinstance(name, ast.Name):
                        name.id = self.names.get(name.id, name.id)
        self.generic_visit(node)
        return node


class _Globals(ast.NodeTransformer):
    """Renames a module's own names wherever they are read; methods of that name stay."""

    def __init__(self, names):
        self.names = names

    def visit_Module(self, node):
        for one in node.body:
            if hasattr(one, "name"):
                one.name = self.names.get(one.name, one.name)
        self.generic_visit(node)
        return node

    def visit_Name(self, node):
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_Global(self, node):
        node.names = [self.names.get(name, name) for name in node.names]
        return node


def _arguments(node, project):
    """Short names for the arguments of one function and for the functions inside it."""
    body = node.body if isinstance(node.body, list) else [node.body]
    inside = [one for part in body for one in ast.walk(part)]
    declared = {name for one in inside if isinstance(one, (ast.Global, ast.Nonlocal)) for name in one.names}
    given = node.args
    arguments = given.posonlyargs + given.args + given.kwonlyargs
    arguments += [one for one in (given.vararg, given.kwarg) if one]
    old = [one.arg for one in arguments if one.arg not in project.keywords | {"self"} | declared]
    inner = [one for one in inside if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
    old += [one.name for one in inner if one.name not in declared and one.name not in old]
    names = dict(zip(old, _fresh("", every_name(node))))
    for one in arguments:
        one.arg = names.get(one.arg, one.arg)
    for one in inner:
        one.name = names.get(one.name, one.name)
    for one in inside:
        if isinstance(one, ast.Name):
            one.id = names.get(one.id, one.id)
        elif isinstance(one, ast.ExceptHandler) and one.name:
            one.name = names.get(one.name, one.name)
        elif isinstance(one, (ast.Import, ast.ImportFrom)):
            for alias in one.names:
                if (alias.asname or alias.name) in names:
                    alias.asname = names[alias.asname or alias.name]
