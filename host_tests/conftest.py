"""What every test may ask for: the project's root, MicroPython, and a run of a script in it."""

import pathlib
import subprocess
import sys
import types

import pytest
from hypothesis import settings

from tools.vm import vm

ROOT = pathlib.Path(__file__).resolve().parents[1]

# Pure rooms run in CPython too; the device libraries they use want these two.
sys.path.append(str(ROOT / "lib"))
sys.modules.setdefault("micropython", types.SimpleNamespace(const=lambda value: value))

# A busy machine must not fail a property: its examples are counted, not timed. Same examples in each run.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def modules_stay():
    """What a box forgets (core/modules.py) it reads again; here that would make every class twice."""
    before = {name: one for name, one in sys.modules.items() if name.startswith("firmware")}
    yield
    for name in [name for name in sys.modules if name.startswith("firmware") and name not in before]:
        del sys.modules[name]
    sys.modules.update(before)
    for name, one in before.items():
        parent, _, child = name.rpartition(".")
        if parent in before:
            setattr(before[parent], child, one)


@pytest.fixture(scope="session")
def root():
    """The project's top folder."""
    return ROOT


@pytest.fixture(scope="session")
def run_vm():
    """run_vm(source, bits=64, heap=None, timeout=60, **environment) -> what it printed; fails on a traceback.

    The script sees firmware and lib as the board does.
    """

    def run(source, bits=64, heap=None, timeout=60, **environment):
        done = subprocess.run(
            vm.command(bits, heap) + ["-c", source], cwd=ROOT, timeout=timeout,
            capture_output=True, text=True, env=vm.environment(ROOT, ROOT / "lib", **environment),
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
