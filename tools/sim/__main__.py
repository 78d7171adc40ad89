"""`python -m tools.sim`: play a house around the firmware. See --help, and docs/ for the story."""

import asyncio
import contextlib
import json
import signal
import sys

from tools.provision.settings import Refused

from .board import BoardError
from .flash import BuildError
from .household import ProfileError
from .options import parse
from .screen import Plain, Screen, export
from .story import Story


def main(arguments=None):
    """Exit status: 0 told to the end or stopped by Ctrl-C, 1 the board would not run, 2 a wrong option."""
    options = parse(arguments)
    try:
        story = Story(options)
    except ProfileError as error:
        print(f"python -m tools.sim: error: {error}", file=sys.stderr)
        return 2
    shown = Plain() if options.headless or not sys.stdout.isatty() else Screen()
    status = 0
    try:
        with shown:
            asyncio.run(_until_told(story, shown))
    except Refused as error:
        print(f"python -m tools.sim: error: --set {error}", file=sys.stderr)
        return 2
    except BuildError as error:
        print(f"python -m tools.sim: {error}", file=sys.stderr)
        return 1
    except BoardError as error:
        status = 1
        print(f"python -m tools.sim: {error}", file=sys.stderr)
        for heard in (story.witness, *story.crew.ears.values()):
            for entry in heard.complaints[-12:]:
                print(f"  {entry['text']}", file=sys.stderr)
    _report(story, options)
    return status


async def _until_told(story, shown):
    """Play, and take Ctrl-C or a polite kill as the end of the story."""
    telling = asyncio.ensure_future(story.tell(shown.show))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, telling.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await telling


def _report(story, options):
    summary = story.summary()
    if options.svg:
        export(story, options.svg)
    if options.capture and story.corridor:
        story.corridor.capture(options.capture)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as handle:
            json.dump(summary, handle, indent=1)
            handle.write("\n")
    settled = (
        "did not settle" if summary["settled_s"] is None else f"settled at second {summary['settled_s']}"
    )
    print(
        f"{summary['seconds']} s: {settled}, mean |grid| {summary['mean_abs_grid_w']} W, "
        f"imported {summary['grid_import_wh']} Wh, exported {summary['grid_export_wh']} Wh, "
        f"{summary['telegrams']['good']} telegrams, {summary['commands']} commands, "
        f"{len(summary['safe_state_entries'])} times in the safe state"
    )
    for name, board in summary.get("boards", {}).items():
        link = summary["status"].get("link") or {}
        seen = (link.get("boxes") or {}).get(name) or {}
        heap = board["heap"]
        print(
            f"{name} ({board['role']}): rssi {seen.get('rssi_dbm')} dBm, {seen.get('loss_pct')} % lost, "
            f"heap {heap['least_used']} to {heap['peak_used']} of {heap['limit']} bytes, "
            f"{len(board['boots'])} starts"
        )


if __name__ == "__main__":
    sys.exit(main())
