"""The four word tables say the same things: same codes, same numbers filled in, nothing empty or twice.

Also holds every code that the firmware writes to its journal against the tables. Judges no spelling.
"""

import ast
import re

from tools import sources

LANGUAGES = ("en", "nl", "fr", "de")
GAP = re.compile(r"\{(\d*)\}")


def entries(path):
    """Yields (line, code, text) of a table; text is None where a line has no "=". Comments open with #."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            code, equals, text = line.partition("=")
            yield number, code.strip(), text if equals else None


def read(root, path, found):
    """{code: (line, text)} of one table; odd lines are added to `found`."""
    table = {}
    for number, code, text in entries(path):
        if not re.fullmatch(r"[a-z0-9_.]+", code):
            found.append(sources.at(root, path, number, "{!r} is no code: a-z, 0-9, _ and .".format(code)))
        elif not (text or "").strip():
            found.append(sources.at(root, path, number, "{} has no text".format(code)))
        elif code in table:
            found.append(sources.at(root, path, number, "{} stands here twice".format(code)))
        else:
            table[code] = (number, text)
    return table


def journaled(root):
    """Yields (path, line, code) for each call of journal.add(now_ms, "code", …) with a literal code."""
    for path in sources.device_files(root):
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.Call) and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                called = ast.unparse(node.func)
                if called.endswith(".add") and "journal" in called:
                    yield path, node.lineno, node.args[1].value


def faults(root):
    """Every difference between the tables as "path:line: text"."""
    folder = root / "firmware" / "words"
    found = []
    paths = {language: folder / (language + ".txt") for language in LANGUAGES}
    missing = [path for path in paths.values() if not path.exists()]
    if missing:
        return ["{}: a language without a table".format(path.relative_to(root)) for path in missing]
    tables = {language: read(root, path, found) for language, path in paths.items()}
    first = tables[LANGUAGES[0]]
    for language in LANGUAGES[1:]:
        found.extend(compare(root, paths[language], first, tables[language]))
    for path, line, code in journaled(root):
        if code not in first:
            found.append(sources.at(root, path, line, "{!r} has no text in firmware/words".format(code)))
    return found


def compare(root, path, first, table):
    """One language against English: codes and the numbered gaps."""
    for code in sorted(set(first) - set(table)):
        yield sources.at(root, path, 1, "{} is missing".format(code))
    for code in sorted(set(table) - set(first)):
        yield sources.at(root, path, table[code][0], "{} is not in en.txt".format(code))
    for code in sorted(set(first) & set(table)):
        line, text = table[code]
        if sorted(GAP.findall(text)) != sorted(GAP.findall(first[code][1])):
            yield sources.at(root, path, line, "{} fills in other numbers than en.txt".format(code))
