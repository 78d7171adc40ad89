"""`make check`: the checkers of the house beside ruff and pyright. Knows their order, none of their rules."""

import pathlib
import subprocess
import sys
import time

from tools import check_docs, check_private, check_rooms, check_shape, check_syntax, check_words

ROOT = pathlib.Path(__file__).resolve().parents[1]
OURS = {
    "rooms": check_rooms.faults,
    "shape": check_shape.faults,
    "words": check_words.faults,
    "docs": check_docs.faults,
    "private": check_private.faults,
    "syntax": check_syntax.faults,
}
THEIRS = {
    "ruff": ["ruff", "check", "--quiet", "--output-format=concise", "."],
    "types": ["basedpyright", "--level", "error"],
}


def report(name, faults, began):
    """Prints one checker's outcome; returns how many faults it found."""
    print("{:8} {} ({:.1f} s)".format(name, "ok" if not faults else "{} to mend".format(len(faults)),
                                      time.monotonic() - began))
    for fault in faults:
        print("  " + fault)
    return len(faults)


def main(names):
    """Runs all checkers, or only those named; returns 1 when one found something."""
    chosen = names or list(THEIRS) + list(OURS)
    unknown = [name for name in chosen if name not in THEIRS and name not in OURS]
    if unknown:
        print("no checker {}: there are {}".format(unknown[0], ", ".join([*THEIRS, *OURS])), file=sys.stderr)
        return 2
    began = time.monotonic()
    bin_folder = pathlib.Path(sys.executable).parent
    started = {
        # The others are of a program each and slow: they run beside ours.
        name: subprocess.Popen(
            [str(bin_folder / THEIRS[name][0])] + THEIRS[name][1:], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for name in chosen if name in THEIRS
    }
    total = sum(report(name, OURS[name](ROOT), began) for name in chosen if name in OURS)
    for name, process in started.items():
        words = process.communicate()[0].strip().splitlines()
        total += report(name, words or ["failed without a word"] if process.returncode else [], began)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
