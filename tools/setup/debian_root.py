"""A private folder with Debian's (or Ubuntu's) MicroPython of a newer release and the libraries it wants.

Knows apt-get, dpkg-deb and where a loader lies. Takes mirror and keyring from the machine's own set-up, so
packages are verified by the distribution's signature. Installs nothing, needs no root.
MICROPYTHON_MIRROR, MICROPYTHON_SUITE and MICROPYTHON_KEYRING override what is found.
"""

import os
import pathlib
import platform
import shutil
import subprocess

from tools.setup.trouble import Missing

# Releases that carry MicroPython 1.25 or newer, oldest first: the least surprising libraries.
SUITES = {"debian": ("trixie", "forky"), "ubuntu": ("questing", "resolute")}
KEYRINGS = {
    "debian": "/usr/share/keyrings/debian-archive-keyring.gpg",
    "ubuntu": "/usr/share/keyrings/ubuntu-archive-keyring.gpg",
}
ARCHITECTURES = {
    ("x86_64", 64): "amd64", ("x86_64", 32): "i386", ("aarch64", 64): "arm64", ("aarch64", 32): "armhf",
    ("i686", 32): "i386", ("armv7l", 32): "armhf",
}


def distribution():
    """"debian", "ubuntu" or None, from /etc/os-release (derivatives by their ID_LIKE)."""
    try:
        rows = [row.partition("=") for row in pathlib.Path("/etc/os-release").read_text().splitlines()]
    except OSError:
        return None
    told = {key: value.strip('"') for key, _, value in rows}
    names = [told.get("ID", "")] + told.get("ID_LIKE", "").split()
    return next((name for name in names if name in SUITES), None)


def mirrors():
    """The archive addresses this machine already uses, without doubles, in its own order."""
    chosen = os.environ.get("MICROPYTHON_MIRROR")
    if chosen:
        return [chosen]
    command = ["apt-get", "indextargets", "--no-release-info", "--format", "$(REPO_URI)"]
    told = subprocess.run(command, capture_output=True, text=True).stdout.split()
    return list(dict.fromkeys(told))


def apt_options(state, architecture):
    """Options that give apt a state of its own, with nothing installed: every dependency is then fetched."""
    for part in ("lists/partial", "archives/partial", "parts"):
        (state / part).mkdir(parents=True, exist_ok=True)
    (state / "status").write_text("")
    pairs = {
        "Dir::Etc::SourceList": state / "sources.list", "Dir::Etc::SourceParts": state / "parts",
        "Dir::State::Lists": state / "lists", "Dir::State::Status": state / "status",
        "Dir::Cache": state, "Dir::Cache::Archives": state / "archives", "APT::Architecture": architecture,
        "APT::Architectures": architecture, "APT::Sandbox::User": "root", "Acquire::Languages": "none",
        "Acquire::Retries": "3", "Debug::NoLocking": "true",
    }
    return ["-o" + key + "=" + str(value) for key, value in pairs.items()]


def download(state, mirror, suite, keyring, architecture):
    """Downloads micropython and all it needs into `state`/archives; returns "" or apt's complaint."""
    state.mkdir(parents=True, exist_ok=True)
    components = "main universe" if "ubuntu" in keyring else "main"
    source = "deb [signed-by={} arch={}] {} {} {}\n".format(keyring, architecture, mirror, suite, components)
    (state / "sources.list").write_text(source)
    options = apt_options(state, architecture)
    steps = (["update"], ["install", "--yes", "--download-only", "--no-install-recommends", "micropython"])
    for step in steps:
        done = subprocess.run(["apt-get", "-qq"] + options + step, capture_output=True, text=True)
        if done.returncode or "E:" in done.stderr:
            return (done.stderr or done.stdout).strip().splitlines()[-1]
    return ""


def unpack(root, bits):
    """Fills the folder `root` from the first release this machine's mirrors can give; raises Missing."""
    architecture = ARCHITECTURES.get((platform.machine(), bits))
    kind = distribution()
    if platform.system() != "Linux" or not kind or not architecture or not shutil.which("dpkg-deb"):
        raise Missing("only Debian and Ubuntu carry a package that can be unpacked privately")
    keyring = os.environ.get("MICROPYTHON_KEYRING", KEYRINGS[kind])
    chosen = os.environ.get("MICROPYTHON_SUITE")
    state = root.with_suffix(".apt").resolve()
    complaint = "this machine names no package mirror"
    try:
        for suite in (chosen,) if chosen else SUITES[kind]:
            for mirror in mirrors():
                shutil.rmtree(state, ignore_errors=True)
                complaint = download(state, mirror, suite, keyring, architecture)
                if not complaint:
                    return extract(state / "archives", root)
    finally:
        shutil.rmtree(state, ignore_errors=True)
    raise Missing("no {} package of release {}: {}".format(architecture, "/".join(SUITES[kind]), complaint))


def extract(archives, root):
    """Unpacks every downloaded package beside the final folder, then moves it there in one step."""
    half = root.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.rmtree(root, ignore_errors=True)
    half.mkdir(parents=True)
    for package in sorted(archives.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(package), str(half)], check=True)
    # Documents and translations are most of the bulk and are never read.
    shutil.rmtree(half / "usr" / "share", ignore_errors=True)
    half.rename(root)


def start_line(folder, root):
    """The shell line that starts the private program with its own loader: the host's libc may be older."""
    loader = next(iter(sorted(root.glob("**/ld-linux*.so.*"))), None)
    program = root / "usr" / "bin" / "micropython"
    if loader is None or not program.exists():
        raise Missing("the unpacked packages hold no loader or no micropython")
    libraries = sorted({path.parent for path in root.glob("**/*.so.*")})
    at = "$here/" + "{}"
    path = ":".join(at.format(library.relative_to(folder)) for library in libraries)
    return 'here=$(dirname "$0")\nexec "{}" --library-path "{}" "{}" "$@"'.format(
        at.format(loader.relative_to(folder)), path, at.format(program.relative_to(folder))
    )
