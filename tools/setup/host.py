"""The desk's Python: `.venv` filled from the lock files. Knows pip and venv, nothing of MicroPython itself.

Runs under whatever python3 the machine has, so it imports only the standard library.
"""

import hashlib
import pathlib
import shutil
import subprocess
import sys

from tools.setup.trouble import Missing, apt_install, apt_line

HERE = pathlib.Path(__file__).parent
OLDEST = (3, 11)


def check_version(version=None):
    """Raises Missing when the python3 that runs us is older than the locked tools can use."""
    version = tuple(version or sys.version_info[:2])
    if version < OLDEST:
        raise Missing(
            "python3 here is {}.{}, the desk needs {}.{} or newer. Install one (Debian 12 and Ubuntu 24.04"
            " have it) and say `make setup PYTHON=python3.12`".format(*version, *OLDEST)
        )


def make_venv(folder):
    """Creates the virtual environment, installing Debian's venv package where that may be done unasked."""
    command = [sys.executable, "-m", "venv", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode and apt_install(["python3-venv"]):
        shutil.rmtree(folder, ignore_errors=True)
        result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise Missing(
            "python3 cannot make a virtual environment: {}\nOn Debian or Ubuntu type:\n    {}".format(
                (result.stdout + result.stderr).strip(), apt_line(["python3-venv"])
            )
        )


def pip_install(python, lock, target=None):
    """Installs one lock file unless that was done; pip refuses every file that has not its sha256."""
    stamp = python.parents[1] / (lock.name + ".done")
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    print("setup: fetching what {} pins".format(lock.name))
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--require-hashes"]
    # Source packages are built with the locked setuptools; pip's own build room would fetch an unlocked one.
    command += ["--no-build-isolation", "-r", str(lock)]
    if target:
        shutil.rmtree(target, ignore_errors=True)
        # The stubs are data for the type checker: nothing of the desk may import them.
        command += ["--no-deps", "--target", str(target)]
    if subprocess.call(command):
        raise Missing(
            "pip could not install {} (its words are above). Behind a proxy or with an index of your own"
            " set HTTPS_PROXY or PIP_INDEX_URL and say `make setup` again".format(lock.name)
        )
    stamp.write_text(digest)


def set_up(root):
    """`.venv` with the locked tools and `.venv/stubs` with the MicroPython stubs."""
    check_version()
    venv = root / ".venv"
    python = venv / "bin" / "python"
    if not works(python):
        shutil.rmtree(venv, ignore_errors=True)
        make_venv(venv)
    pip_install(python, HERE / "build.lock")
    pip_install(python, HERE / "host.lock")
    pip_install(python, HERE / "stubs.lock", venv / "stubs")


def works(python):
    """True when the environment's Python starts and has pip (a half-made one has not)."""
    try:
        return subprocess.call([str(python), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False
