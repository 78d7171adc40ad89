"""What may not stand in a committed file: a path of someone's machine, a package index's host, a private key.

The patterns are written so that this file holds none of what it forbids.
"""

import re
import subprocess

from tools import sources

FORBIDDEN = (
    (r"(?<![\w.])/(?:work|root|Users)/\w", "a path of somebody's machine"),
    (r"(?<![\w.])/home/(?!pi\b)\w", "a path of somebody's machine"),
    (r"\.\./shared\b", "a folder outside the project"),
    (r"(?i)\b(?:pypi|pythonhosted|npmjs|debian|ubuntu)\.(?:org|com|net)\b", "the host of a package index"),
    (r"-----BEGIN [A-Z ]*PRIVATE KEY-----", "a private key"),
)
FETCHED = ("lib", "build")
LARGEST = 1_000_000  # bytes; larger files are data whose source is noted beside them


def tracked(root):
    """Files git knows or would add; in a copy without git every file but what was fetched or built."""
    command = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True)
    if listed.returncode:
        tops = [path for path in sorted(root.iterdir()) if path.name[0] != "." and path.name not in FETCHED]
        return [path for top in tops for path in [top, *sorted(top.rglob("*"))] if path.is_file()]
    return [root / name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


def faults(root):
    """Every forbidden thing as "path:line: text"."""
    found = []
    patterns = [(re.compile(pattern), name) for pattern, name in FORBIDDEN]
    for path in tracked(root):
        if path.stat().st_size > LARGEST:
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            for pattern, name in patterns:
                match = pattern.search(line)
                if match:
                    found.append(sources.at(root, path, number, "{}: {}".format(name, match[0])))
    return found
