"""`python -m tools.bench [NAME…]`: runs every measurement, prints one table, writes build/bench.json.

Finds the measurements by their file names here; knows none of them.
"""

import importlib
import json
import pathlib
import platform
import sys
import time
import traceback

from tools.bench import table

HERE = pathlib.Path(__file__).parent
OUTPUT = HERE.parents[1] / "build" / "bench.json"


def names():
    """The measurements there are: every file here that gives rows."""
    found = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    return [name for name in found if "\ndef rows(" in (HERE / (name + ".py")).read_text()]


def measure(name):
    """Rows of one measurement, each with its name in "bench"; a failure is a row that says so."""
    try:
        found = importlib.import_module("tools.bench." + name).rows()
    except Exception as error:
        traceback.print_exc()
        reason = "{}: {}".format(type(error).__name__, error)
        found = [{"name": "failed", "value": None, "unit": "", "error": reason}]
    return [dict(row, bench=name) for row in found]


def machine():
    """What the numbers were measured on; no name of the machine."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "python": platform.python_version(),
        "measured": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }


def main(chosen):
    """Exit code 0; 1 when a measurement could not be made; 2 for a name that does not exist."""
    unknown = [name for name in chosen if name not in names()]
    if unknown:
        print("no measurement {}: there are {}".format(unknown[0], ", ".join(names())), file=sys.stderr)
        return 2
    rows = []
    for name in chosen or names():
        print("bench: {} …".format(name), flush=True)
        rows.extend(measure(name))
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1) + "\n")
    table.show(rows)
    print("written: build/bench.json")
    return 1 if any("error" in row for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
