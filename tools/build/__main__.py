"""`python -m tools.build [--target esp32|vm32|vm64|all] [--plain]`: compile and say what each room weighs."""

import argparse
import hashlib
import pathlib
import sys

from .compile import SWITCHES, CompileError, build, compiler, contents
from .places import PlaceError
from .share import ShareError
from .tree import ROOT, TreeError, files, room


def main(arguments=None):
    """Exit code 0, or 1 with the reason on stderr."""
    parser = argparse.ArgumentParser(prog="tools.build", description=__doc__)
    parser.add_argument("--target", choices=sorted(SWITCHES) + ["all"], default="all")
    parser.add_argument("--quiet", action="store_true", help="print nothing when all went well")
    parser.add_argument("--plain", action="store_true", help="all that the source has, under its own names")
    parser.add_argument("--long-places", action="store_true", help="modules under their dotted names, to weigh rooms")
    options = parser.parse_args(arguments)
    targets = sorted(SWITCHES) if options.target == "all" else [options.target]
    try:
        wanted = files()
        sources = _sources(wanted, options)
        if options.quiet and all(_stamp(name).exists() and _stamp(name).read_text() == sources for name in targets):
            return 0  # each simulated house asks; joining and shortening take some ten seconds
        prepared = contents(wanted, options.plain, not options.long_places)
        made = {name: build(name, wanted, ROOT / "build" / name, prepared) for name in targets}
    except (CompileError, PlaceError, ShareError, TreeError) as error:
        print("build: {}".format(error), file=sys.stderr)
        return 1
    for name in targets:
        _stamp(name).write_text(sources)
    if not options.quiet:
        print(table(targets[0], wanted, prepared[2]))
        print(", ".join("{}: {} of {} files made".format(name, made[name], len(wanted)) for name in targets))
    return 0


def _stamp(target):
    return ROOT / "build" / "sources-{}.txt".format(target)


def _sources(wanted, options):
    """One sum over all that a build is made of: sources, the build's own code, and how it was asked."""
    asked = "{} {}".format(options.plain, options.long_places)
    total = hashlib.sha256((compiler() + asked + repr(sorted(SWITCHES.items()))).encode())
    for path in sorted(pathlib.Path(__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    for source, place, how in wanted:
        total.update("{} {} ".format(place, how).encode() + pathlib.Path(source).read_bytes())
    return total.hexdigest()


def sizes(target, wanted, places):
    """room -> (bytes, files) as they lie in build/TARGET; `places`: where those with a short place are."""
    weights = {}
    for _, place, _ in wanted:
        made = ROOT / "build" / target / places.get(place, place)
        if not made.exists():
            continue  # joined into its room
        weight, count = weights.get(room(place), (0, 0))
        weights[room(place)] = (weight + made.stat().st_size, count + 1)
    return weights


def table(target, wanted, places):
    """The sizes as text, a room a line."""
    weights = sizes(target, wanted, places)
    rows = ["{:<22}{:>8}{:>7}".format("build/" + target, "bytes", "files")]
    for name in sorted(weights):
        rows.append("{:<22}{:>8}{:>7}".format(name, *weights[name]))
    total = [sum(column) for column in zip(*weights.values())]
    rows.append("{:<22}{:>8}{:>7}".format("all", *total))
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
