"""A function's body in the place of the one call to it. Knows scopes and returns, not who may be inlined."""

import ast
import copy

DEFS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Site:
    """Where a function is called, and how its body can stand there."""

    def __init__(self, callee, owner):
        self.callee = callee
        self.owner = owner  # the name of its first argument when it is a method
        self.call = self.block = self.statement = None

    def find(self, caller):
        """The call inside `caller`, or None."""
        for block in _blocks(caller):
            for statement in block:
                for node in _own(statement):
                    if isinstance(node, ast.Call) and self._is_it(node, caller):
                        self.call, self.block, self.statement = node, block, statement
                        return self
        return None

    def _is_it(self, node, caller):
        if self.owner is None:
            return isinstance(node.func, ast.Name) and node.func.id == self.callee.name
        return (isinstance(node.func, ast.Attribute) and node.func.attr == self.callee.name
                and isinstance(node.func.value, ast.Name) and caller.args.args
                and node.func.value.id == caller.args.args[0].arg)

    def put(self, caller, number):
        """Replace the call; False when nothing was changed because it cannot be done."""
        given = self._given(caller)
        own = _locals(caller)
        if given is None or own & (_names(self.callee) - _locals(self.callee)):
            return False
        body = copy.deepcopy(_without_text(self.callee.body))
        value, awaited = self._value()
        if (value is not self.call) or awaited != isinstance(self.callee, ast.AsyncFunctionDef):
            return self._expression(body, given, own)
        ahead, body = _bound(self.callee, body, given, own, number)
        if isinstance(self.statement, ast.Return):
            placed = body + ([] if _ends(body) else [ast.Return(None)])
        else:
            target = self.statement.targets[0] if isinstance(self.statement, ast.Assign) else None
            try:
                placed = _unreturned(body, target)
            except ValueError:
                return False
        at = self.block.index(self.statement)
        self.block[at : at + 1] = (ahead + placed) or [ast.Pass()]
        return True

    def _value(self):
        """What the statement does with the call, if it is one that can take a body: (call, is it awaited)."""
        statement = self.statement
        if isinstance(statement, ast.Assign) and len(statement.targets) != 1:
            return None, False
        if not isinstance(statement, (ast.Return, ast.Expr, ast.Assign)):
            return None, False
        if isinstance(statement.value, ast.Await):
            return statement.value.value, True
        return statement.value, False

    def _given(self, caller):
        """argument name -> expression, in the order of the call; None when the call is not plain."""
        names = [one.arg for one in self.callee.args.args]
        given = {}
        if self.owner is not None:
            given[names[0]] = ast.Name(caller.args.args[0].arg, ast.Load())
        free = [name for name in names if name not in given]
        if any(isinstance(one, ast.Starred) for one in self.call.args) or len(self.call.args) > len(free):
            return None
        given.update(zip(free, self.call.args))
        for one in self.call.keywords:
            if one.arg is None or one.arg in given or one.arg not in names:
                return None
            given[one.arg] = one.value
        defaults = self.callee.args.defaults
        for name, value in zip(names[len(names) - len(defaults):], defaults):
            given.setdefault(name, value)
        return given if len(given) == len(names) else None

    def _expression(self, body, given, own):
        """A body that is one `return` takes the place of the call itself, if its arguments are plain."""
        if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
            return False
        if isinstance(self.callee, ast.AsyncFunctionDef):
            return False
        if not all(_is_plain(one, own) for one in given.values()):
            return False
        if any(isinstance(node, ast.comprehension) for node in ast.walk(body[0])):
            return False
        _Replace(given, {}).visit(body[0])
        _Swap(self.call, body[0].value).visit(self.statement)
        return True


def _own(statement):
    """The nodes of a statement without those of the blocks inside it."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        for field, value in ast.iter_fields(node):
            if isinstance(node, ast.stmt) and field in ("body", "orelse", "finalbody", "handlers"):
                continue
            parts = value if isinstance(value, list) else [value]
            waiting.extend([one for one in parts if isinstance(one, ast.AST)])


def _blocks(node):
    """Every list of statements in a function, its own first."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list):
            yield block
            for statement in block:
                yield from _blocks(statement)
    for handler in getattr(node, "handlers", []):
        yield from _blocks(handler)


def _names(function):
    return {node.id for part in function.body for node in ast.walk(part) if isinstance(node, ast.Name)}


def _locals(function):
    """Arguments and whatever is given a value in it, comprehensions' variables too."""
    found = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    for part in function.body:
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                found.add(node.id)
            elif isinstance(node, ast.ExceptHandler) and node.name:
                found.add(node.name)
            elif isinstance(node, ast.alias):
                found.add((node.asname or node.name).split(".")[0])
    return found


def _without_text(body):
    first = body[0]
    return body[1:] if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else body


def _is_plain(value, own):
    """A constant, or a variable of the caller's: nobody else can change it meanwhile."""
    return isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id in own)


def _bound(callee, body, given, own, number):
    """(assignments to make first, the body with names of its own). `own`: the caller's variables."""
    stored = _locals(callee) - set(given)
    for part in body:
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                stored.add(node.id)
    ahead, plain = [], {}
    new = {name: "{}_{}_{}".format(name, callee.name, number) for name in stored}
    for name, value in given.items():
        if _is_plain(value, own) and name not in stored:
            plain[name] = value
        else:
            new[name] = "{}_{}_{}".format(name, callee.name, number)
            ahead.append(ast.Assign([ast.Name(new[name], ast.Store())], value))
    return ahead, [_Replace(plain, new).visit(part) for part in body]


def _ends(block):
    """True when nothing comes after the block's last statement."""
    if not block:
        return False
    last = block[-1]
    if isinstance(last, ast.If):
        return _ends(last.body) and _ends(last.orelse)
    return isinstance(last, (ast.Return, ast.Raise))


def _returns(node):
    return any(isinstance(one, ast.Return) for one in ast.walk(node))


def _unreturned(block, target):
    """`block` without return: what it returned is given to `target`. ValueError where it cannot be told."""
    made = []
    for at, statement in enumerate(block):
        if isinstance(statement, ast.Return):
            return made + _give(target, statement.value)
        if not _returns(statement):
            made.append(statement)
            continue
        if not isinstance(statement, ast.If):
            raise ValueError("a return inside a loop")
        rest = block[at + 1 :]
        if rest and not (_ends(statement.body) or _ends(statement.orelse)):
            raise ValueError("what follows would stand there twice")
        body = _unreturned(statement.body + ([] if _ends(statement.body) else rest), target)
        orelse = _unreturned(statement.orelse + ([] if _ends(statement.orelse) else rest), target)
        return made + [ast.If(statement.test, body or [ast.Pass()], orelse)]
    return made if _ends(block) else made + _give(target, None)


def _give(target, value):
    if target is not None:
        return [ast.Assign([copy.deepcopy(target)], value or ast.Constant(None))]
    if value is None or isinstance(value, (ast.Constant, ast.Name)):
        return []
    return [ast.Expr(value)]


class _Replace(ast.NodeTransformer):
    """Arguments by what was given for them, other variables by their new names."""

    def __init__(self, plain, new):
        self.plain, self.new = plain, new

    def visit_Name(self, node):
        if node.id in self.plain:
            return copy.deepcopy(self.plain[node.id])
        node.id = self.new.get(node.id, node.id)
        return node

    def visit_ExceptHandler(self, node):
        self.generic_visit(node)
        node.name = self.new.get(node.name, node.name)
        return node

    def visit_alias(self, node):
        name = (node.asname or node.name).split(".")[0]
        if name in self.new:
            node.asname = self.new[name]
        return node


class _Swap(ast.NodeTransformer):
    """One call by what it would return."""

    def __init__(self, old, new):
        self.old, self.new = old, new

    def visit_Call(self, node):
        if node is self.old:
            return self.new
        return self.generic_visit(node)
