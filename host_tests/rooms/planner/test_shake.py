"""What the build leaves out of the planner: what a box reaches stays whole, loads.py only where used."""

import ast

import pytest

from tools.build.shake import shake
from tools.vm import ROOT

ROOM = ROOT / "firmware" / "planner"


def kept(program):
    """Names of functions and methods left of the planner when this program uses it."""
    trees = {path.name: ast.parse(path.read_text()) for path in ROOM.glob("*.py")}
    trees["main.py"] = ast.parse(program)
    shake(trees)
    return {node.name for name, tree in trees.items() if name != "main.py"
            for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


def named(file):
    return {node.name for node in ast.walk(ast.parse((ROOM / file).read_text()))
            if isinstance(node, (ast.FunctionDef, ast.ClassDef))}


@pytest.mark.parametrize("program, files", [
    ("from planner.loads import with_block, with_charger\nwith_charger(1)\nwith_block(2)", ["loads.py"]),
    ("from planner.keep import Kept, why\nfrom planner.band import band\nKept(1).renew(1)\nKept(1).forget()\n"
     "why(1)\nband(1)", ["keep.py", "band.py"]),
    ("from planner.told import row, whole\nrow(1)\nwhole(2)", ["told.py"]),
])
def test_what_is_used_is_whole(program, files):
    found = kept(program + "\nfrom planner.plan import Planner\nPlanner(1).steps(2)")
    for file in files:
        assert named(file) <= found, named(file) - found
    assert {"Sweep", "solve", "_merge", "next_cap", "_search"} <= found


def test_what_is_not_used_costs_nothing():
    found = kept("from planner.plan import Planner\nPlanner(1).steps(2)")
    assert not {"with_charger", "with_block", "_mix", "cost_now", "RulesOnly", "row"} & found
