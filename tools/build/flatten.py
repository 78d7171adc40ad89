"""`module.name` becomes `name`: so that a module used as such can be joined into its room.

    from . import quirks                     from firmware.devices.quirks import LEFTOVER
    … quirks.LEFTOVER …                      … LEFTOVER …

Only where it means the same: the module is used for nothing else, the name is given
once in it, and is not used for anything in the module that asks.
"""

import ast


def flatten(modules, targets):
    """Rewrite the imports at the top of each of `modules` (dotted name -> ast.Module) in place.

    targets(name, node, alias): the module an alias of an import stands for, or None when it is no module.
    """
    for name, tree in modules.items():
        for node in [one for one in tree.body if isinstance(one, ast.ImportFrom)]:
            for alias in list(node.names):
                module = targets(name, node, alias)
                wanted = module and _wanted(tree, alias.asname or alias.name, modules[module])
                if wanted:
                    _replace(tree, node, alias, module, wanted)


def _wanted(tree, local, module):
    """Names asked of `local`, or nothing when one of them stands in the way."""
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == local]
    dots = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name) and node.value.id == local]
    wanted = {node.attr for node in dots}
    stored = any(not isinstance(node.ctx, ast.Load) for node in dots + uses)
    if stored or len(uses) != len(dots) or wanted & _names(tree) or not wanted <= _given_once(module):
        return None
    return wanted


def _names(tree):
    """Every name a module uses without a dot."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
    return found


def _given_once(module):
    """Names at a module's top that never change: they may be taken once, at import."""
    found = [node.name for node in module.body
             if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    found += [target.id for node in module.body if isinstance(node, ast.Assign)
              for target in node.targets if isinstance(target, ast.Name)]
    moving = {name for node in ast.walk(module) if isinstance(node, ast.Global) for name in node.names}
    return {name for name in found if found.count(name) == 1} - moving


def _replace(tree, node, alias, module, wanted):
    local = alias.asname or alias.name

    class Undot(ast.NodeTransformer):
        def visit_Attribute(self, one):
            self.generic_visit(one)
            if isinstance(one.value, ast.Name) and one.value.id == local:
                return ast.copy_location(ast.Name(one.attr, one.ctx), one)
            return one

    Undot().visit(tree)
    node.names.remove(alias)
    taken = ast.ImportFrom(module, [ast.alias(name) for name in sorted(wanted)], 0)
    at = tree.body.index(node)
    tree.body[at : at + (not node.names)] = [taken]
