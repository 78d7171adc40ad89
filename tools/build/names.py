"""`python -m tools.build.names [--target esp32] < traceback`: the same with the names of the source behind.

Reads build/names-TARGET.txt, which the build wrote. A short name stands for many: of
those, the ones that the file of the traceback's line, or its room, defines are shown.
"""

import argparse
import re
import sys

from .tree import ROOT

_LINE = re.compile(r'File "(?P<module>[\w.]+)", line \d+, in (?P<name>\w+)')


def main(arguments=None):
    """Exit code 0, or 1 when that target was never built."""
    parser = argparse.ArgumentParser(prog="tools.build.names", description=__doc__)
    parser.add_argument("--target", default="esp32")
    options = parser.parse_args(arguments)
    table = ROOT / "build" / "names-{}.txt".format(options.target)
    if not table.exists():
        print("names: no {}: `make build` writes it".format(table.name), file=sys.stderr)
        return 1
    long = read(table.read_text(encoding="utf-8"))
    for line in sys.stdin:
        print(told(line.rstrip("\n"), long, defined))
    return 0


def read(text):
    """(section, short) -> long names; the section is a file's place on the box, or "everywhere"."""
    long, section = {}, None
    for line in text.splitlines():
        if not line.startswith(" "):
            section = line
        elif " is " in line:
            short, names = line.strip().split(" is ")
            long[section, short] = names.split(" or ")
    return long


def told(line, long, defined):
    """One line, with the source's names behind it. defined(module, name): does that module's room have it?"""
    found = _LINE.search(line)
    if not found:
        return line
    module, short = found["module"], found["name"]
    place = module.replace(".", "/")
    sections = (place + ".mpy", place + "/__init__.mpy", "everywhere")
    if ("places", sections[0]) in long:
        module = long["places", sections[0]][0].replace("/__init__.mpy", "").replace(".mpy", "").replace("/", ".")
        line += "  [" + module + "]"
    names = []
    for section in sections:
        for name in long.get((section, short), ()):
            names += long.get(("everywhere", name), [name]) if section != "everywhere" else [name]
    plain = [re.sub(r"_a?\d+$", "", name) for name in names]
    likely = [name for name in plain if defined(module, name)] or plain
    return "{}  [{}]".format(line, " or ".join(sorted(set(likely)))) if likely else line


def defined(module, name):
    """True when a file of the module's room defines `name`."""
    room = ROOT.joinpath(*module.split(".")[:2])
    pattern = re.compile(r"^\s*(?:async )?(?:def|class) {}\b".format(re.escape(name)), re.M)
    return any(pattern.search(path.read_text(encoding="utf-8")) for path in room.rglob("*.py"))


if __name__ == "__main__":
    sys.exit(main())
