"""`python -m tools.replay --profile CSV`: what the control room would have made of a day or a year."""

import argparse
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from firmware.settings.check import check
from firmware.settings.store import defaults
from firmware.settings.values import SettingError
from firmware.words.words import say
from tools.replay import drive, flexible, planned, profile
from tools.vm import ROOT, vm


def main(arguments=None):
    """Exit code 0; 2 with the reason on stderr for a profile or a setting that cannot be used."""
    options = parser().parse_args(arguments)
    try:
        settings = settings_of(options.settings)
        told = model(options, settings)
        rows = noisy(rows_of(options, told["epoch_s"]), options.noise_w, options.seed)
        if options.plan and options.vm:
            raise ValueError("--plan lives on the desk: leave out --vm")
        found = planned.play(rows, told, options) if options.plan else None
    except (profile.ProfileError, SettingError, ValueError) as error:
        text = say("en", error.code, error.words) if isinstance(error, SettingError) else str(error)
        print("replay: {}".format(text), file=sys.stderr)
        return 2
    if found is None:
        found = in_vm(rows, told, options.bits) if options.vm else drive.play(rows, told)
    found["options"] = told
    text = json.dumps(found, indent=1, sort_keys=True) + "\n"
    if options.json:
        pathlib.Path(options.json).write_text(text)
    for name, value in sorted(found["summary"].items()):
        print("{:<20} {}".format(name, value))
    if "plan" in found:
        print("{:<20} {}".format("plan", found["plan"]))
    return 0


def parser():
    """The command line as documented in docs/control.md."""
    made = argparse.ArgumentParser(prog="tools.replay", description=__doc__)
    whose = made.add_mutually_exclusive_group(required=True)
    whose.add_argument("--profile", help="CSV with t_s,load_w,pv_w")
    whose.add_argument("--drawn", type=int, metavar="DAYS", help="so many days of a house drawn by --seed")
    made.add_argument("--settings", help="JSON of settings by name, e.g. {\"control.buffer_pct\": 10}")
    made.add_argument("--latency-s", type=float, default=1.0)
    made.add_argument("--ramp-w-per-s", type=int, default=1500)
    made.add_argument("--battery-kwh", type=float, default=7.2)
    made.add_argument("--battery-w", type=int, default=3000)
    made.add_argument("--soc", type=int, default=50, help="percent at the beginning")
    made.add_argument("--start", default="2026-01-01T00:00", help="UTC")
    made.add_argument("--no-demand-register", action="store_true", help="a meter without 1.4.0 and 1.6.0")
    made.add_argument("--car", metavar="MODE[:W[:KWH]]",
                      help="a charger and a car that wants so much a day, as turbo:7400:10; eco, max, block")
    made.add_argument("--boiler", metavar="MODE[:W[:LOSS_W]]", help="a boiler with a relay, as eco:2000:120")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--noise-w", type=int, default=0, help="random load added to each row, up to so much")
    made.add_argument("--vm", action="store_true", help="in MicroPython instead of CPython")
    made.add_argument("--bits", type=int, choices=(32, 64), default=64)
    planned.options(made)
    made.add_argument("--json", help="where to write summary and journal")
    return made


def settings_of(path):
    """Every control setting by name, defaults where the file says nothing."""
    values = defaults()
    if path:
        try:
            given = json.loads(pathlib.Path(path).read_text())
        except OSError as error:
            raise ValueError("{}: {}".format(path, error.strerror))
        for name, value in given.items():
            values[name] = check(name, value)
    return {name: values[name] for name in values if name.startswith(("control.", "inverter."))}


def model(options, settings):
    """The model's numbers as drive.play takes them. ValueError for one that no battery has."""
    if not (0 <= options.latency_s <= 60 and options.ramp_w_per_s > 0 and options.battery_kwh > 0
            and options.battery_w > 0 and 0 <= options.soc <= 100):
        raise ValueError("latency 0 to 60 s, ramp, size and power above 0, charge 0 to 100 %")
    begin = datetime.datetime.fromisoformat(options.start).replace(tzinfo=datetime.timezone.utc)
    return {
        "settings": settings, "battery_wh": int(options.battery_kwh * 1000), "most_w": options.battery_w,
        "soc_pct": options.soc, "latency_ms": int(options.latency_s * 1000), "ramp_w_s": options.ramp_w_per_s,
        "epoch_s": int(begin.timestamp()), "demand": not options.no_demand_register,
        "car": flexible.read("car", options.car), "boiler": flexible.read("boiler", options.boiler),
    }


def rows_of(options, epoch_s):
    """Rows as drive.run takes them. ValueError for a number of days that is none."""
    if options.profile is not None:
        return profile.rows(options.profile)
    if not 0 < options.drawn <= 3660:
        raise ValueError("--drawn {}: from 1 to 3660 days".format(options.drawn))
    return profile.drawn(options.drawn, options.seed, epoch_s)


def noisy(rows, noise_w, seed):
    """The rows with up to noise_w of load added to each, the same for the same seed."""
    dice = random.Random(seed)
    return [(row[0], row[1] + dice.randint(0, noise_w)) + row[2:] for row in rows]


def in_vm(rows, told, bits=64):
    """The same as drive.play, in MicroPython."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as prepared:
        prepared.writelines(" ".join(str(number) for number in row) + "\n" for row in rows)
        prepared.flush()
        script = "import json\nfrom tools.replay.drive import main\nmain(json.loads({!r}), {!r})"
        command = vm.command(bits, "8m") + ["-c", script.format(json.dumps(told), prepared.name)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True,
                              env=vm.environment(ROOT, ROOT / "lib"))
    if done.returncode:
        raise RuntimeError("MicroPython stopped: " + done.stdout + done.stderr)
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
