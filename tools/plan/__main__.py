"""The optimal plan of a case, made by the firmware's own planner in MicroPython.

    python -m tools.plan CASE.json [--vm32] [--heap 120k]      ("-" reads standard input)

Fields and objective: docs/planner.md. Exit code 2 for a case that cannot be planned, with the field's name.
"""

import argparse
import json
import sys

from tools.plan import board, question


def main(argv=None):
    """Prints the plan as one JSON object -> exit code: 0 planned, 1 MicroPython failed, 2 a bad case."""
    options = _options(argv)
    try:
        asked = _read(options.case)
        numbers = question.whole_numbers(asked)
        plan, = board.plans([numbers], 32 if options.vm32 else 64, options.heap)
    except board.BoardError as error:
        print("plan: MicroPython made no plan: {}".format(error), file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print("plan: {}".format(error), file=sys.stderr)
        return 2
    print(json.dumps(question.answer(numbers, plan, asked["slot_s"])))
    return 0


def _read(path):
    """The case file's content; ValueError with its name where it is no JSON."""
    try:
        if path == "-":
            return json.load(sys.stdin)
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except ValueError as error:
        raise ValueError("{}: is not JSON: {}".format(path, error))


def _options(argv):
    parser = argparse.ArgumentParser(
        prog="python -m tools.plan", description="The optimal plan of a battery, by the firmware's planner.")
    parser.add_argument("case", help="JSON file with the case, - for standard input")
    parser.add_argument("--vm32", action="store_true", help="in the MicroPython whose words are an ESP32's")
    parser.add_argument("--heap", help="its heap in bytes or like 120k")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
