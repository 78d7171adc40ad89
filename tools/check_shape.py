"""The shape of the code: short files and functions, an opening sentence, telling names. Judges no meaning."""

import ast
import re

from tools import sources

FILE_LINES = 250
EXPLAINED = 30  # a longer function says why it is one piece, in a docstring
FUNCTION_LINES = 60
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "common", "misc", "base"}
OPENING = {".js": ("//", "/*"), ".css": ("/*",), ".html": ("<!",), ".sh": ("#",)}


def words_of(name):
    """The words in a name: "BusManager2" and "bus_manager" both hold "manager"."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}


def is_data(path):
    """Catalogue files and fixtures are as long as what they describe."""
    return "catalogue" in path.parts or "fixtures" in path.parts


def file_faults(root, path):
    """Length of a file and its name."""
    lines = len(path.read_text().splitlines())
    if lines > FILE_LINES and not is_data(path):
        yield sources.at(root, path, lines, "{} lines: split it, {} is the most".format(lines, FILE_LINES))
    for part in path.relative_to(root).with_suffix("").parts:
        for word in sorted(words_of(part) & EMPTY_NAMES):
            yield sources.at(root, path, 1, "the name {!r} says nothing: what does it do?".format(word))


def named_faults(root, path, module):
    """Functions and classes: length, explanation, name."""
    for node in ast.walk(module):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for word in sorted(words_of(node.name) & EMPTY_NAMES):
            yield sources.at(root, path, node.lineno, "the name {} holds {!r}".format(node.name, word))
        lines = node.end_lineno - node.lineno + 1
        if isinstance(node, ast.ClassDef) or lines <= EXPLAINED:
            continue
        if lines > FUNCTION_LINES:
            yield sources.at(root, path, node.lineno, "{} has {} lines, {} is the most".format(
                node.name, lines, FUNCTION_LINES))
        elif not ast.get_docstring(node):
            yield sources.at(root, path, node.lineno, "{} has {} lines and does not explain itself".format(
                node.name, lines))


def faults(root):
    """Every file and function out of shape as "path:line: text"."""
    found = []
    for path in sources.python_files(root):
        module = sources.tree(path)
        found.extend(file_faults(root, path))
        found.extend(named_faults(root, path, module))
        if module.body and not ast.get_docstring(module):
            found.append(sources.at(root, path, 1, "opens with no docstring: what does it know?"))
    for folder in sources.CODE_FOLDERS:
        for path in sources.under(root, folder, *OPENING):
            found.extend(file_faults(root, path))
            if not path.read_text().lstrip().startswith(OPENING[path.suffix]):
                found.append(sources.at(root, path, 1, "opens with no comment that says what it is"))
    return found
