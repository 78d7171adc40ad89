"""A module that only one other imports becomes part of it: some 200 bytes and two names less for a box.

    from ..tasks.run_bus import run_bus      ->      the code of tasks/run_bus.py

Only where both live equally long: the importer takes it at its own top, nobody asks for
the module by another way, and no name would come to mean two things.
"""

import ast
import builtins

from .join import imports_of, is_text, module_name, names_at_top, once, places_package, source_of
from .shrink import rename_globals


def adopt(trees, living):
    """Change `trees` (place -> ast.Module); those that went are taken out of it. Returns their places.

    living: names of modules that stay in memory once they are imported.
    """
    gone = []
    while True:
        names = {module_name(place): place for place in trees}
        modules = {name: trees[place] for name, place in names.items()}
        imports = {name: list(imports_of(name, places_package(names[name]), modules)) for name in modules}
        found = next(((name, parent) for name in sorted(living & set(modules))
                      for parent in [_only_importer(name, names, modules, imports)]
                      if parent in living and _agree(name, parent, modules, imports)), None)
        if found is None:
            return gone
        name, parent = found
        _splice(name, parent, names, modules, imports, len(gone))
        gone.append(names[name])
        del trees[names[name]]


def _only_importer(name, names, modules, imports):
    """The one module that imports `name`, at its top and by `from name import …`; else None."""
    if places_package(names[name]) or _asks_where_it_is(modules[name]):
        return None
    importers = set()
    for other in modules:
        top = {id(node) for node in modules[other].body}
        for node, target in imports[other]:
            if target == "module " + name or (target == name and id(node) not in top):
                return None
            if target == name:
                importers.add(other)
    if _mentioned(name, modules):
        return None
    return importers.pop() if len(importers) == 1 else None


def _asks_where_it_is(tree):
    return any(isinstance(node, ast.Name) and node.id in ("__name__", "__file__") for node in ast.walk(tree))


def _mentioned(name, modules):
    """True when a string speaks of the module, as one does that is let go of or imported by name."""
    last = name.rpartition(".")[2]
    return any(isinstance(node, ast.Constant) and isinstance(node.value, str)
               and (node.value == name or node.value.endswith("." + last))
               for tree in modules.values() for node in ast.walk(tree) if not _is_doc(node))


def _is_doc(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" in node.value


def _agree(name, parent, modules, imports):
    """True when every name at both tops means one thing."""
    meant = {}
    for one in (parent, name):
        for local, key in names_at_top(one, modules[one], imports[one]):
            if key == (name, local) and one == parent:
                continue  # what the parent takes from it
            if local is None or meant.get(local, key) != key or (key[0] == name and hasattr(builtins, local)):
                return False
            meant[local] = key
    return not any(alias.asname for node, target in imports[parent] if target == name for alias in node.names)


def _splice(name, parent, names, modules, imports, number):
    tree = modules[name]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            node.module, node.level = source_of(name, False, node), 0
    rename_globals(tree, "_a{}".format(number))
    taken = [node for node, target in imports[parent] if target == name]
    body = modules[parent].body
    at = min(body.index(node) for node in taken)
    body[at:at] = [node for node in tree.body if not is_text(node)]
    for node in taken:
        body.remove(node)
    modules[parent].body = once(_absolute(parent, places_package(names[parent]), modules[parent]), None)


def _absolute(name, package, tree):
    """The body of a module, its imports by whole names, so that repeated ones can be told."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.level:
            node.module, node.level = source_of(name, package, node), 0
    return tree.body
