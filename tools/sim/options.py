"""The command line of `python -m tools.sim`, checked: a wrong value is named with what it may be."""

import argparse
import os
import stat
from datetime import datetime

from tools.replay import flexible
from tools.vm import heap_bytes

from . import faults, installer
from .scenarios import SCENARIOS

FASTEST = 20
_TEXT = (
    "The house on a desk: meter, inverter and household around the unchanged firmware in a MicroPython VM."
)


class OptionError(ValueError):
    """A combination that cannot be played; the text says why and what to do."""


def parse(arguments=None):
    """Arguments -> namespace. A wrong one ends the process with status 2 and one clear line."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.heap is None:
        alone = len(SCENARIOS[options.scenario]["boards"]) == 1 and not options.unpaired
        options.heap = "176k" if options.web else "96k" if alone else "128k"
    try:
        _check_together(options)
    except (OptionError, faults.FaultError, installer.InstallerError) as error:
        parser.error(str(error))
    return options


def _parser():
    """One piece: the list of options is read from top to bottom, as --help prints it."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.sim",
        description=_TEXT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="faults of a timeline:\n"
        + faults.listing()
        + "\n\nscenarios:\n"
        + "\n".join(f"  {name}  {one['text']}" for name, one in SCENARIOS.items()),
    )
    parser.add_argument(
        "--scenario", default="A", choices=sorted(SCENARIOS), help="the guide's installation (A)"
    )
    parser.add_argument(
        "--seconds", type=_positive, default=None, help="length of the story (150; with cables endless)"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same day (1)")
    parser.add_argument("--speed", type=_speed, default=1, help=f"times real time, 1 to {FASTEST} (1)")
    parser.add_argument(
        "--start",
        type=_date,
        default=datetime(2026, 6, 22, 12, 11, 30),
        help="local date and time of the house (2026-06-22T12:11:30)",
    )
    parser.add_argument("--profile", help="CSV t_s,load_w,pv_w instead of a drawn day")
    parser.add_argument("--faults", help="timeline of faults, JSON or CSV (see below)")
    parser.add_argument(
        "--soc", type=_percent, default=55.0, help="state of charge at the start, percent (55)"
    )
    parser.add_argument("--capacity-wh", type=_positive, default=4800, help="battery (4800)")
    _air(parser)
    parser.add_argument(
        "--bits", type=int, choices=(32, 64), default=32, help="word size of the VM (32, as the ESP32)"
    )
    parser.add_argument(
        "--source", action="store_true", help="run the .py files instead of the compiled tree"
    )
    parser.add_argument("--built", action="store_true", help="take build/ as it is: it was made just now")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of the gateway, such as control.min_soc_pct=30, or of another board: "
        "shed:modbus.station=2",
    )
    parser.add_argument("--car", metavar="MODE:W:KWH", help="a charger and car, as turbo:7400:10; with --web")
    parser.add_argument("--boiler", metavar="MODE:W:LOSS_W", help="a boiler, as eco:2000:120; with --web")
    parser.add_argument("--web", type=_positive, nargs="?", const=8080, help="pages on loopback, from here")
    parser.add_argument("--no-echo", action="store_true", help="the RS485 transceiver mutes its own bytes")
    parser.add_argument("--p1", type=_tty, help="a real meter's port: no meter is played")
    parser.add_argument("--rs485", type=_tty, help="a real inverter's port: no inverter is played")
    parser.add_argument("--headless", action="store_true", help="no dashboard, a line now and then")
    parser.add_argument("--json", help="write the summary to this file")
    parser.add_argument("--installer", help="what is done at the gateway, JSON: tools/sim/installer.py")
    parser.add_argument("--capture", help="write every frame between the boards to this file, JSON lines")
    parser.add_argument("--svg", help="write the last screen to this file, for a README")
    return parser


def _air(parser):
    """What stands between boards with a radio, the boards at the other end, and what memory each has."""
    parser.add_argument(
        "--heap", type=_heap, help="the gateway's Python heap (96k; 128k with other boxes, 176k with pages)"
    )
    parser.add_argument(
        "--member-heap", type=_heap, default="128k", help="the heap of an extender or a slave (128k)"
    )
    parser.add_argument("--loss", type=_percent, default=0.0, help="frames lost between boards, percent (0)")
    parser.add_argument("--delay", type=_milliseconds, default=0, help="on top of a frame's own time, ms (0)")
    parser.add_argument("--jitter", type=_milliseconds, default=0, help="up to so much more, ms (0)")
    parser.add_argument("--repeats", type=_percent, default=1.0, help="frames that come twice, percent (1)")
    parser.add_argument("--unpaired", action="store_true", help="the boards do not know each other yet")


def _check_together(options):
    outside = [name for name in ("p1", "rs485") if getattr(options, name)]
    if outside and options.speed != 1:
        raise OptionError(f"--speed is {options.speed}, but --{outside[0]} is a real line: it can only be 1")
    if options.p1 and options.rs485 and options.p1 == options.rs485:
        raise OptionError(f"--p1 and --rs485 are both {options.p1}; each needs a port of its own")
    if options.seconds is None and not outside:
        options.seconds = 150
    _check_flexible(options)
    options.timeline = faults.read(options.faults) if options.faults else []
    options.work = []
    if options.installer:
        if not options.source:
            raise OptionError("--installer needs --source: a build has no names that his hand could call")
        names = [board["name"] for board in SCENARIOS[options.scenario]["boards"]]
        options.work = installer.read(options.installer, names)
    missing = {"meter": options.p1, "inverter": options.rs485, "board": None}
    for fault in options.timeline:
        if fault.needs == "link":
            if len(SCENARIOS[options.scenario]["boards"]) == 1:
                raise OptionError(
                    f"fault {fault.name!r} needs a link, but scenario {options.scenario} is one board; "
                    f"choose one from B on"
                )
        elif missing[fault.needs]:
            raise OptionError(
                f"fault {fault.name!r} needs the harness's own {fault.needs}, "
                f"but {missing[fault.needs]} stands in its place"
            )


def _check_flexible(options):
    try:
        options.flexible = {name: flexible.read(name, getattr(options, name)) for name in ("car", "boiler")}
    except ValueError as error:
        raise OptionError(str(error)) from error
    if any(options.flexible.values()) and (not options.web or options.p1):
        raise OptionError("--car and --boiler are driven over the pages of a played house: give --web too")


def _positive(text):
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from 1 up")
    return value


def _speed(text):
    value = int(text) if text.isdigit() else 0
    if not 1 <= value <= FASTEST:
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from 1 to {FASTEST}")
    return value


def _percent(text):
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} must be a number from 0 to 100")
    return value


def _milliseconds(text):
    value = int(text) if text.isdigit() else -1
    if not 0 <= value <= 2000:
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from 0 to 2000")
    return value


def _heap(text):
    try:
        heap_bytes(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _date(text):
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write it like 2026-06-22T12:05") from error


def _tty(text):
    try:
        mode = os.stat(text).st_mode
    except OSError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} cannot be opened ({error.strerror}); is the cable in?"
        ) from error
    if not stat.S_ISCHR(mode):
        raise argparse.ArgumentTypeError(f"{text!r} is no serial port")
    return text
