"""How a set-up step fails: what is missing and the line to type. Knows no step."""

import os
import shutil
import subprocess


class Missing(Exception):
    """Something outside the project is missing; the text names it and says how to get it."""


def apt_line(packages):
    """The line a person types on Debian or Ubuntu for a list of package names."""
    return "sudo apt-get update && sudo apt-get install -y " + " ".join(packages)


def apt_install(packages):
    """Installs Debian packages when that needs no question: as root, or with a sudo that asks no password.

    True when they are there afterwards; False when it is not allowed, not Debian, or apt said no.
    """
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        prefix = ["sudo", "-n"]
    else:
        return False
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    print("setup: installing " + " ".join(packages))
    # The list of packages may be old or absent on a new machine; an update that fails is told by the install.
    subprocess.call(prefix + ["apt-get", "-qq", "update"], env=environment)
    install = ["apt-get", "-qq", "-y", "--no-install-recommends", "install"]
    return subprocess.call(prefix + install + list(packages), env=environment, stdout=subprocess.DEVNULL) == 0
