"""Third-party device libraries into lib/, as lib/libraries.json pins them. Knows archives and sha256.

Runs inside .venv: pip cannot fetch an old-style archive without a build file, the `pypi-simple` package can.
"""

import hashlib
import io
import json
import pathlib
import shutil
import sys
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Refused(Exception):
    """A library that is not what the table says, or that cannot be had."""


def table(root):
    """The rows of lib/libraries.json: name, project, version, file, sha256, licence, origin, folder, keep."""
    return json.loads((root / "lib" / "libraries.json").read_text())["libraries"]


def fetch(row):
    """Bytes of the one file a row names, from the package index."""
    from pypi_simple import PyPISimple  # here, because a test of the checks needs no network package

    with PyPISimple() as index:
        page = index.get_project_page(row["project"])
        packages = [package for package in page.packages if package.filename == row["file"]]
        if not packages:
            raise Refused("{file}: the package index no longer has it".format(**row))
        answer = index.s.get(packages[0].url, timeout=60)
        answer.raise_for_status()
        return answer.content


def check(row, content):
    """Raises Refused unless the content has the pinned sha256."""
    found = hashlib.sha256(content).hexdigest()
    if found != row["sha256"]:
        raise Refused("{file}: sha256 is {0}, lib/libraries.json pins {sha256}".format(found, **row))


def members(row, content):
    """Yields (path inside the library's folder, bytes) for each Python file of the library."""
    if row["file"].endswith(".whl"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)
        return
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive.getmembers():
            if member.isfile():
                # A source archive has one folder on top that carries the version.
                yield member.name.partition("/")[2], archive.extractfile(member).read()


def unpack(row, content, folder):
    """Writes the kept files of one library to `folder`/<name>/, replacing what was there."""
    target = folder / row["folder"]
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name, data in members(row, content):
        parts = pathlib.PurePosixPath(name).parts
        if len(parts) == 2 and parts[0] == row["folder"] and parts[1] in row["keep"]:
            (target / parts[1]).write_bytes(data)
    lost = [name for name in row["keep"] if not (target / name).exists()]
    if lost:
        raise Refused("{}: holds no {}".format(row["file"], ", ".join(lost)))
    (target / ".version").write_text(row["sha256"] + "\n")


def present(row, folder):
    """True when exactly this file was unpacked before."""
    stamp = folder / row["folder"] / ".version"
    return stamp.exists() and stamp.read_text().strip() == row["sha256"]


def set_up(root):
    """Fetches what is missing or of another version."""
    for row in table(root):
        if not present(row, root / "lib"):
            content = fetch(row)
            check(row, content)
            unpack(row, content, root / "lib")
        print("setup: lib/{folder} {version} ({licence})".format(**row))


if __name__ == "__main__":
    try:
        set_up(ROOT)
    except Exception as trouble:  # whatever the network or the archive did, the reader wants one line
        sys.exit("setup: device libraries: {}".format(trouble))
