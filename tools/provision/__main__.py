"""`python -m tools.provision`: identity, sticker and settings of one box, into a folder.

    python -m tools.provision --mac F4:12:FA:40:06:E4 --set modbus.station=2 --out box1
    python -m tools.provision --port /dev/ttyUSB0 --out box1     reads the MAC from the board
    python -m tools.provision --manual                           writes docs/settings.md
"""

import argparse
import os
import pathlib
import subprocess
import sys

from tools.build.tree import ROOT

from . import identity, manual
from .settings import Refused, settings_of, write

MAC_SCRIPT = "import machine; print(machine.unique_id().hex())"


def main(arguments=None):
    """Exit code 0; 1 with the reason on stderr when something was refused."""
    parser = argparse.ArgumentParser(
        prog="tools.provision", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mac", help="the chip's MAC")
    parser.add_argument("--port", help="read the MAC from the board on this serial port")
    parser.add_argument("--model", default="JULLIX")
    parser.add_argument("--serial", default="")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", dest="settings")
    parser.add_argument("--out", type=pathlib.Path, help="folder for the files; made when missing")
    parser.add_argument("--manual", action="store_true", help="write docs/settings.md")
    options = parser.parse_args(arguments)
    if options.manual:
        (ROOT / "docs").mkdir(exist_ok=True)
        (ROOT / "docs" / "settings.md").write_text(manual.page(), encoding="utf-8")
        return 0
    if not options.out:
        parser.error("--out FOLDER is wanted")
    try:
        return provision(options)
    except (Refused, identity.IdentityError) as error:
        print("provision: {}".format(error), file=sys.stderr)
        return 1


def provision(options):
    """Write what was asked for; an identity that is there is never drawn anew."""
    settings = settings_of(options.settings)
    options.out.mkdir(parents=True, exist_ok=True)
    mac = options.mac or (mac_of(options.port) if options.port else None)
    if mac:
        path = options.out / "identity.json"
        if path.exists():
            print("{} is kept: the sticker of this box is printed already".format(path))
        else:
            drawn = identity.draw(mac, options.model, options.serial)
            private(path, identity.pack(drawn))
            private(options.out / "sticker.svg", identity.sticker_svg(drawn).encode())
            private(options.out / "sticker.txt", identity.sticker_text(drawn).encode())
            print("identity.json and sticker of {}".format(drawn["mac"]))
    write(options.out, settings)
    print("settings.json")
    return 0


def private(path, data):
    """A file only its owner reads: it holds a password."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def mac_of(port):
    """The MAC of the board on `port`, asked through mpremote."""
    run = subprocess.run(
        [sys.executable, "-m", "mpremote", "connect", port, "exec", MAC_SCRIPT],
        capture_output=True, text=True,
    )
    if run.returncode:
        why = run.stderr.strip() or "no MicroPython there"
        raise identity.IdentityError("{} does not answer: {}; give --mac instead".format(port, why))
    return run.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
