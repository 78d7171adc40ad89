"""`python -m tools.flash --port PORT --board BOARD`: stock image, firmware, settings and identity on a board.

    make flash PORT=/dev/ttyUSB0 BOARD=wt32_eth01 ARGS=--dry-run     prints every step, does none
    make flash PORT=/dev/ttyUSB0 BOARD=wt32_eth01                    does them (erases the board)
    make flash PORT=… BOARD=… ARGS=--update                          firmware only; settings stay

Identity, sticker and settings of a box are kept in boxes/MAC, which is not committed.
No board was at hand when this was written: the steps are tested as printed, not on hardware.
"""

import argparse
import pathlib
import re
import subprocess
import sys

from serial.tools import list_ports

from firmware.board.boards import names
from firmware.board.choose import BoardError, profile
from firmware.board.pin_map import PinError
from tools.build.__main__ import main as build
from tools.build.tree import ROOT
from tools.provision.__main__ import main as provision

from .images import ImageError, fetch, image_for
from .steps import plan, safe_pins

_OWN = ("settings.json", "identity.json", "pins.txt")


class FlashError(Exception):
    """It cannot be done as asked; the text says what is missing."""


def parser():
    """The command line."""
    made = argparse.ArgumentParser(
        prog="tools.flash", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--port", help="serial port of the board")
    made.add_argument("--board", help="name of its pin map")
    made.add_argument("--mac", help="the chip's MAC, when it is not to be asked")
    made.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", dest="settings")
    made.add_argument("--model", default="JULLIX")
    made.add_argument("--boxes", type=pathlib.Path, default=ROOT / "boxes",
                      help="where the boxes' own files are kept")
    made.add_argument("--image", type=pathlib.Path, help="another MicroPython image; needs --sha256")
    made.add_argument("--sha256", help="checksum of --image")
    made.add_argument("--offset", help="where --image goes, as 0x1000")
    made.add_argument("--update", action="store_true", help="firmware only: what is the box's own stays")
    made.add_argument("--dry-run", action="store_true", help="print every step and do none")
    return made


def main(arguments=None):
    """Exit code 0, or 1 with the reason on stderr."""
    options = parser().parse_args(arguments)
    try:
        flash(options)
    except (FlashError, ImageError, BoardError, PinError, subprocess.CalledProcessError) as error:
        print("flash: {}".format(error), file=sys.stderr)
        return 1
    return 0


def flash(options):
    """Print or do the steps."""
    chosen = board_of(options.board)
    port = port_of(options.port, options.dry_run)
    image, path, act = (None, None, None) if options.update else image_of(options, chosen)
    if options.dry_run:
        mac = options.mac or "MAC"
    else:
        mac = options.mac or read_mac(port, chosen["chip"])
        if build(["--target", "esp32", "--quiet"]):
            raise FlashError("the firmware does not build; the reason is above")
    folder = options.boxes / mac.replace(":", "")
    own = ["pins.txt"] if options.update else list(_OWN)
    if not options.dry_run:
        prepare(options, chosen, mac, folder)
    steps = plan(chosen, port, [folder / name for name in own], image, path,
                 "python" if options.dry_run else sys.executable, act)
    if options.dry_run:
        print("# the device tree\npython -m tools.build --target esp32")
    if options.dry_run and not options.update:
        print("# identity (kept once made) and settings of the box")
        line = " ".join(provision_arguments(options, mac, folder, "python -m tools.provision"))
        print(line.replace(str(ROOT) + "/", ""))
    for step in steps:
        print(str(step).replace(str(ROOT) + "/", ""))
        if not options.dry_run:
            do(step)


def do(step):
    """One step; its own words are on the screen already."""
    if step.act:
        step.act()
    else:
        subprocess.run(step.command, check=True, cwd=ROOT)


def board_of(name):
    """The checked profile; the error names the boards there are."""
    if not name:
        raise FlashError("which board? BOARD= one of {}".format(", ".join(names())))
    return profile(name)


def port_of(port, dry_run):
    """The port, if it exists; the error names those there are. A dry run takes any."""
    found = [one.device for one in list_ports.comports()]
    seen = ", ".join(found) or "none is connected to this machine"
    if not port:
        if dry_run:
            return "PORT"
        raise FlashError("which port? PORT= one of: {}".format(seen))
    if port not in found and not dry_run and not pathlib.Path(port).exists():
        raise FlashError("no port {}; there are: {}".format(port, seen))
    return port


def image_of(options, chosen):
    """(entry, path, function that puts it there and checks it)."""
    if not options.image:
        entry = image_for(chosen)
        path = ROOT / "build" / "images" / entry["name"]
        return entry, path, lambda: fetch(entry, path)
    if not re.fullmatch(r"[0-9a-fA-F]{64}", options.sha256 or ""):
        raise FlashError("--image needs --sha256 with its 64 hexadecimal digits")
    offset = options.offset or {"esp32": "0x1000", "esp32s3": "0x0"}[chosen["chip"]]
    entry = {"name": options.image.name, "url": None, "sha256": options.sha256, "offset": offset}
    path = options.image.resolve()
    return entry, path, lambda: fetch(entry, path)


def provision_arguments(options, mac, folder, program=None):
    """The command line of tools.provision for this box."""
    arguments = [program] if program else []
    arguments += ["--mac", mac, "--model", options.model, "--out", str(folder)]
    for pair in ["board=" + options.board] + options.settings:
        arguments += ["--set", pair]
    return arguments


def prepare(options, chosen, mac, folder):
    """The box's own files into its folder."""
    if not options.update and provision(provision_arguments(options, mac, folder)):
        raise FlashError("the settings were refused; the reason is above")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pins.txt").write_text(safe_pins(chosen))


def read_mac(port, chip):
    """The chip's MAC, through esptool: works on a board without MicroPython too."""
    run = subprocess.run(
        [sys.executable, "-m", "esptool", "--chip", chip, "--port", port, "read-mac"],
        capture_output=True, text=True,
    )
    found = re.search(r"MAC:\s*((?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2})", run.stdout)
    if run.returncode or not found:
        why = (run.stdout + run.stderr).strip()[-300:]
        raise FlashError("{} does not answer as an {}: {}".format(port, chip, why))
    return found[1].upper()


if __name__ == "__main__":
    sys.exit(main())
