"""One file a room on the box: modules that are always loaded together become one.

Each module costs a box some 230 bytes for its own table of names, and each import
between two of them an entry in both. So the modules that main.py and a role need at their start
are joined into their room's `__init__`, those first that others need. A module
stays a file of its own when somebody imports it inside a function, uses it by
`module.name`, asks for its `__name__`, or would have one of its names mean two things.
"""

import ast
import builtins

from .flatten import flatten
from .shrink import private, rename_globals

# What is imported first, and then by its name; the parts of a role only where they are wanted.
# roles/opening.py, which main.py imports, is gone again when these run.
STARTS = ("main", "firmware.settings.values", "firmware.settings.identity", "firmware.board.board") + tuple(
    "firmware.roles." + name for name in (
        "gateway", "bus_port", "meter_port", "corridor", "far", "extender"))
# One box needs them and another, which needs their room, does not.
APART = {"firmware.tasks." + name for name in (
    "bus", "run_bus", "read_meter", "latest", "run_control", "keep_time", "serve_link", "tell_gateway")} | {
    "firmware.link." + name for name in ("listen", "remote", "tell", "pieces", "lines")}


def join(trees):
    """`trees` (place -> ast.Module, changed) with the joined modules' code in their rooms' __init__."""
    names = {module_name(place): place for place in trees}
    modules = {name: trees[place] for name, place in names.items()}
    flatten(modules, lambda name, node, alias: _module_of(
        name, places_package(names[name]), node, alias, modules))
    imports = {name: list(imports_of(name, places_package(names[name]), modules)) for name in modules}
    members = _members(modules, imports)
    home = {name: room for room, joined in members.items() for name in joined}
    for name in modules:
        for node, target in imports[name]:
            if target in home:
                node.module, node.level = home[target], 0
    for number, name in enumerate(home):
        rename_globals(modules[name], "_{}".format(number))
    for room, joined in members.items():
        body = modules[room].body
        for name in joined:
            body += [node for node in modules[name].body if not is_text(node)]
            del trees[names[name]]
        modules[room].body = once(body, room)
    return trees


def living(trees):
    """Names of the modules that a start imports and that stay: of joined trees, but for the first of all."""
    names = {module_name(place): place for place in trees}
    modules = {name: trees[place] for name, place in names.items()}
    imports = {name: list(imports_of(name, places_package(names[name]), modules)) for name in modules}
    found, waiting = set(), list(STARTS)
    while waiting:
        name = waiting.pop()
        if name in modules and name not in found:
            found.add(name)
            waiting += _tops(name, modules, imports)
    return found - {"boot", "main"}


def places_package(place):
    """True for a package's own file."""
    return place.endswith("/__init__.mpy")


def module_name(place):
    """The name by which a file of the box is imported: "firmware.p1" of firmware/p1/__init__.mpy."""
    name = place.rsplit(".", 1)[0].replace("/__init__", "").replace("/", ".")
    return name[4:] if name.startswith("lib.") else name  # as sys.path has it


def imports_of(name, package, modules):
    """(node, module) of every `from … import …`, also inside functions. `from . import x` gives each x."""
    for node in ast.walk(modules[name]):
        if not isinstance(node, ast.ImportFrom):
            continue
        base = source_of(name, package, node)
        yield node, base
        for alias in node.names:
            if base + "." + alias.name in modules:
                yield node, "module " + base + "." + alias.name


def source_of(name, package, node):
    """The whole dotted name of what an import takes from."""
    if not node.level:
        return node.module or ""
    parts = name.split(".")
    parts = parts[: len(parts) - node.level + (1 if package else 0)]
    return ".".join(parts + ([node.module] if node.module else []))


def _module_of(name, package, node, alias, modules):
    """The module that one name of an import is, or None."""
    whole = source_of(name, package, node) + "." + alias.name
    return whole if whole in modules else None


def _members(modules, imports):
    """room -> modules to be joined into it, in the order of need."""
    order = []
    for name in STARTS:
        _need(name, modules, imports, order)
    stay = {"boot", "main"} | APART
    stay |= {target for name in ("boot", "main") for _, target in imports.get(name, ())}
    for name, tree in modules.items():
        top = {id(node) for node in tree.body}
        stay.update(target for node, target in imports[name] if id(node) not in top)
        stay.update(target[7:] for _, target in imports[name] if target.startswith("module "))
        if any(isinstance(node, ast.Name) and node.id == "__name__" for node in ast.walk(tree)):
            stay.add(name)
    chosen = {}
    for name in order:
        room = name.rpartition(".")[0]
        if room.count(".") == 1 and room in modules and room != "firmware.roles" and name not in stay:
            chosen.setdefault(room, []).append(name)
    for room in chosen:
        chosen[room] = _untangled(room, _agreeing(room, chosen[room], modules, imports), modules, imports)
    return chosen


def _need(name, modules, imports, order):
    """`name` into `order`, after all that it needs at its top."""
    if name in order or name not in modules:
        return
    for target in _tops(name, modules, imports):
        _need(target, modules, imports, order)
    order.append(name)


def _tops(name, modules, imports):
    """The modules that `name` imports as soon as it is imported itself."""
    top = {id(node) for node in modules[name].body}
    return [target.replace("module ", "") for node, target in imports[name] if id(node) in top]


def _agreeing(room, joined, modules, imports):
    """Those of `joined` whose names mean one thing each in the room, and nothing Python means already."""
    meant, kept = {}, []
    for name in [room] + joined:
        bound = dict(names_at_top(name, modules[name], imports[name]))
        clash = None in bound or any(
            meant.get(one, key) != key or (key[0] == name and hasattr(builtins, one))
            for one, key in bound.items())
        if clash and name != room:
            continue
        meant.update(bound)
        if name != room:
            kept.append(name)
    return kept


def names_at_top(name, tree, imports):
    """(name, meaning) of what a module has at its top; the name None when that cannot be told."""
    targets = {id(node): target for node, target in imports if not target.startswith("module ")}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                key = (targets[id(node)], alias.name)
                yield alias.asname or alias.name, key
                if alias.asname and key[0].rpartition(".")[0] == name.rpartition(".")[0]:
                    yield None, key  # a neighbour's name under another
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name, ("import", alias.name)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if not private(node.name):
                yield node.name, (name, node.name)
        elif isinstance(node, ast.Assign) and all(isinstance(target, ast.Name) for target in node.targets):
            for target in node.targets:
                if not private(target.id):
                    yield target.id, (name, target.id)
        elif not is_text(node):
            yield None, (name, "")


def _untangled(room, joined, modules, imports):
    """`joined` without what a staying neighbour, itself needed by one of them, would look for too early."""
    while True:
        early = set()
        for name in joined:
            for target in _tops(name, modules, imports):
                if target.rpartition(".")[0] == room and target not in joined:
                    order = []
                    _need(target, modules, imports, order)
                    early.update(set(order) & set(joined))
        if not early:
            return joined
        joined = [name for name in joined if name not in early]


def is_text(node):
    """True for a string that stands alone: for people."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def once(body, room):
    """The joined code without imports from the room itself and without repeated ones."""
    kept, seen = [], set()
    for node in body:
        if isinstance(node, ast.ImportFrom):
            if node.module == room and not node.level:
                continue
            node.names = [alias for alias in node.names
                          if (key := (node.module, node.level, alias.name, alias.asname)) not in seen
                          and not seen.add(key)]
            if not node.names:
                continue
        elif isinstance(node, ast.Import):
            key = ast.dump(node)
            if key in seen:
                continue
            seen.add(key)
        kept.append(node)
    return kept
