"""Which files are this project's own, and their syntax trees. Knows folders; judges nothing."""

import ast

CODE_FOLDERS = ("firmware", "tools", "host_tests")
FIRST_FILES = ("boot.py", "main.py")
SKIPPED = {"__pycache__", "node_modules"}


def under(root, folder, *endings):
    """Sorted files below root/folder with one of the endings (".py"); none without the folder."""
    found = (path for path in (root / folder).rglob("*") if path.is_file() and path.suffix in endings)
    return sorted(path for path in found if not SKIPPED & set(path.parts))


def device_files(root):
    """Every Python file that is flashed: boot.py, main.py and firmware/."""
    first = [root / name for name in FIRST_FILES if (root / name).exists()]
    return first + under(root, "firmware", ".py")


def python_files(root):
    """Every Python file of ours, on the device and on the desk."""
    desk = [path for folder in CODE_FOLDERS[1:] for path in under(root, folder, ".py")]
    return device_files(root) + desk


def tree(path):
    """Syntax tree of a file; a SyntaxError carries the file's name."""
    return ast.parse(path.read_text(), filename=str(path))


def at(root, path, line, text):
    """One fault as every checker writes it: path:line: text, the path as seen from the root."""
    return "{}:{}: {}".format(path.relative_to(root), line, text)


def imports(root, path, module):
    """Yields (line, dotted name) for every import of a file, also the ones inside functions.

    `from firmware.core import ticks` gives "firmware.core.ticks", and so does `from ..core import ticks` in a
    file of firmware/p1.
    """
    folders = path.relative_to(root).parts[:-1]
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            above = folders[: len(folders) - node.level + 1] if node.level else ()
            for name in node.names:
                yield node.lineno, ".".join(above + tuple(filter(None, (node.module, name.name))))
