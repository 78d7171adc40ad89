"""A page that names a file of ours names one that exists, and every link inside leads somewhere."""

import re

from tools import sources

NAMED = re.compile(r"`((?:firmware|tools|host_tests|docs|lib)/[\w./-]*|(?:boot|main)\.py)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
MADE = ("lib/umodbus", "lib/microdot")


def pages(root):
    """Every Markdown page: those on top, docs/, and those beside the code."""
    found = sorted(root.glob("*.md"))
    for folder in ("docs",) + sources.CODE_FOLDERS:
        found.extend(sources.under(root, folder, ".md"))
    return found + sorted((root / "lib").glob("*.md"))


def page_faults(root, path):
    """Names in backticks are seen from the root, links from the page itself."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for name in NAMED.findall(line):
            if not (root / name).exists() and not name.startswith(MADE):
                yield sources.at(root, path, number, "there is no {}".format(name))
        for link in LINK.findall(line):
            if "://" not in link and not link.startswith("mailto:") and not (path.parent / link).exists():
                yield sources.at(root, path, number, "the link {} leads nowhere".format(link))


def faults(root):
    """Every name and link that leads nowhere as "path:line: text"."""
    return [fault for path in pages(root) for fault in page_faults(root, path)]
