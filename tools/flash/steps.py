"""What putting a box together takes, as a list of steps that can be printed before they are done.

Pure: from a board profile and what was asked to steps; nothing runs here.
"""

import shlex

# The newest form of each command: esptool 5 and mpremote 1.29, as pinned in the lock file.
_CHECK = (
    "import sys; v = sys.implementation.version; "
    "assert v[:2] >= (1, 27), 'MicroPython %d.%d is too old: 1.27 or newer' % v[:2]"
)

class Step:
    """Why, and the command (a list); with `act`, a function does what the command would."""

    def __init__(self, why, command, act=None):
        self.why = why
        self.command = command
        self.act = act

    def __str__(self):
        return "# {}\n{}".format(self.why, shlex.join(self.command))


def fetching(image, path, act):
    """The step that has the image on this disk, whole: downloaded or given."""
    check = "echo {}  {} | sha256sum --check".format(image["sha256"], shlex.quote(str(path)))
    if image.get("url"):
        check = "curl --fail -o {} {} && ".format(shlex.quote(str(path)), image["url"]) + check
    return Step("the stock image, refused unless its checksum is the pinned one", ["sh", "-c", check], act)


def plan(profile, port, box, image=None, image_path=None, python="python", act=None):
    """Steps for a board on `port`; `box` is the folder with settings, identity and pins.txt.

    `image`: an entry of images.json to write first, from `image_path`; None leaves
    the MicroPython on the board. `act`: the function that fetches and checks it.
    """
    remote = [python, "-m", "mpremote", "connect", port]
    steps = []
    if image:
        esptool = [python, "-m", "esptool", "--chip", profile["chip"], "--port", port]
        steps += [
            fetching(image, image_path, act),
            Step("an empty flash: nothing of an earlier owner stays", [*esptool, "erase-flash"]),
            Step("MicroPython itself",
                 [*esptool, "--baud", "460800", "write-flash", image["offset"], str(image_path)]),
        ]
    steps.append(Step("a MicroPython we know answers", [*remote, "exec", _CHECK]))
    if not image:
        steps.append(Step("firmware of before goes; settings and identity stay",
                          [*remote, "fs", "rm", "-r", ":firmware", ":lib"]))
    tree = ["build/esp32/" + name for name in ("firmware", "lib", "boot.py", "main.py")]
    steps += [
        Step("the firmware", [*remote, "fs", "cp", "-r", *tree, ":"]),
        Step("what is this box's own", [*remote, "fs", "cp", *[str(path) for path in box], ":"]),
        Step("start it", [*remote, "reset"]),
    ]
    return steps


def safe_pins(profile):
    """pins.txt of a board: the pins boot.py holds before anything else, as "33=0"."""
    bus = profile["rs485"]
    held = [] if not bus or bus["direction"] is None else ["{}=0".format(bus["direction"])]
    if profile["p1"] and profile["p1"]["request"] is not None:
        held.append("{}=0".format(profile["p1"]["request"]))
    return " ".join(held) + "\n"
